"""The forms of the academy office: planning, changing and moving."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from academy.common import clock, formats
from academy.gatherings.domain.planning import Plan
from academy.gatherings.enums import Approval, Audience, CutOff, LeadRole, VenueKind
from academy.gatherings.models import Venue
from academy.people.models import Municipality
from academy.portal import office_schedule as schedule
from academy.portal.admin_forms import DayField, PersonEmailField
from courses.models import CoursePage

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from academy.gatherings.models import Gathering, Seat, Session


class HourField(forms.TimeField):
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def __init__(self, **values: Any) -> None:
        super().__init__(input_formats=["%H:%M", "%H.%M"], **values)
        self.error_messages["invalid"] = _("Vul een tijd in als 09.30.")


class MinimumField(forms.IntegerField):
    """How many people it takes to go on."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Gaat door vanaf"),
            min_value=1,
            max_value=2000,
            required=False,
            help_text=gettext_lazy(
                "Aantal mensen. Zijn het er 10 dagen ervoor minder, dan krijgen trainer en bureau een mail."
            ),
        )


def venues_in_use() -> QuerySet[Venue]:
    return Venue.objects.exclude(active_to__lte=clock.today())


def check_span(form: forms.Form, values: dict[str, Any]) -> None:
    """The moments of day, begin and end, with each refusal at its own field."""
    day, starts, ends = (values.get(name) for name in ("day", "starts", "ends"))
    if day is None or starts is None or ends is None:
        return
    if ends <= starts:
        form.add_error("ends", _("Het einde ligt voor het begin. Pas een van beide tijden aan."))
        return
    for name, hour in (("starts", starts), ("ends", ends)):
        try:
            clock.amsterdam(day, hour)
        except ValueError as refused:
            form.add_error(name, str(refused))
            return
    values["starts_at"], values["ends_at"] = schedule.span(day, starts, ends)
    if values["starts_at"] <= clock.now():
        form.add_error("day", _("Deze dag of dit uur is al voorbij. Kies een moment dat nog komt."))


