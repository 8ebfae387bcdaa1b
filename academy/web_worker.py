"""How the web server itself refuses a request that never reaches the academy: in Dutch, and with the way out."""

from __future__ import annotations

from typing import Any

from gunicorn import util
from gunicorn.http.errors import LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

TOO_LONG = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Dit adres is te lang – Blijf Groeien Academie</title></head>
<body><main><h1>Dit adres is te lang</h1>
<p>Zocht je iets? Gebruik hoogstens 200 tekens: een paar woorden is genoeg.</p>
<p><a href="/zoeken/">Zoek opnieuw</a> of <a href="/">ga naar de voorpagina</a></p></main></body></html>
"""


class Worker(ThreadWorker):
    """gunicorn's own, but for one sentence and for being told to stop twice."""

    quitting = False

    def handle_quit(self, sig: int, frame: Any) -> None:
        """Ctrl-C comes straight and through the master; the second would wait for the lock that the first holds."""
        if not self.quitting:
            self.quitting = True
            super().handle_quit(sig, frame)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        if not isinstance(exc, LimitRequestLine):
            super().handle_error(req, client, addr, exc)
            return
        body = TOO_LONG.encode()
        head = (
            "HTTP/1.1 414 URI Too Long\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
            f"Content-Security-Policy: default-src 'none'\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        util.write_nonblock(client, head.encode("latin1") + body)
