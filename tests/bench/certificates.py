"""What a certificate costs, against the same sheet drawn by hand: same fonts, code and drawing, no HTML, no checks."""

from __future__ import annotations

import io
import os
import statistics
import time
from dataclasses import replace
from datetime import date
from functools import cache

import segno
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.bench.registry import bench

SHEETS = 15


@cache
def ready():
    """The paper both print, and the press; the first sheet of each is not measured."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "academy.settings")
    import django  # noqa: PLC0415 -- the settings must be named first

    django.setup()
    from certificates.rendering import press  # noqa: PLC0415 -- idem
    from certificates.rendering.paper import Paper  # noqa: PLC0415 -- idem

    paper = Paper(
        heading="Certificaat",
        holder="Şerife Đorđević-van den Berg",
        purpose="voor het afronden van",
        title="Intieme terreur herkennen en bespreken",
        rows=(
            ("Datum", ("3, 10 en 17 maart 2026",)),
            ("Duur", ("12 uur in 3 bijeenkomsten",)),
            ("Toets", ("gehaald op 17 maart 2026",)),
            ("Gegeven door", ("Blijf Groeien Academie, door Marjan de Wit",)),
            ("Accreditatie", ("6 punten SKJ JGP, accreditatie 500123",)),
            ("Registratie", ("SKJ JGP 100012345",)),
        ),
        issued_on=date(2026, 3, 17),
        code="abcde-fghjk-mnpqr-stuvw-xyz23-4",
        address="http://127.0.0.1:8000/certificaat/abcdefghjkmnpqrstuvwxyz234/",
    )
    press.press.print(press.order_for(paper))
    by_hand(paper)
    return paper, press


def by_hand(paper) -> bytes:
    """The sheet in plain reportlab. Fonts are embedded anew in each file, as they are in ours."""
    from certificates.rendering import printer  # noqa: PLC0415 -- only the benchmark prints in its own process

    for name in printer.PACKAGED:
        pdfmetrics.registerFont(TTFont(name, str(printer.FONTS / f"{name}.ttf")))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(printer.WIDTH, printer.HEIGHT), pageCompression=1)
    printer.draw_background(canvas)
    regular, bold, serif = "AtkinsonHyperlegibleNext-Regular", "AtkinsonHyperlegibleNext-Bold", "YoungSerif-Regular"
    lines = [(serif, 40, paper.heading), (regular, 11.5, "uitgereikt aan"), (bold, 31, paper.holder)]
    lines += [(regular, 11.5, paper.purpose), (bold, 20, paper.title)]
    top = printer.HEIGHT - 30 * mm
    for font, size, words in lines:
        canvas.setFont(font, size)
        canvas.drawString(96 * mm, top, words)
        top -= size * 1.4
    for label, values in paper.rows:
        canvas.setFont(regular, 9.5)
        canvas.drawString(96 * mm, top, label)
        canvas.drawString(132 * mm, top, values[0])
        canvas.line(96 * mm, top + 10, 277 * mm, top + 10)
        top -= 20
    canvas.drawString(96 * mm, 33 * mm, "Uitgereikt op 17 maart 2026 door de Blijf Groeien Academie")
    canvas.drawString(96 * mm, 28 * mm, "Echt? Scan de code, of vul haar in op 127.0.0.1:8000/certificaat/")
    canvas.setFont(bold, 11)
    canvas.drawString(96 * mm, 23 * mm, paper.code)
    rows = list(segno.make(paper.address, error="m", micro=False).matrix_iter(border=0))
    step = printer.QR_SIDE / len(rows)
    canvas.setFillColor(HexColor("#2A1A33"))
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                canvas.rect(247 * mm + x * step, 44 * mm - (y + 1) * step, step, step, stroke=0, fill=1)
    canvas.save()
    return out.getvalue()


def seconds(work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


@bench("certificate", floor=2.5)
def certificate() -> float:
    """From the facts to the checked bytes, by the press in its confined process, in real time."""
    paper, press = ready()
    ours, theirs = [], []
    for number in range(SHEETS):
        one = replace(paper, code=f"{number:05}{paper.code[5:]}", address=f"{paper.address}?{number}")
        ours.append(seconds(lambda one=one: press.press.print(press.order_for(one))))
        theirs.append(seconds(lambda one=one: by_hand(one)))
    return statistics.median(ours) / statistics.median(theirs)
