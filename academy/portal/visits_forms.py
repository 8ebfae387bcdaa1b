"""The forms for planning a visit and for announcing a newcomer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from academy.gatherings.domain.planning import Plan
from academy.people.enums import Role
from academy.people.models import Team
from academy.people.rules import coordinated_organisations, has_role, role_assignments
from academy.portal.admin_forms import DayField, PersonEmailField, TeamChoiceField
from academy.portal.office_forms import HourField, check_span, venues_in_use
from courses.kijkje.enums import MOST_VISITORS
from courses.kijkje.models import KijkjePage
from courses.kijkje.rules import picks_hosts

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from academy.people.models import User


class VisitForm(forms.Form):
    """Whoever is no office receives the visitors herself and is not asked who does."""

    page = forms.ModelChoiceField(
        label=_("Kijkje"), queryset=KijkjePage.objects.none(), empty_label=_("Kies een Kijkje")
    )
    day = DayField(label=_("Dag"))
    starts = HourField(label=_("Van"))
    ends = HourField(label=_("Tot"))
    visitors = forms.IntegerField(
        label=_("Aantal bezoekers"),
        min_value=1,
        max_value=MOST_VISITORS,
        initial=2,
        help_text=_("Van 1 tot 4."),
        error_messages={"max_value": _("Een bezoek is voor hoogstens 4 bezoekers. Plan een tweede bezoek.")},
    )
    host = PersonEmailField(label=_("E-mailadres van de ontvanger"))
    back_up = PersonEmailField(
        label=_("E-mailadres van de invaller"), required=False, help_text=_("Wie ontvangt als jij niet kunt.")
    )
    expert = PersonEmailField(label=_("E-mailadres van de ervaringsdeskundige"), required=False)
    venue = forms.ModelChoiceField(label=_("Locatie"), queryset=None, required=False, empty_label=_("Nog niet bekend"))
    remarks = forms.CharField(
        label=_("Goed om te weten"),
        max_length=1000,
        required=False,
        help_text=_("Voor wie komt: waar meld je je, wat neem je mee. Zet hier geen adres."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.user = user
        self.fields["page"].queryset = KijkjePage.objects.live().order_by("title")
        self.fields["venue"].queryset = venues_in_use()
        if picks_hosts(user):
            self.fields["back_up"].help_text = _("Wie ontvangt als de ontvanger niet kan.")
        else:
            del self.fields["host"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        check_span(self, values)
        return values

    def terms(self) -> dict[str, Any]:
        values = self.cleaned_data
        same = {name: values[name] for name in ("page", "visitors", "back_up", "expert", "remarks")}
        session = Plan(values["starts_at"], values["ends_at"], venue=values["venue"])
        return same | {"session": session, "host": values.get("host") or self.user}


class NewcomerForm(forms.Form):
    name = forms.CharField(label=_("Naam"), max_length=150)
    email = forms.EmailField(
        label=_("E-mailadres"),
        max_length=254,
        help_text=_("Het werkadres; daarmee maakt je collega een account."),
    )
    team = TeamChoiceField(label=_("Team"), queryset=Team.objects.none(), empty_label=_("Kies een team"))
    starts_on = DayField(label=_("Eerste werkdag"))

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.fields["team"].queryset = _teams_for(user)


def _teams_for(user: User) -> QuerySet[Team]:
    """The teams in which ``user`` may announce somebody (``can_announce_in`` as a query)."""
    teams: QuerySet[Team] = Team.objects.active().select_related("organisation")
    if has_role(user, Role.OFFICE):
        return teams
    managed = [held.team_id for held in role_assignments(user) if held.role == Role.TEAM_MANAGER]
    own = Q(pk__in=managed) | Q(organisation__in=coordinated_organisations(user))
    return teams.filter(own)
