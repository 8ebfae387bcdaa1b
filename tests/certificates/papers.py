"""Papers to print, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from academy.common.identifiers import printed_code
from certificates.rendering.paper import Paper

PLAIN = Paper(
    heading="Certificaat",
    holder="Noor van den Berg",
    purpose="voor het afronden van",
    title="Intieme terreur herkennen",
    rows=(("Datum", ("3, 10 en 17 maart 2026",)), ("Gegeven door", ("Blijf Groeien Academie, door Marjan de Wit",))),
    issued_on=date(2026, 3, 17),
    code="",
    address="",
)


def make_paper(**values) -> Paper:
    code = printed_code()
    grouped = "-".join(code[start : start + 5] for start in range(0, len(code), 5))
    facts = {"code": grouped, "address": f"http://127.0.0.1:8000/certificaat/{code}/", **values}
    return replace(PLAIN, **facts)
