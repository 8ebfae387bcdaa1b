"""Prints certificates in a process of its own: ``python -m certificates.rendering.printer``.

It knows neither Django nor a database nor a key. A line of JSON comes in by standard input, a PDF or a sentence goes
out by standard output. The printing is done by a child with limits on time, memory and what it may touch, which is
replaced after a batch or when it broke a limit; whatever is heavy to load was loaded before the fork.
"""

from __future__ import annotations

import gc
import io
import json
import os
import re
import resource
import select
import sys
import unicodedata
from dataclasses import dataclass
from math import cos, pi, sin
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf
import segno
from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from xhtml2pdf import pisa
from xhtml2pdf.config.resources import ResourceAccessPolicy

from certificates.rendering.wire import PRINTED, REFUSED, SIZE

# The same facts are the same bytes; and images and fonts are not blown up to text, which costs a third of the time.
rl_config.invariant, rl_config.useA85 = 1, 0
FONTS = Path(__file__).resolve().parents[1] / "fonts"
CSS = Path(__file__).with_name("paper.css").read_text()
PACKAGED = {"AtkinsonHyperlegibleNext-Regular", "AtkinsonHyperlegibleNext-Bold", "YoungSerif-Regular"}
POLICY = ResourceAccessPolicy.server(
    base_dir=FONTS, allow_remote=False, max_render_seconds=5, max_depth=40, max_document_bytes=256 * 1024
)
WIDTH, HEIGHT = 297 * mm, 210 * mm
QR_SIDE, QR_RIGHT, QR_BOTTOM = 30 * mm, 20 * mm, 14 * mm
CPU_SECONDS, MEMORY, WRITTEN, IDLE_SECONDS = 6, 1024**3, 8 * 1024**2, 300
SEATS = 8
BATCH = 25
BATCH_DONE, BROKEN, GONE_HOME = range(3)
# What no paper needs; the interpreter tells of each before it happens.
FORBIDDEN = ("os.", "socket.", "subprocess.", "shutil.", "urllib.", "ctypes.")
# Looking for a module to import.
ALLOWED = {"os.listdir", "os.scandir"}


class PaperError(Exception):
    """The paper came out wrong; the text says how, without any of its words."""


@dataclass(frozen=True)
class Background:
    """What is the same on every paper, drawn once."""

    pdf: pikepdf.Pdf
    letters: dict[int, int]

    @classmethod
    def draw(cls) -> Background:
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(WIDTH, HEIGHT))
        pdfmetrics.registerFont(TTFont("YoungSerif-Regular", str(FONTS / "YoungSerif-Regular.ttf")))
        draw_background(canvas)
        canvas.save()
        letters = TTFont("Next", str(FONTS / "AtkinsonHyperlegibleNext-Regular.ttf")).face.charToGlyph
        return cls(pikepdf.open(out), letters)


