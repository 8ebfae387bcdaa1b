"""What may be brought in: how long, and without anything that leads to somebody."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from academy.common.errors import DomainError, Reason
from leertafels.cases import vault
from leertafels.cases.detector import STOP, WARN, Hit, find

if TYPE_CHECKING:
    from leertafels.cases.models import Case, CaseRules

LIMITS = {"learning_question": 300, "situation": 1200, "tried": 600}
LABELS = {
    "learning_question": gettext_lazy("Leervraag"),
    "situation": gettext_lazy("Situatie in algemene woorden"),
    "tried": gettext_lazy("Wat je al probeerde"),
    "measures": gettext_lazy("Wat er gedaan is"),
}
MORE_THAN_A_QUESTION = ("situation", "tried")


@dataclass(frozen=True, slots=True, repr=False)
class Content:
    """The parts of a case. Without ``repr``: it must not stand in a log or a report by accident."""

    learning_question: str
    situation: str = ""
    tried: str = ""

    def parts(self) -> dict[str, str]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


class TraceableError(DomainError):
    """Something in the text leads to somebody; ``hits`` says per field what and where. Nothing was kept."""

    def __init__(self, hits: dict[str, list[Hit]]) -> None:
        self.hits = hits
        super().__init__(
            "traceable",
            _("Deze tekst is herleidbaar en is niet bewaard. Pas aan wat is aangewezen."),
            reasons=tuple(
                Reason(hit.kind, f"{LABELS[name]}: {hit.suggestion}")
                for name, found in hits.items()
                for hit in found
                if hit.level == STOP
            ),
            field=next(name for name, found in hits.items() if any(hit.level == STOP for hit in found)),
        )


def look_at(parts: dict[str, str]) -> dict[str, list[Hit]]:
    """What the detector finds in each part that holds something."""
    found = {name: find(text) for name, text in parts.items()}
    return {name: hits for name, hits in found.items() if hits}


def warnings_in(content: Content) -> dict[str, list[Hit]]:
    """What may lead to somebody and did not stop the text."""
    return {
        name: [hit for hit in hits if hit.level == WARN]
        for name, hits in look_at(content.parts()).items()
        if any(hit.level == WARN for hit in hits)
    }


def refuse_traceable(parts: dict[str, str]) -> None:
    hits = look_at(parts)
    if any(hit.level == STOP for found in hits.values() for hit in found):
        raise TraceableError(hits)


def checked(content: Content, agreed: CaseRules) -> Content:
    """``content`` as it may be sealed. Raises DomainError for what is missing, too long or not asked for."""
    parts = {name: text.replace("\r\n", "\n").strip() for name, text in content.parts().items()}
    if not parts["learning_question"]:
        raise DomainError("missing", _("Leervraag: schrijf wat je wilt leren of weten."), field="learning_question")
    for name, text in parts.items():
        if len(text) > LIMITS[name]:
            words = _("%(field)s: gebruik hoogstens %(most)d tekens; dit zijn er %(number)d.")
            raise DomainError(
                "too_long", words % {"field": LABELS[name], "most": LIMITS[name], "number": len(text)}, field=name
            )
        if name in MORE_THAN_A_QUESTION and text and not agreed.asks_text:
            words = _("%(field)s: deze tafel vraagt alleen een leervraag. Laat dit leeg.")
            raise DomainError("no_text", words % {"field": LABELS[name]}, field=name)
    refuse_traceable(parts)
    return Content(**parts)


def seal(case_id: str, content: Content) -> bytes:
    return vault.seal(case_id, json.dumps(content.parts(), ensure_ascii=False).encode())


def unseal(case: Case) -> Content:
    """Raises :class:`vault.KeyGoneError` when nobody can read it any more."""
    return Content(**json.loads(vault.unseal(case.public_id, bytes(case.sealed))))
