"""What somebody might write into a name or a title: nothing is fetched, nothing read, and the press goes on.

Each text is tried twice: where it comes in (the template escapes it), and as if the template had forgotten to.
"""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import threading
import time

import pikepdf
import psutil
import pytest

from academy.outbox.registry import TryAgainError
from certificates.rendering.press import SECONDS, order_for, press
from tests.certificates.papers import make_paper

SECRET = "geheim-4b1d-dat-nergens-hoort"
TEXTS = [
    '<img src="{web}/a.png">',
    "<img src='{file}'>",
    '<img src="file://{file}">',
    '<img src="../../../../../../etc/passwd">',
    "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='{web}/x'/></svg>\">",
    '<link rel="stylesheet" href="{web}/s.css">',
    '<link rel="attachment" href="file://{file}">',
    "<style>@import url({web}/i.css);</style>",
    "<style>@import '{file}';</style>",
    "<style>@font-face {{ font-family: Next; src: url({web}/f.ttf); }}</style>",
    "<style>@font-face {{ font-family: Next; src: url({file}); }}</style>",
    "<style>@page {{ background-image: url({web}/b.pdf); }}</style>",
    "<style>@page {{ background-image: url('file://{file}'); }}</style>",
    '<div style="background-image: url({web}/c.png)">x</div>',
    '<pdf:barcode type="qr" value="{file}"/>',
    '<pdf:nextpage name="{web}"/>' * 20,
    '<pdf:font name="Next" src="{web}/f.ttf"/>',
    '<pdf:include src="{file}"/>',
    "<pdf:toc/>",
    '<pdf:watermark src="{file}"/>',
    "<p style=\"color: [[[getattr(pow,Word('__globals__'))]]]\">x</p>",
    "<font color=\"[[[ __import__('os').system('touch {file}.pwned') ]]]\">x</font>",
    '<p style="color: rgb({slashes})">x</p>',
    '<p style="color: {slashes}">x</p>',
    '<p style="color: rgb({digits}">x</p>',
    "<table><tr><td>" * 300,
    "<div>" * 3000,
    "<table>{rows}</table>",
    '<canvas type="graph" data="{web}">x</canvas>',
    '<iframe src="{web}/frame"></iframe><object data="{web}/o"></object><embed src="{file}">',
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file://{file}">]><x>&e;</x>',
    '<script>fetch("{web}")</script>',
    "<a href=\"javascript:app.launchURL('{web}')\">klik</a>",
    "{{{{ settings.SECRET_KEY }}}} {{% include '{file}' %}}",
    "\u202eOmgekeerd\u202c \x00\x07 regel\r\ntwee",
    '<p style="width: 99999999pt; height: 99999999pt; font-size: 9999999pt">x</p>',
    '<img src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAw1AAAMNQCAYAAACmXEaNAAAAAElFTkSuQmCC">',
]


@pytest.fixture(scope="module")
def listener():
    """A server on this machine that remembers who called."""
    server, calls = socket.create_server(("127.0.0.1", 0)), []

    def listen():
        while True:
            try:
                caller, address = server.accept()
            except OSError:
                return
            calls.append(address)
            caller.close()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}", calls
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join()


@pytest.fixture(scope="module")
def secret(tmp_path_factory):
    path = tmp_path_factory.mktemp("geheim") / "secret.txt"
    path.write_text(SECRET)
    return path


def filled(text: str, web: str, file) -> str:
    rows = "<tr>" + "<td>x</td>" * 5 + "</tr>"
    return text.format(web=web, file=file, slashes="\\" * 40, digits="1" * 5000, rows=rows * 3000)


def everything_in(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return b"".join(part.read_bytes() for part in pdf.objects if isinstance(part, pikepdf.Stream) and _plain(part))


def _plain(stream) -> bool:
    return "/DCTDecode" not in str(stream.get("/Filter", ""))


def tried(order) -> bytes | None:
    """The file, or None when it was refused; the press then prints an ordinary paper without delay."""
    started = time.monotonic()
    try:
        content = press.print(order)
    except TryAgainError:
        content = None
    assert time.monotonic() - started < SECONDS + 2
    return content


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_text_does_nothing(listener, secret, text):
    web, calls = listener
    hostile = filled(text, web, secret)
    short = hostile[:200]
    orders = [
        order_for(make_paper(title=short)),
        order_for(make_paper(holder=short[:150])),
        order_for(make_paper(rows=(("Gegeven door", (short,)),))),
        {**order_for(make_paper()), "html": f"<html><body>{hostile}<p>Noor</p></body></html>", "expected": ["Noor"]},
    ]
    for order in orders:
        content = tried(order)
        if content is not None:
            assert SECRET.encode() not in everything_in(content)
    assert calls == []
    assert list(secret.parent.iterdir()) == [secret]
    started = time.monotonic()
    assert press.print(order_for(make_paper())).startswith(b"%PDF")
    assert time.monotonic() - started < 5
    assert memory() < 256 * 2**20


def memory() -> int:
    family = [psutil.Process(press.process.pid), *psutil.Process(press.process.pid).children(recursive=True)]
    return max(process.memory_info().rss for process in family)


def test_title_is_printed_as_it_was_written():
    order = order_for(make_paper(title="<b>Vet</b> & 'zo'"))
    content = press.print({**order, "expected": ["<b>Vet</b> & 'zo'"]})
    assert content.startswith(b"%PDF")


@pytest.mark.parametrize(
    "deed",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "open('/etc/hostname').read()",
        "open('/tmp/certificate-was-here', 'w')",
        "import os; os.system('true')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.remove('/tmp/certificate-was-here')",
    ],
)
def test_printing_child_can_do_nothing_else(deed):
    """Beyond what the engine allows: the process itself refuses."""
    code = f"from certificates.rendering import printer; printer.confine()\n{deed}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "PermissionError: Een certificaat" in done.stderr


@pytest.mark.parametrize("deed", ["while True: pass", "x = bytearray(2 * 1024**3)"])
def test_printing_child_is_limited(deed):
    code = f"from certificates.rendering import printer; printer.CPU_SECONDS = 2; printer.confine()\n{deed}"
    started = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode != 0
    assert time.monotonic() - started < SECONDS


Popen = subprocess.Popen
GOING_HOME = (sys.executable, "-c", "import sys; sys.stdin.readline()")


def leaving(*_args):
    """A printer that takes the order along and never answers: it was about to end when it was asked."""
    return Popen(GOING_HOME, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)


def test_order_for_a_printer_that_was_about_to_end_is_printed_by_the_next():
    press.stop()
    press.owner, press.process = os.getpid(), leaving()
    assert press.print(order_for(make_paper())).startswith(b"%PDF")


def test_order_is_given_twice_and_no_more(monkeypatch):
    press.stop()
    given = []
    monkeypatch.setattr(
        "certificates.rendering.press.subprocess.Popen", lambda *_args, **_kw: given.append(1) or leaving()
    )
    with pytest.raises(TryAgainError, match="niet op tijd"):
        press.print(order_for(make_paper()))
    assert len(given) == 2
    assert press.process is None


def test_press_kills_what_takes_too_long(monkeypatch):
    press.print(order_for(make_paper()))
    before = press.process.pid
    monkeypatch.setattr("certificates.rendering.press.SECONDS", 0.001)
    with pytest.raises(TryAgainError, match="niet op tijd"):
        press.print(order_for(make_paper()))
    assert not psutil.pid_exists(before)
    monkeypatch.undo()
    assert press.print(order_for(make_paper())).startswith(b"%PDF")