def draw_background(canvas: Canvas) -> None:
    canvas.setFillColor(HexColor("#FFFBF5"))
    canvas.rect(0, 0, WIDTH, HEIGHT, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#2A1A33"))
    canvas.rect(0, 0, 76 * mm, HEIGHT, stroke=0, fill=1)
    _words(canvas)
    _table_and_leaf(canvas)


def _words(canvas: Canvas) -> None:
    text = canvas.beginText(12 * mm, HEIGHT - 31 * mm)
    for words, colour in (("Blijf Groeien", "#FBF3E8"), ("Academie", "#FFA066")):
        text.setFont("YoungSerif-Regular", 22, 27)
        text.setFillColor(HexColor(colour))
        text.textLine(words)
    canvas.drawText(text)


def _table_and_leaf(canvas: Canvas) -> None:
    """The mark of the academy, large: a leaf that grows out of a round table with its seats."""
    canvas.saveState()
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    canvas.translate(38 * mm, 58 * mm)
    canvas.setStrokeColor(HexColor("#C9BACF"))
    canvas.setLineWidth(1.6)
    canvas.ellipse(-24 * mm, -9 * mm, 24 * mm, 9 * mm)
    for seat in range(SEATS):
        angle = 2 * pi * (seat + 0.5) / SEATS
        canvas.circle(29.5 * mm * cos(angle), 13.5 * mm * sin(angle), 1.9 * mm)
    canvas.setStrokeColor(HexColor("#FFA066"))
    canvas.setLineWidth(2)
    canvas.line(0, -1 * mm, 0, 74 * mm)
    for height, side, size in ((20, -1, 26), (33, 1, 24), (49, -1, 19), (60, 1, 14)):
        _leaf(canvas, height * mm, side, size * mm)
    canvas.restoreState()


def _leaf(canvas: Canvas, height: float, side: int, size: float) -> None:
    path = canvas.beginPath()
    tip_x, tip_y = side * size, height + 0.72 * size
    path.moveTo(0, height)
    path.curveTo(side * 0.55 * size, height - 0.05 * size, side * size, height + 0.15 * size, tip_x, tip_y)
    path.curveTo(side * 0.45 * size, height + 0.8 * size, 0, height + 0.6 * size, 0, height)
    canvas.drawPath(path)


def text_page(html: str) -> bytes:
    """The words of the paper on an empty page. Raises PaperError when the engine complained."""
    out = io.BytesIO()
    done = pisa.CreatePDF(html, dest=out, default_css=CSS, path=str(FONTS / "paper.html"), resource_policy=POLICY)
    if done.err:
        raise PaperError("de opmaak geeft een fout")
    return out.getvalue()


def qr_drawing(address: str) -> bytes:
    """Page operators that draw the code for ``address``, dark on the paper; its quiet zone is the margin."""
    code = segno.make(address, error="m", micro=False)
    rows = list(code.matrix_iter(border=0))
    step = QR_SIDE / len(rows)
    left, top = WIDTH - QR_RIGHT - QR_SIDE, QR_BOTTOM + QR_SIDE
    parts = ["q 0.1647 0.102 0.2 rg"]
    for number, row in enumerate(rows):
        y = top - (number + 1) * step
        for run in re.finditer(rb"\x01+", bytes(row)):
            width = run.end() - run.start()
            parts.append(f"{left + run.start() * step:.3f} {y:.3f} {width * step:.3f} {step + 0.02:.3f} re")
    return " ".join([*parts, "f Q"]).encode()


def compose(words: bytes, expected: list[str], address: str, background: Background) -> bytes:
    """Lay the words and the code for ``address`` over the background, when they can all be read."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(words)) as pdf:
        if len(pdf.pages) != 1:
            raise PaperError("de tekst past niet op een blad")
        page = pdf.pages[0]
        shown = shown_words(page)
        if any("".join(text.split()) not in shown for text in expected):
            raise PaperError("een naam of code is niet terug te lezen")
        drawing = pdf.copy_foreign(background.pdf.pages[0].as_form_xobject())
        page.add_resource(drawing, pikepdf.Name.XObject, pikepdf.Name.Background)
        page.contents_add(b"q /Background Do Q", prepend=True)
        page.contents_add(qr_drawing(address))
        pdf.save(out, deterministic_id=True, compress_streams=True)
    return out.getvalue()


def letters_of(font: pikepdf.Object) -> dict[int, str]:
    """Which letter each byte stands for, in a font of ours that travels with the file.

    The engine falls back to another font without a word: that is refused here, after each paper.
    """
    base = str(font.BaseFont).lstrip("/").rpartition("+")[2]
    if base not in PACKAGED or "/FontFile2" not in font.get("/FontDescriptor", {}):
        raise PaperError("er is een ander lettertype gebruikt")
    pairs = re.findall(rb"<([0-9A-F]{2})> <([0-9A-F]{4})>", font.ToUnicode.read_bytes())
    return {int(byte, 16): chr(int(letter, 16)) for byte, letter in pairs}


def shown_words(page: pikepdf.Page) -> str:
    """What somebody who copies the text gets, without its spaces."""
    known: dict[str, dict[int, str]] = {}
    name, out = "", []
    for operands, operator in pikepdf.parse_content_stream(page, "Tf Tj TJ ' \""):
        if str(operator) == "Tf":
            name = str(operands[0])
            continue
        if name not in known:
            known[name] = letters_of(page.Resources.Font[name])
        strings = operands[0] if isinstance(operands[0], pikepdf.Array) else operands[-1:]
        for string in strings:
            if isinstance(string, pikepdf.String):
                out += [known[name].get(byte, "") for byte in bytes(string)]
    return "".join("".join(out).split())


def drawable(text: str, letters: dict[int, int], *, lost: str = "") -> str:
    """``text`` in letters the fonts have: a mark they do not know is left off its letter, the rest becomes ``lost``."""
    if all(ord(letter) in letters or letter.isspace() for letter in text):
        return text
    out = []
    for letter in text:
        shown = letter
        while shown and ord(shown) not in letters and not shown.isspace():
            shown = unicodedata.normalize("NFC", unicodedata.decomposition(shown).partition(" ")[0])
            shown = chr(int(shown, 16)) if re.fullmatch("[0-9A-F]{4,6}", shown) else ""
        out.append(shown or lost)
    return "".join(out)


def make(order: dict[str, Any], press: Background) -> bytes:
    """The whole paper: ``html``, the ``address`` behind the code, and the ``expected`` words."""
    expected = [drawable(words, press.letters, lost="\0") for words in order["expected"]]
    if any("\0" in words for words in expected):
        raise PaperError("de naam heeft letters die het lettertype niet kent")
    words = text_page(drawable(order["html"], press.letters))
    return compose(words, expected, order["address"], press)


def _guard(event: str, details: tuple[Any, ...]) -> None:
    if event.startswith(FORBIDDEN) and event not in ALLOWED:
        raise PermissionError(f"Een certificaat doet niet aan {event}.")
    name, _mode, flags = details if event == "open" else (None, None, 0)
    if isinstance(name, str | bytes | os.PathLike) and not _may_open(name, flags):
        raise PermissionError("Een certificaat opent geen bestanden.")


READABLE = tuple(str(Path(folder).resolve()) + "/" for folder in {sys.prefix, sys.base_prefix, FONTS})


def _may_open(name: str | bytes | os.PathLike[str], flags: int) -> bool:
    path = os.path.realpath(os.fsdecode(name))
    return not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and path.startswith(READABLE)


def confine() -> None:
    """From here on this process cannot take much, and can touch nothing but the packaged fonts and the libraries."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, BATCH * CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN, WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_guard)


def work(orders: BinaryIO, out: BinaryIO, background: Background) -> None:
    """In the child: print a batch of orders as they come, and end."""
    confine()
    for _number in range(BATCH):
        spent = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
        resource.setrlimit(resource.RLIMIT_CPU, (spent + CPU_SECONDS, BATCH * CPU_SECONDS))
        # Between the limit and the hard one stands the signal that ends the process.
        if not select.select([orders], [], [], IDLE_SECONDS)[0] or not (line := orders.readline()):
            os._exit(GONE_HOME)
        try:
            kind, body = PRINTED, make(json.loads(line), background)
        except PaperError as error:
            kind, body = REFUSED, str(error).encode()
        except Exception as error:  # noqa: BLE001 -- whatever it was, the answer is a sentence
            kind, body = REFUSED, f"het drukken mislukte ({type(error).__name__})".encode()
        answer(out, kind, body)
    os._exit(BATCH_DONE)


def answer(out: BinaryIO, kind: int, body: bytes) -> None:
    out.write(SIZE.pack(kind, len(body)) + body)
    out.flush()


def serve(orders: BinaryIO, out: BinaryIO) -> None:
    """Have one child after another print, until nobody asks any more."""
    background = Background.draw()
    make({"html": "<html><body><p>warm</p></body></html>", "address": "warm", "expected": []}, background)
    gc.collect()
    gc.freeze()
    status = BATCH_DONE
    while status == BATCH_DONE:
        child = os.fork()
        if not child:
            try:
                work(orders, out, background)
            finally:
                os._exit(BROKEN)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status != GONE_HOME:
        answer(out, REFUSED, b"het drukken kostte te veel tijd of geheugen")


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