class RunForm(forms.Form):
    """What holds for the whole run."""

    offering = forms.ModelChoiceField(
        label=gettext_lazy("Training"),
        queryset=CoursePage.objects.none(),
        empty_label=gettext_lazy("Kies een training"),
    )
    group = forms.CharField(
        label=gettext_lazy("Naam van deze groep"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Alleen als er meer groepen zijn: groep Almere."),
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("Aantal plekken"),
        min_value=1,
        max_value=2000,
        required=False,
        help_text=gettext_lazy("Leeg: onbeperkt."),
    )
    minimum = MinimumField()
    lead = PersonEmailField(label=gettext_lazy("E-mailadres van de trainer"), required=False)
    venue = forms.ModelChoiceField(
        label=gettext_lazy("Locatie"),
        queryset=Venue.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nog niet bekend, of online"),
    )
    online_url = forms.URLField(
        label=gettext_lazy("Adres van de online bijeenkomst"), required=False, assume_scheme="https"
    )
    remarks = forms.CharField(
        label=gettext_lazy("Goed om te weten"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("Voor wie meedoet: wat neem je mee, waar parkeer je."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offering"].queryset = CoursePage.objects.live().order_by("title")
        self.fields["venue"].queryset = venues_in_use()


class SeriesForm(forms.Form):
    """From which the dates are generated."""

    day = DayField(label=gettext_lazy("Eerste dag"))
    starts = HourField(label=gettext_lazy("Van"))
    ends = HourField(label=gettext_lazy("Tot"))
    number = forms.IntegerField(
        label=gettext_lazy("Aantal keer"), min_value=1, max_value=schedule.MOST_SESSIONS, initial=1
    )
    weeks = forms.TypedChoiceField(
        label=gettext_lazy("Hoe vaak"),
        coerce=int,
        choices=[
            (1, gettext_lazy("elke week")),
            (2, gettext_lazy("om de week")),
            (4, gettext_lazy("elke vier weken")),
            (6, gettext_lazy("elke zes weken")),
            (8, gettext_lazy("elke acht weken")),
            (13, gettext_lazy("elk kwartaal")),
        ],
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        check_span(self, values)
        return values

    def series(self) -> schedule.Series:
        values = self.cleaned_data
        return schedule.Series(values["day"], values["starts"], values["ends"], values["number"], values["weeks"])


class SessionForm(forms.Form):
    """One date of a run that is being planned."""

    day = DayField(label=gettext_lazy("Dag"))
    starts = HourField(label=gettext_lazy("Van"))
    ends = HourField(label=gettext_lazy("Tot"))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        check_span(self, values)
        return values

    @property
    def shown_day(self) -> str:
        day = self.cleaned_data.get("day") if hasattr(self, "cleaned_data") else None
        return formats.day(day) if day else ""

    @property
    def remark(self) -> str:
        """A holiday or a clock that changes, once the row can be read."""
        values = getattr(self, "cleaned_data", {})
        if self.errors or not {"day", "starts", "ends"} <= values.keys():
            return ""
        return schedule.remark(values["day"], values["starts"], values["ends"])


class SessionRows(forms.BaseFormSet):
    """The dates of a run; two at the same hour are refused here, with the row that is wrong."""

    def clean(self) -> None:
        taken: list[tuple[datetime, datetime]] = []
        for form in self.forms:
            values = getattr(form, "cleaned_data", {})
            if form in self.deleted_forms or form.errors or "starts_at" not in values:
                continue
            begin, end = values["starts_at"], values["ends_at"]
            if any(begin < other_end and end > other_begin for other_begin, other_end in taken):
                form.add_error("day", _("Deze sessie valt samen met een andere van deze groep."))
            taken.append((begin, end))

    @property
    def kept(self) -> list[SessionForm]:
        return [form for form in self.forms if form not in self.deleted_forms and form.has_changed()]


SessionFormSet = forms.formset_factory(
    SessionForm, formset=SessionRows, extra=0, can_delete=True, max_num=schedule.MOST_SESSIONS, validate_max=True
)


class OneSessionForm(SessionForm):
    """A date of a run that exists."""

    title = forms.CharField(label=gettext_lazy("Naam"), max_length=120, required=False)
    venue = forms.ModelChoiceField(
        label=gettext_lazy("Locatie"),
        queryset=Venue.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nog niet bekend, of online"),
    )
    online_url = forms.URLField(
        label=gettext_lazy("Adres van de online bijeenkomst"), required=False, assume_scheme="https"
    )

    def __init__(self, data: Any, session: Session | None = None) -> None:
        initial = {}
        if session is not None:
            begin, end = (moment.astimezone(clock.AMSTERDAM) for moment in (session.starts_at, session.ends_at))
            initial = {"day": begin.date(), "starts": begin.time(), "ends": end.time(), "title": session.title}
            initial |= {"venue": session.venue_id, "online_url": session.online_url}
        super().__init__(data, initial=initial)
        self.fields["venue"].queryset = venues_in_use()
        self.order_fields(["day", "starts", "ends", "venue", "online_url", "title"])

    def terms(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("starts_at", "ends_at", "title", "venue", "online_url")}

    def plan(self) -> Plan:
        return Plan(**self.terms())


class ChangeForm(forms.Form):
    """What was agreed for a whole run."""

    title = forms.CharField(label=gettext_lazy("Naam van deze groep"), max_length=160)
    capacity = forms.IntegerField(
        label=gettext_lazy("Aantal plekken"),
        min_value=1,
        max_value=2000,
        required=False,
        help_text=gettext_lazy("Leeg: onbeperkt. Meer plekken gaan meteen naar de wachtlijst."),
    )
    minimum = MinimumField()
    opens_on = DayField(label=gettext_lazy("Inschrijven vanaf"), required=False)
    closes_on = DayField(label=gettext_lazy("Inschrijven tot en met"), required=False)
    audience = forms.ChoiceField(label=gettext_lazy("Voor wie"), choices=Audience.choices)
    approval = forms.ChoiceField(label=gettext_lazy("Goedkeuring"), choices=Approval.choices)
    cut_off_working_days = forms.TypedChoiceField(
        label=gettext_lazy("Kosteloos afmelden"), choices=CutOff.choices, coerce=int
    )
    needs_approved_account = forms.BooleanField(
        label=gettext_lazy("Alleen voor mensen die hun organisatie bevestigd heeft"), required=False
    )
    SAME = ("title", "capacity", "minimum", "audience", "approval", "cut_off_working_days", "needs_approved_account")

    def __init__(self, data: Any, gathering: Gathering) -> None:
        initial = {name: getattr(gathering, name) for name in self.SAME}
        closes = gathering.closes_at and gathering.closes_at - timedelta(seconds=1)
        for name, moment in (("opens_on", gathering.opens_at), ("closes_on", closes)):
            initial[name] = moment.astimezone(clock.AMSTERDAM).date() if moment else None
        super().__init__(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("opens_on"), values.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", _("Inschrijven eindigt voor het begint. Kies een latere dag."))
        return values

    def terms(self) -> dict[str, Any]:
        values = self.cleaned_data
        first, last = values["opens_on"], values["closes_on"]
        return {name: values[name] for name in self.SAME} | {
            "opens_at": clock.amsterdam(first, time()) if first else None,
            "closes_at": clock.amsterdam(last + timedelta(days=1), time()) if last else None,
        }


class RunChangeForm(ChangeForm):
    """The same, with what only a run of a course has."""

    RUN = ("group", "remarks")
    group = RunForm.base_fields["group"]
    remarks = RunForm.base_fields["remarks"]

    def __init__(self, data: Any, gathering: Gathering) -> None:
        super().__init__(data, gathering)
        self.initial |= {name: getattr(gathering.run, name) for name in self.RUN}
        self.fields["title"].label = _("Titel")
        self.order_fields(["title", *self.RUN])

    def run_terms(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.RUN}


class CancelForm(forms.Form):
    instead = forms.ChoiceField(
        label=gettext_lazy("Andere groep die we in de mail aanbieden"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, data: Any, siblings: list[Gathering]) -> None:
        super().__init__(data)
        self.siblings = {one.public_id: one for one in siblings}
        self.fields["instead"].choices = [("", _("Geen")), *choices_of(siblings)]

    @property
    def chosen(self) -> Gathering | None:
        return self.siblings.get(self.cleaned_data["instead"])


class MoveForm(forms.Form):
    to = forms.ChoiceField(label=gettext_lazy("Naar welke groep?"), widget=forms.RadioSelect)

    def __init__(self, data: Any, siblings: list[Gathering]) -> None:
        super().__init__(data)
        self.siblings = {one.public_id: one for one in siblings}
        self.fields["to"].choices = choices_of(siblings)

    @property
    def chosen(self) -> Gathering:
        return self.siblings[self.cleaned_data["to"]]


def choices_of(groups: list[Gathering]) -> list[tuple[str, str]]:
    """Groups with counts, as choices that say when they begin and what room there is."""
    return [(one.public_id, ", ".join((one.title, when(one), room(one)))) for one in groups]


def when(gathering: Gathering) -> str:
    return formats.moment(gathering.starts_at) if gathering.starts_at else _("zonder datum")


def room(gathering: Gathering) -> str:
    if gathering.capacity is None:
        return _("plek genoeg")
    free = max(gathering.capacity - gathering.seats_taken, 0)
    return _("vol") if not free else _("1 plek vrij") if free == 1 else _("%(free)d plekken vrij") % {"free": free}


def seat_words(seat: Seat) -> dict[str, str]:
    return {"name": seat.person.full_name, "title": seat.gathering.title}


class LeadForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Rol"), choices=LeadRole.choices, initial=LeadRole.GIVES)


class ConfirmForm(forms.Form):
    """Only a button; what it does stands above it."""


class VenueForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Naam"), max_length=120)
    kind = forms.ChoiceField(
        label=gettext_lazy("Soort"),
        choices=VenueKind.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Een besloten adres staat nooit in een mail. Een geheim adres leg je hier niet vast."),
    )
    address = forms.CharField(label=gettext_lazy("Adres"), max_length=200, required=False)
    directions = forms.CharField(
        label=gettext_lazy("Route en toegankelijkheid"), required=False, max_length=2000, widget=forms.Textarea
    )
    municipality = forms.ModelChoiceField(
        label=gettext_lazy("Gemeente"),
        queryset=Municipality.objects.none(),
        required=False,
        empty_label=gettext_lazy("Onbekend"),
        help_text=gettext_lazy("Zo vinden mensen het aanbod in hun regio; van een besloten adres niet."),
    )
    room_for = forms.IntegerField(label=gettext_lazy("Ruimte voor"), min_value=1, max_value=5000, required=False)
    active_to = DayField(
        label=gettext_lazy("In gebruik tot"), required=False, help_text=gettext_lazy("De eerste dag zonder.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = Municipality.objects.active()
