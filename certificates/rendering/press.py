"""Has a certificate printed by a process that may do nothing else; waits for it no longer than it may take."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
import unicodedata
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template import loader
from django.utils import translation

from academy.outbox.registry import TryAgainError
from certificates.rendering.paper import Paper, paper_of
from certificates.rendering.wire import PRINTED, SIZE

if TYPE_CHECKING:
    from certificates.models import Certificate

SECONDS = 10
# How many letters fit in the large and in the middle size.
HEADING_SIZES = ((12, "short"), (20, "middle"))
MOST_AIRY_LINES = 7
NAME_SIZES = ((26, "short"), (60, "middle"))
TITLE_SIZES = ((44, "short"), (110, "middle"))


class Press:
    """The printing process of this process; started at the first order and again after it stopped."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.owner = 0
        self.lock = threading.Lock()

    def print(self, order: dict[str, Any]) -> bytes:
        """The bytes of the paper. Raises TryAgainError when it was refused or took more than ``SECONDS``."""
        line = json.dumps(order).encode() + b"\n"
        with self.lock:
            ends = time.monotonic() + SECONDS
            try:
                kind, size = SIZE.unpack(self._asked(line, ends))
                body = self._take(size, ends)
            except (TimeoutError, EOFError, OSError) as error:
                self.stop()
                raise TryAgainError("Het certificaat werd niet op tijd gedrukt.") from error
        if kind != PRINTED:
            raise TryAgainError(f"Het certificaat kon niet worden gedrukt: {body.decode()}.")
        return body

    def stop(self) -> None:
        """End the process and what it is printing, if it is ours (a fork inherits the object, not the process)."""
        process, self.process = self.process, None
        if process is None or self.owner != os.getpid():
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()

    def _asked(self, line: bytes, ends: float) -> bytes:
        """The head of the answer, from a second process when the first was on its way home and never read the order."""
        try:
            return self._send(line, ends)
        except (BrokenPipeError, EOFError):
            self.stop()
            return self._send(line, ends)

    def _send(self, line: bytes, ends: float) -> bytes:
        process = self._running()
        process.stdin.write(line)  # type: ignore[union-attr] -- it was opened with pipes
        process.stdin.flush()  # type: ignore[union-attr] -- idem
        return self._take(SIZE.size, ends)

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.owner != os.getpid() or self.process.poll() is not None:
            self.stop()
            self.owner = os.getpid()
            self.process = subprocess.Popen(
                [sys.executable, "-m", "certificates.rendering.printer"],
                cwd=settings.BASE_DIR,
                # Nothing of ours goes along: no key, no address of a database.
                env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        return self.process

    def _take(self, size: int, ends: float) -> bytes:
        out, parts = self.process.stdout.fileno(), []  # type: ignore[union-attr] -- it was opened with pipes
        while size:
            if not select.select([out], [], [], max(0.0, ends - time.monotonic()))[0]:
                raise TimeoutError
            part = os.read(out, size)
            if not part:
                raise EOFError
            parts.append(part)
            size -= len(part)
        return b"".join(parts)


press = Press()
atexit.register(press.stop)


def draw(certificate: Certificate) -> bytes:
    """The renderer: words by a template, the paper by the press."""
    with translation.override(settings.LANGUAGE_CODE):
        return press.print(order_for(paper_of(certificate)))


def order_for(paper: Paper) -> dict[str, Any]:
    """What the printer needs to know: the words in their places, and what must be readable afterwards."""
    lines = sum(len(lines) for _label, lines in paper.short_rows)
    facts = {
        "paper": paper,
        "heading_size": _size(paper.heading, HEADING_SIZES),
        "dense": "-dense" if lines > MOST_AIRY_LINES or len(paper.title) > TITLE_SIZES[-1][0] else "",
        "name_size": _size(paper.holder, NAME_SIZES),
        "title_size": _size(paper.title, TITLE_SIZES),
        "check_at": settings.PUBLIC_URL.partition("://")[2] + "/certificaat/",
    }
    return {
        "html": unicodedata.normalize("NFC", loader.render_to_string("certificates/paper.html", facts)),
        "address": paper.address,
        "expected": [unicodedata.normalize("NFC", words) for words in (paper.holder, paper.code)],
    }


def _size(words: str, sizes: tuple[tuple[int, str], ...]) -> str:
    return next((name for most, name in sizes if len(words) <= most), "long")
