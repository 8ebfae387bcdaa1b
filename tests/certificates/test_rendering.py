"""The paper, as a reader of PDF files and as an eye sees it."""

from __future__ import annotations

import io
import re
from datetime import date

import pikepdf
import pypdfium2
import pytest
import segno
from pypdf import PdfReader

from academy.outbox.registry import TryAgainError
from certificates.rendering.paper import paper_of
from certificates.rendering.press import order_for, press
from certificates.rendering.printer import PACKAGED, QR_BOTTOM, QR_RIGHT, QR_SIDE, WIDTH
from tests.certificates.factories import make_certificate
from tests.certificates.papers import make_paper

LONG_NAME = "Maximiliaan Hieronymus Đorđe Kowalczyk-Åström van Nieuwkerken tot Wassenaar-Özdemir genaamd Şerife "
LONG_TITLE = "Signaleren, bespreken en handelen bij vermoedens van huiselijk geweld en kindermishandeling "
FULL = (
    ("Datum", ("3, 10 en 17 maart 2026",)),
    ("Duur", ("12 uur in 3 bijeenkomsten",)),
    ("Toets", ("gehaald op 17 maart 2026",)),
    (
        "Gegeven door",
        ("Blijf Groeien Academie, door Marjan de Wit, Rosa Tempelaar, Samir el Amrani en Pieter Boersma",),
    ),
    ("Accreditatie", tuple(f"{number} punten SKJ JGP, accreditatie {number}" for number in range(7))),
    ("Registratie", ("SKJ JGP 100012345", "Registerplein MW 123", "BIG 12345678901")),
)


def printed(**values):
    paper = make_paper(**values)
    return paper, press.print(order_for(paper))


def text_of(content: bytes) -> str:
    return "".join(PdfReader(io.BytesIO(content)).pages[0].extract_text().split())


def modules_of(content: bytes) -> list[list[bool]]:
    """The squares of the code, read from the picture of the page at the place where it stands."""
    scale = 4
    picture = pypdfium2.PdfDocument(content)[0].render(scale=scale).to_pil().convert("L")
    left, top = (WIDTH - QR_RIGHT - QR_SIDE) * scale, picture.height - (QR_BOTTOM + QR_SIDE) * scale
    corner = 0
    while picture.getpixel((left + corner + 2, top + 2)) < 128:
        corner += 1
    # The corner mark is seven squares wide, whatever the size of the code.
    number = 17 + 4 * round((QR_SIDE * scale * 7 / (corner + 2) - 17) / 4)
    step = QR_SIDE * scale / number
    return [
        [picture.getpixel((left + (x + 0.5) * step, top + (y + 0.5) * step)) < 128 for x in range(number)]
        for y in range(number)
    ]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Bo Li", "Meldcode"),
        ("Şerife Łukasz-Đorđević", "Intieme terreur herkennen"),
        ("İpek Åsa Ñandú Ďurčanský-Őry van der Žižek-Băsescu", LONG_TITLE.strip()),
        ((LONG_NAME * 2)[:150].strip(), (LONG_TITLE * 3)[:200].strip()),
    ],
    ids=["short", "usual", "middle", "longest"],
)
def test_every_length_fits_one_sheet_in_our_own_letters(name, title):
    paper, content = printed(holder=name, title=title, rows=FULL)
    document = PdfReader(io.BytesIO(content))
    assert len(document.pages) == 1
    assert (float(document.pages[0].mediabox.width), float(document.pages[0].mediabox.height)) == pytest.approx(
        (841.89, 595.28), abs=0.5
    )
    text = text_of(content)
    for words in (name, title, paper.code, "17 maart 2026", "en nog 4; zie de pagina", "BIG 12345678901"):
        assert "".join(words.split()) in text
    assert document.trailer["/Root"]["/Lang"].startswith("nl")
    assert document.metadata.title == f"Certificaat: {title}"
    links = [note.get_object()["/A"]["/URI"] for note in document.pages[0]["/Annots"]]
    assert links == [paper.address]


def test_only_packaged_fonts_travel_along():
    _paper, content = printed()
    found = {name.decode() for name in re.findall(rb"/FontName /\w+\+([\w-]+)", _unpacked(content))}
    assert found == PACKAGED


def _unpacked(content: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def test_same_facts_are_same_bytes():
    paper, first = printed()
    assert press.print(order_for(paper)) == first
    press.stop()
    assert press.print(order_for(paper)) == first


def test_mark_the_font_lacks_is_left_off_and_a_foreign_script_is_refused():
    _paper, content = printed(holder="Nguyễn Thị Lan", title="Over 🎉 gezag")
    assert "NguyênThi" in text_of(content).replace("ị", "i")
    assert "Overgezag" in text_of(content)
    with pytest.raises(TryAgainError, match="letters die het lettertype niet kent"):
        printed(holder="Жанна")


def test_text_that_does_not_fit_is_refused():
    with pytest.raises(TryAgainError, match="past niet op een blad"):
        printed(title="Een titel " * 400)


def test_twenty_printed_codes_and_squares_say_the_address():
    for _ in range(20):
        paper, content = printed()
        squares = modules_of(content)
        wanted = segno.make(paper.address, error="m", micro=False).matrix
        assert squares == [[bool(square) for square in row] for row in wanted]
        assert paper.code.replace("-", "") in text_of(content).replace("-", "")


def test_press_that_was_stopped_comes_back():
    printed()
    press.process.kill()
    press.process.wait()
    _paper, content = printed()
    assert content.startswith(b"%PDF")


@pytest.mark.django_db
def test_paper_says_what_was_earned(at):
    with at("2026-03-05 10:00"):
        certificate = make_certificate(
            led_by=("Marjan de Wit", "Rosa Tempelaar"), test_passed_on=date(2026, 3, 2), title="Meldcode"
        )
    paper = paper_of(certificate)
    assert (paper.heading, paper.purpose, paper.title) == ("Bewijs van deelname", "voor het volgen van", "Meldcode")
    assert dict(paper.rows) == {
        "Datum": ("2 maart 2026",),
        "Duur": ("6 uur",),
        "Toets": ("gehaald op 2 maart 2026",),
        "Gegeven door": ("Blijf Groeien Academie, door Marjan de Wit en Rosa Tempelaar",),
    }
    assert paper.issued_on == date(2026, 3, 5)
