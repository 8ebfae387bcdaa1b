"""The forms of what is brought in. What was typed lives in the answer only; no browser is asked to remember it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from leertafels.cases.detector import STOP, Hit
from leertafels.cases.domain.breaches import LONGEST_MEASURES
from leertafels.cases.domain.texts import LABELS, LIMITS, MORE_THAN_A_QUESTION, Content
from leertafels.cases.enums import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.utils.functional import Promise

_HINTS = {
    "learning_question": _(
        "Wat wil je leren of weten? Bijvoorbeeld: ‘Hoe begin ik het gesprek als de partner erbij blijft zitten?’"
    ),
    "situation": _(
        "Rollen in plaats van namen (‘moeder’, ‘partner’, ‘kind 1’), ongeveer hoe oud, geen plaats of datum."
    ),
    "tried": _("Wat deed je zelf, en wat gebeurde er toen?"),
}
_ROWS = {"learning_question": 3, "situation": 8, "tried": 5}
# Also keeps a browser from sending the text elsewhere to check its spelling or to translate it.
_UNREMEMBERED = {"autocomplete": "off", "spellcheck": "false", "autocorrect": "off", "translate": "no"}


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text, and what it was found to be."""

    text: str
    hit: Hit | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Finding:
    """A field whose text is shown once more, with the hits marked."""

    label: str | Promise
    parts: list[Part]
    hits: list[Hit]


class CaseForm(forms.Form):
    """Of a learning question, and of a short description where the table asks for it."""

    def __init__(self, *args: Any, asks_text: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.findings: list[Finding] = []
        names = ("learning_question", *(MORE_THAN_A_QUESTION if asks_text else ()))
        for name in names:
            self.fields[name] = forms.CharField(
                label=LABELS[name],
                help_text=_HINTS[name],
                max_length=LIMITS[name],
                required=name == "learning_question",
                error_messages={"required": _("Schrijf wat je wilt leren of weten.")},
                widget=forms.Textarea(attrs={**_UNREMEMBERED, "rows": _ROWS[name], "data-case-text": LABELS[name]}),
            )
        self.fields["untraceable"] = forms.BooleanField(
            label=_("Dit is niet herleidbaar, ook niet voor wie de buurt of het gezin kent."),
            error_messages={"required": _("Vink aan dat dit niet herleidbaar is. Twijfel je, pas de tekst dan aan.")},
        )
        self.fields["warnings_seen"] = forms.BooleanField(
            label=_("Ik heb bekeken wat opviel, en het kan zo blijven."), required=False, widget=forms.HiddenInput()
        )

    def content(self) -> Content:
        return Content(**{name: self.cleaned_data.get(name, "") for name in LIMITS})

    def typed(self) -> dict[str, str]:
        """What was typed, also in a form that is not valid."""
        return {name: self.data.get(name, "")[: 4 * LIMITS[name]] for name in LIMITS if name in self.fields}

    def show(self, hits: dict[str, list[Hit]]) -> None:
        """Say at each field what leads to somebody; only warnings ask for a second look."""
        typed = self.typed()
        stopped = False
        for name, found in hits.items():
            self.findings.append(Finding(LABELS[name], list(_parts(typed[name], found)), found))
            for suggestion in dict.fromkeys(hit.suggestion for hit in found if hit.level == STOP):
                self.add_error(name, suggestion)
                stopped = True
        if not stopped:
            self.fields["warnings_seen"].widget = forms.CheckboxInput()
            self.add_error(
                "warnings_seen", gettext("Kijk na wat opvalt. Pas het aan, of vink aan dat het zo kan blijven.")
            )


class BreachForm(forms.Form):
    """What the privacy officer writes down."""

    measures = forms.CharField(
        label=LABELS["measures"],
        help_text=_("Wat deed je, met wie sprak je? Schrijf niet op wat er in de tekst stond."),
        max_length=LONGEST_MEASURES,
        required=False,
        widget=forms.Textarea(attrs={**_UNREMEMBERED, "rows": 6}),
    )
    outcome = forms.ChoiceField(
        label=_("Oordeel"),
        choices=[("", _("Nog geen oordeel")), *Outcome.choices],
        required=False,
        help_text=_("Met een oordeel rond je de melding af. De verborgen tekst wordt dan vernietigd."),
    )


def _parts(text: str, hits: list[Hit]) -> Iterator[Part]:
    done = 0
    for hit in hits:
        yield Part(text[done : hit.start])
        yield Part(text[hit.start : hit.end], hit)
        done = hit.end
    yield Part(text[done:])
