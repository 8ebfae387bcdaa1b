import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.models import Collection

from academy.pages.domain.media import add_image
from academy.pages.models import SiteDocument, SiteImage
from academy.pages.pictures import clean_picture
from academy.people.enums import Role
from tests.factories import make_person, make_with_role
from tests.pages.making import client_of, picture

pytestmark = pytest.mark.django_db
GPS = 0x8825


def with_place():
    exif = Image.Exif()
    exif[0x010E] = "Opvanglocatie"
    exif.get_ifd(GPS).update({1: "N", 2: (52.0, 22.0, 1.0), 3: "E", 4: (5.0, 13.0, 1.0)})
    return picture("JPEG", exif=exif, comment=b"Opvanglocatie", xmp=b"<x:xmpmeta>Opvanglocatie</x:xmpmeta>")


def bomb(side):
    """A PNG that promises side x side points in a few bytes."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def moving():
    out = BytesIO()
    frames = [Image.new("RGB", (10, 10), (n * 20, 0, 0)) for n in range(5)]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], duration=50)
    return out.getvalue()


def gif():
    out = BytesIO()
    Image.new("P", (10, 10)).save(out, "GIF")
    return out.getvalue()


ATTACKS = {
    "psd.jpg": b"8BPS\x00\x01" + b"\0" * 200,
    "svg.png": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "gif.png": gif(),
    "eps.jpg": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
    "tiff.jpg": b"II*\0" + b"\0" * 200,
    "html.webp": b"<html><script>alert(1)</script>",
    "leeg.png": b"\x89PNG\r\n\x1a\n",
    "half.jpg": b"\xff\xd8\xff\xe0" + b"\0" * 50,
    "bom14.png": bomb(14_000),
    "bom13.png": bomb(13_000),
    "bom6.png": bomb(6_000),
    "beweegt.webp": moving(),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_attacks_are_refused_with_a_dutch_sentence(name):
    with pytest.raises(ValidationError) as refusal:
        clean_picture(SimpleUploadedFile(name, ATTACKS[name]))
    assert refusal.value.messages[0].split()[0] in {"Dit", "Deze", "Bewegende"}


@pytest.mark.parametrize("name", ATTACKS)
def test_attacks_are_refused_by_the_cms(name):
    client = client_of(make_with_role(Role.TRAINER))
    root = Collection.get_first_root_node()
    sent = {"title": "x", "description": "x", "collection": root.pk, "file": SimpleUploadedFile(name, ATTACKS[name])}
    client.post("/cms/images/add/", sent)
    client.post("/cms/images/multiple/add/", {"title": "x", "files[]": SimpleUploadedFile(name, ATTACKS[name])})
    assert not SiteImage.objects.exists()


def upload(client, file, description="Een tafel"):
    root = Collection.get_first_root_node()
    client.post("/cms/images/add/", {"title": "Foto", "description": description, "collection": root.pk, "file": file})
    return SiteImage.objects.first()


def test_the_place_of_a_photo_is_gone_from_original_and_rendition():
    sent = with_place()
    raw = sent.read()
    sent.seek(0)
    assert Image.open(BytesIO(raw)).getexif().get_ifd(GPS)
    image = upload(client_of(make_with_role(Role.EDITOR)), sent)
    for file in (image.file, image.get_rendition("width-480|format-webp").file):
        stored = Path(file.path).read_bytes()
        seen = Image.open(BytesIO(stored))
        assert not seen.getexif()
        assert b"Opvanglocatie" not in stored
        assert b"xmpmeta" not in stored


def test_text_in_a_png_is_gone():
    facts = PngImagePlugin.PngInfo()
    facts.add_text("Comment", "Opvanglocatie")
    assert b"Opvanglocatie" not in clean_picture(picture("PNG", pnginfo=facts)).read()


def test_a_picture_without_description_is_refused():
    assert upload(client_of(make_with_role(Role.EDITOR)), picture(), description="") is None
    with pytest.raises(ValidationError):
        add_image(title="Foto", description="", file=picture(), by=None)


def test_only_sizes_of_the_list_are_made():
    image = add_image(title="Foto", description="Een tafel", file=picture(), by=None)
    with pytest.raises(InvalidFilterSpecError):
        image.get_rendition("width-481")
    client = client_of(make_with_role(Role.ADMIN))
    assert client.get(f"/cms/images/{image.pk}/preview/width-5000/").status_code == 404
    assert client.get(f"/cms/images/{image.pk}/generate_url/").status_code == 404


def test_a_rendition_is_served_and_an_original_is_not(client):
    image = add_image(title="Foto", description="Een tafel", file=picture(), by=None)
    rendition = image.get_rendition("width-480|format-webp")
    answer = client.get(rendition.url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    answer.getvalue()
    assert client.get(image.file.url).status_code == 404
    assert client.get("/media/documents/x.html").status_code == 404
    assert client.get("/media/images/../academy.sqlite3").status_code == 404


def make_document(name="rooster.pdf", content=b"%PDF-1.4 <script>alert(1)</script>", collection=None):
    document = SiteDocument(title="Rooster", collection=collection or Collection.get_first_root_node())
    document.file.save(name, ContentFile(content))
    document.save()
    return document


def test_a_document_is_always_a_closed_download(client):
    document = make_document()
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    answer.getvalue()


def test_a_private_document_and_picture_are_shut_for_passers_by(client):
    private = Collection.objects.get(name="Besloten documenten")
    document = make_document(collection=private)
    assert client.get(document.url).status_code == 302
    image = add_image(title="Foto", description="Een tafel", file=picture(), by=None)
    image.collection = private
    image.save()
    rendition = image.get_rendition("width-480|format-webp")
    assert client.get(rendition.url).status_code == 404
    member = client_of(make_person())
    for url in (document.url, rendition.url):
        answer = member.get(url)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        answer.getvalue()


@pytest.mark.parametrize("name", ["x.svg", "x.html", "x.exe", "x.pdf.js", "x"])
def test_other_kinds_of_documents_are_refused(name):
    root = Collection.get_first_root_node()
    client_of(make_with_role(Role.EDITOR)).post(
        "/cms/documents/add/",
        {"title": "x", "collection": root.pk, "file": SimpleUploadedFile(name, b"<script>alert(1)</script>")},
    )
    assert not SiteDocument.objects.exists()
