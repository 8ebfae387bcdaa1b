"""The forms of a leertafel: planning it, changing it, and how a meeting was spent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from academy.gatherings.enums import Approval
from academy.gatherings.kinds import kind_of
from academy.gatherings.models import Venue
from academy.people.models import Region
from academy.portal.admin_forms import PersonEmailField
from academy.portal.office_forms import venues_in_use
from leertafels.enums import FEWEST, LARGEST, LARGEST_FOR_CASES, SMALLEST, Level, Mode
from leertafels.models import LeertafelPage

if TYPE_CHECKING:
    from academy.gatherings.models import Session
    from leertafels.models import Leertafel

JOINING = (
    (Approval.NONE, gettext_lazy("Open: wie zich inschrijft heeft meteen een plek")),
    (Approval.LEAD, gettext_lazy("Op aanvraag: de gespreksleider beslist")),
)


class TableForm(forms.Form):
    """What holds for the whole table. A facilitator who plans leads it herself; the office says who does."""

    offering = forms.ModelChoiceField(
        label=gettext_lazy("Leertafel"),
        queryset=LeertafelPage.objects.none(),
        empty_label=gettext_lazy("Kies een leertafel"),
    )
    title = forms.CharField(
        label=gettext_lazy("Naam van deze tafel"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Alleen als er meer tafels van zijn: Leertafel Veiligheid, groep Almere."),
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("Aantal plekken"),
        min_value=SMALLEST,
        max_value=LARGEST_FOR_CASES,
        initial=LARGEST,
        help_text=gettext_lazy("4 tot en met 8; bij alleen casusbespreking tot en met 12."),
    )
    minimum = forms.IntegerField(
        label=gettext_lazy("Gaat door vanaf"), min_value=FEWEST, max_value=LARGEST_FOR_CASES, initial=SMALLEST
    )
    approval = forms.ChoiceField(
        label=gettext_lazy("Hoe mensen aanschuiven"),
        choices=JOINING,
        initial=Approval.NONE,
        widget=forms.RadioSelect,
    )
    asks_text = forms.BooleanField(
        label=gettext_lazy("Vraag een uitgeschreven casus"),
        required=False,
        help_text=gettext_lazy(
            "Niet aangevinkt: wie iets inbrengt, schrijft alleen een leervraag. Dat is meestal genoeg."
        ),
    )
    lead = PersonEmailField(label=gettext_lazy("E-mailadres van de gespreksleider"), required=False)
    venue = forms.ModelChoiceField(
        label=gettext_lazy("Locatie"),
        queryset=Venue.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nog niet bekend, of online"),
    )
    online_url = forms.URLField(
        label=gettext_lazy("Adres van de online bijeenkomst"), required=False, assume_scheme="https"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offering"].queryset = LeertafelPage.objects.live().order_by("title")
        self.fields["venue"].queryset = venues_in_use()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        smallest, size = values.get("minimum"), values.get("capacity")
        if smallest and size and smallest > size:
            self.add_error(
                "minimum", _("Dit is meer dan het aantal plekken. Kies hoogstens %(size)d.") % {"size": size}
            )
        return values


class OwnTableForm(TableForm):
    """For who leads what she plans."""

    lead = None


class ChangeTableForm(forms.Form):
    mode = forms.ChoiceField(label=gettext_lazy("Wat je er doet"), choices=Mode.choices, widget=forms.RadioSelect)
    level = forms.ChoiceField(label=gettext_lazy("Niveau"), choices=Level.choices)
    region = forms.ModelChoiceField(
        label=gettext_lazy("Regio"),
        queryset=Region.objects.none(),
        required=False,
        empty_label=gettext_lazy("Alle regio's"),
    )
    asks_text = forms.BooleanField(label=gettext_lazy("Vraag een uitgeschreven casus"), required=False)
    agreements = forms.CharField(
        label=gettext_lazy("Intervisieafspraken"),
        max_length=4000,
        help_text=gettext_lazy("Een afspraak per regel. Verander je iets, dan tekent iedereen opnieuw."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, data: Any, table: Leertafel) -> None:
        names = ("mode", "level", "region", "agreements")
        asks = table.gathering.case_rules.asks_text
        super().__init__(data, initial={name: getattr(table, name) for name in names} | {"asks_text": asks})
        self.fields["region"].queryset = Region.objects.all()

    def terms(self) -> dict[str, Any]:
        """Lines end as they do in the database, so that reading and saving is no change."""
        return {**self.cleaned_data, "agreements": self.cleaned_data["agreements"].replace("\r\n", "\n")}


CLOCK_ERRORS = {
    "required": gettext_lazy("Vul beide in; nul mag."),
    "invalid": gettext_lazy("Vul hele minuten in."),
    "min_value": gettext_lazy("Vul 0 of meer in."),
}


class ClockForm(forms.Form):
    """How the meeting was spent. Set once; what nobody set stands at what the table is for."""

    intervision_minutes = forms.IntegerField(
        label=gettext_lazy("Minuten intervisie"),
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
        error_messages=CLOCK_ERRORS,
        help_text=gettext_lazy("Over jullie eigen handelen. Alleen deze minuten tellen voor reflectie."),
    )
    case_minutes = forms.IntegerField(
        label=gettext_lazy("Minuten casusbespreking"),
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
        error_messages=CLOCK_ERRORS,
        help_text=gettext_lazy("Over wat er in een casus te doen is."),
    )

    def __init__(self, data: Any, session: Session) -> None:
        self.longest = session.minutes
        stand = session if session.intervision_minutes is not None else _planned(session)
        names = ("intervision_minutes", "case_minutes")
        super().__init__(data, initial={name: getattr(stand, name) for name in names} if stand else {})

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if sum(values.get(name) or 0 for name in self.fields) > self.longest:
            words = _(
                "Samen is dit meer dan de %(longest)d minuten die de bijeenkomst duurde. Maak een van beide kleiner."
            )
            self.add_error("case_minutes", words % {"longest": self.longest})
        return values


def _planned(session: Session) -> Any:
    return kind_of(session.gathering).clocks(session)
