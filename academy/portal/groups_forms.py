"""The forms of a group: the attendance sheet, a correction, a stand-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from academy.gatherings.domain.attendance import Row
from academy.gatherings.enums import AttendanceStatus
from academy.people.models import User
from academy.portal.admin_forms import DayField

if TYPE_CHECKING:
    from django.forms.boundfield import BoundField

    from academy.gatherings.domain.attendance import Sheet

# The words under a thumb: shorter than on paper.
CHOICES = (
    (AttendanceStatus.PRESENT, gettext_lazy("Aanwezig")),
    (AttendanceStatus.ABSENT, gettext_lazy("Afwezig")),
    (AttendanceStatus.EXCUSED, gettext_lazy("Met bericht")),
)


class Line:
    """One person on the sheet, with what somebody else wrote meanwhile."""

    def __init__(self, person: User, form: AttendanceForm) -> None:
        self.person = person
        self.status: BoundField = form[f"s-{person.public_id}"]
        self.minutes: BoundField = form[f"m-{person.public_id}"]
        self.theirs = form.theirs.get(person.pk)
        self.initial = self.status.as_hidden(only_initial=True) + self.minutes.as_hidden(only_initial=True)


class AttendanceForm(forms.Form):
    """Everybody who is expected, one line each.

    Each field carries the value the screen was made from, so that only lines that were really changed are sent on.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any, sheet: Sheet, theirs: dict[int, Any] | None = None) -> None:
        self.sheet, self.theirs = sheet, theirs or {}
        self.longest = sheet.session.minutes
        held = {row.person_id: row for row in sheet.rows}
        people = {person.pk: person for person in (*sheet.expected, *(row.person for row in sheet.rows))}
        self.people = sorted(people.values(), key=lambda person: (person.shown_name.casefold(), person.pk))
        initial: dict[str, Any] = {"version": sheet.session.attendance_version}
        for person in self.people:
            status, minutes = shown(held.get(person.pk), self.longest)
            initial[f"s-{person.public_id}"], initial[f"m-{person.public_id}"] = status, minutes
        super().__init__(data, initial=initial)
        for person in self.people:
            self._add(person)

    def _add(self, person: User) -> None:
        self.fields[f"s-{person.public_id}"] = forms.ChoiceField(
            label=_("Aanwezigheid van %(name)s") % {"name": person.shown_name},
            choices=CHOICES,
            required=False,
            widget=forms.RadioSelect,
            show_hidden_initial=True,
        )
        self.fields[f"m-{person.public_id}"] = forms.IntegerField(
            label=_("Minuten van %(name)s") % {"name": person.shown_name},
            min_value=1,
            max_value=self.longest,
            required=False,
            show_hidden_initial=True,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": self.longest, "size": 4}),
            error_messages={
                "invalid": _("Vul hele minuten in, of laat het leeg voor de hele sessie."),
                "min_value": _("Vul minstens 1 minuut in, of kies afwezig."),
                "max_value": _("De sessie duurde %(longest)d minuten; vul hoogstens dat in.")
                % {"longest": self.longest},
            },
        )

    @property
    def lines(self) -> list[Line]:
        return [Line(person, self) for person in self.people]

    @property
    def done(self) -> int:
        """How many lines say something."""
        return sum(bool(line.status.value()) for line in self.lines)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for person in self.people:
            status, minutes = values.get(f"s-{person.public_id}"), values.get(f"m-{person.public_id}")
            if minutes and status in (AttendanceStatus.ABSENT, AttendanceStatus.EXCUSED):
                self.add_error(
                    f"m-{person.public_id}", _("Wie er niet was, heeft geen minuten. Maak dit leeg of kies aanwezig.")
                )
            elif minutes and not status:
                self.add_error(f"s-{person.public_id}", _("Kies ook aanwezig, afwezig of met bericht."))
        return values

    @property
    def changed_people(self) -> list[User]:
        changed = set(self.changed_data)
        return [one for one in self.people if changed & {f"s-{one.public_id}", f"m-{one.public_id}"}]

    def rows(self) -> list[Row]:
        """What the domain is asked to write: the lines that were changed and say something."""
        values = self.cleaned_data
        return [
            Row(person, values[f"s-{person.public_id}"], values[f"m-{person.public_id}"])
            for person in self.changed_people
            if values[f"s-{person.public_id}"]
        ]

    def with_everybody_present(self) -> AttendanceForm:
        """The same screen with every empty line set to present; nothing is written yet."""
        data = self.data.copy()
        for person in self.people:
            if not data.get(f"s-{person.public_id}"):
                data[f"s-{person.public_id}"] = AttendanceStatus.PRESENT
        return AttendanceForm(data, self.sheet)

    def after(self, sheet: Sheet) -> AttendanceForm:
        """My changes on top of what somebody else wrote meanwhile; sending it again overwrites knowingly."""
        mine = {person.pk for person in self.changed_people}
        fresh = AttendanceForm(None, sheet)
        data: dict[str, Any] = {"version": sheet.session.attendance_version}
        for person in fresh.people:
            for name in (f"s-{person.public_id}", f"m-{person.public_id}"):
                now = fresh.initial[name]
                data[fresh.add_initial_prefix(name)] = now
                data[name] = self.data.get(name, now) if person.pk in mine else now
        version = int(self.cleaned_data["version"])
        theirs = {row.person_id: row for row in sheet.rows if row.person_id in mine and row.version > version}
        return AttendanceForm(data, sheet, theirs)


def shown(row: Any, longest: int) -> tuple[str, str]:
    """Status and minutes as the screen has them; the whole session is an empty box."""
    if row is None:
        return "", ""
    return row.status, "" if row.minutes in (0, longest) else str(row.minutes)


class CorrectionForm(forms.Form):
    status = forms.ChoiceField(label=gettext_lazy("Wat moet het worden?"), choices=CHOICES, widget=forms.RadioSelect)
    minutes = forms.IntegerField(
        label=gettext_lazy("Minuten"),
        required=False,
        min_value=1,
        help_text=gettext_lazy("Alleen bij aanwezig. Leeg: de hele sessie."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Waarom?"),
        max_length=200,
        help_text=gettext_lazy("Je collega die meekijkt leest dit. Schrijf niets over gezondheid of cliënten."),
    )


class StandInForm(forms.Form):
    """Until when somebody takes over."""

    ends_on = DayField(
        label=gettext_lazy("Tot en met"),
        required=False,
        help_text=gettext_lazy("Leeg: tot je het zelf beëindigt."),
    )


class SearchForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Naam of e-mailadres"), max_length=100, required=False)
