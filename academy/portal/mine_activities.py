"""What one did elsewhere: entering it in the portfolio and taking it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from academy.portal.admin_forms import DayField
from academy.portal.admin_pages import form_page, member_only, sent
from certificates.domain.own_activities import enter_activity, remove_activity
from certificates.models import OwnActivity
from certificates.models.activity import LONGEST_MINUTES

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

HOUR = 60


class OwnActivityForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("Wat deed je?"),
        max_length=160,
        help_text=gettext_lazy("Bijvoorbeeld: symposium Veilig opgroeien. Schrijf niets over cliënten."),
    )
    provider = forms.CharField(label=gettext_lazy("Bij wie?"), max_length=120)
    on = DayField(label=gettext_lazy("Wanneer was je klaar?"))
    hours = forms.DecimalField(
        label=gettext_lazy("Hoeveel uur?"),
        help_text=gettext_lazy("Zonder pauzes. Een half uur is 0,5."),
        min_value=0.25,
        max_value=LONGEST_MINUTES / HOUR,
        max_digits=5,
        decimal_places=2,
        localize=True,
    )
    evidence = forms.CharField(
        label=gettext_lazy("Wat is je bewijs en waar bewaar je het?"),
        max_length=300,
        help_text=gettext_lazy("Bijvoorbeeld: bewijs van deelname, in mijn eigen map. Het register kan ernaar vragen."),
    )

    def terms(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        minutes = round(values.pop("hours") * HOUR)
        return {**values, "minutes": minutes}


@member_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_activity(request: HttpRequest) -> HttpResponse:
    def act(form: forms.Form) -> str:
        enter_activity(person=request.user, **form.terms())
        return _("Het staat in je portfolio.")

    return form_page(
        request,
        OwnActivityForm(sent(request)),
        act,
        title=_("Eigen activiteit toevoegen"),
        explanation=_(
            "Voor wat je buiten de academie deed. Het telt als informeel leren; alleen jij ziet wat het was."
        ),
        back=reverse("mine_portfolio"),
        button=_("Voeg toe"),
        trail=[(reverse("mine_portfolio"), _("Mijn portfolio"))],
    )


@member_only
@require_POST
def remove_own_activity(request: HttpRequest, public_id: str) -> HttpResponse:
    activity = get_object_or_404(OwnActivity, person=request.user, public_id=public_id)
    remove_activity(activity=activity, by=request.user)
    messages.success(request, _("Het is weggehaald. De uren zijn teruggeboekt."))
    return redirect("mine_portfolio")
