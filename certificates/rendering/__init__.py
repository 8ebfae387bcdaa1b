"""Turning a certificate into a file. The interface stands here; ``renderer`` draws the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from certificates.models import Certificate


class Renderer(Protocol):
    """Makes the bytes of a PDF of what ``certificate.payload`` and ``certificate.holder`` say, and of nothing else."""

    def __call__(self, certificate: Certificate) -> bytes: ...


def _press(certificate: Certificate) -> bytes:
    from certificates.rendering.press import draw  # noqa: PLC0415 -- the printer imports this package without Django

    return draw(certificate)


renderer: Renderer = _press


def render(certificate: Certificate) -> bytes:
    """The file of ``certificate``. Raises TryAgainError with a Dutch sentence when it could not be made."""
    return renderer(certificate)
