"""Turns an uploaded file into a picture that is safe to keep: three formats, no bombs, no hidden facts."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

if TYPE_CHECKING:
    from django.core.files.base import File

FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
_UNREADABLE = _("Dit is geen foto of tekening die we kunnen gebruiken. Kies een JPEG, PNG of WebP.")
_TOO_LARGE = _("Deze afbeelding is te groot. Maak haar kleiner dan 8 MB en 24 miljoen beeldpunten.")
_MOVES = _("Bewegende beelden kunnen niet. Kies een stilstaande afbeelding.")


def _format_of(head: bytes) -> str | None:
    """The format by the first bytes of the file; its name and what the browser says are not asked."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    return None


def clean_picture(file: File) -> ContentFile:
    """The same picture, drawn anew: upright, without EXIF, XMP, place or comments.

    Raises ValidationError with a Dutch sentence when it cannot be used. Its size is read from the header before a
    single point of it is decoded.
    """
    if file.size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        raise ValidationError(_TOO_LARGE, code="too_large")
    file.seek(0)
    kind = _format_of(file.read(16))
    if kind is None:
        raise ValidationError(_UNREADABLE, code="unreadable")
    file.seek(0)
    try:
        picture = Image.open(file, formats=[kind])
        if picture.width * picture.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
            raise ValidationError(_TOO_LARGE, code="too_large")
        if getattr(picture, "n_frames", 1) > 1:
            raise ValidationError(_MOVES, code="moves")
        bare = _redrawn(picture, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise ValidationError(_TOO_LARGE, code="too_large") from problem
    except (OSError, ValueError, SyntaxError, EOFError) as problem:
        raise ValidationError(_UNREADABLE, code="unreadable") from problem
    stem = (file.name or "afbeelding").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return ContentFile(bare, name=f"{stem}.{FORMATS[kind]}")


def _redrawn(picture: Image.Image, kind: str) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    with_holes = kind != "JPEG" and (upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info)
    drawn = upright.convert("RGBA" if with_holes else "RGB")
    canvas = Image.new(drawn.mode, drawn.size)
    canvas.paste(drawn)
    out = BytesIO()
    canvas.save(out, kind, quality=88)
    return out.getvalue()
