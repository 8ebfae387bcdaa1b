"""How the academy lets people in: names, addresses, links and mails of django-allauth."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from academy.common.limits import client_address
from academy.people.domain.audit import record
from academy.people.domain.confirming import Doubt, suspend_confirmation
from academy.people.domain.signing_in import ADDRESS_REFUSED, is_plain_address
from academy.people.models import User
from academy.people.rules import is_introduced

if TYPE_CHECKING:
    from allauth.account.models import EmailAddress, EmailConfirmation
    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse


class DoorAdapter(DefaultAccountAdapter):
    """The rules of the door. Links are built from ``PUBLIC_URL``, never from what a request says its host is.

    How its mails leave is for a package above (``ACCOUNT_ADAPTER``): this one knows no mail.
    """

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Dit account is gesloten. Neem contact op met het bureau van de academie."),
        "email_password_mismatch": _("Het e-mailadres of het wachtwoord klopt niet. Kijk ze na en probeer het weer."),
        "email_taken": _("Er is al een account met dit e-mailadres."),
        "duplicate_email": _("Dit e-mailadres hoort al bij je account."),
        "enter_current_password": _("Vul je huidige wachtwoord in."),
        "incorrect_password": _("Dit wachtwoord klopt niet."),
        "incorrect_code": _("Deze code klopt niet. Vul de code in die je app nu laat zien."),
        "invalid_password_reset": _("Deze link werkt niet meer. Vraag een nieuwe aan."),
        "invalid_or_expired_key": _("Deze link werkt niet meer. Vraag een nieuwe aan."),
        "too_many_login_attempts": _("Er is te vaak geprobeerd in te loggen. Wacht vijf minuten en probeer het weer."),
        "rate_limited": _("Dat ging te vaak achter elkaar. Wacht een paar minuten en probeer het weer."),
        "address_refused": ADDRESS_REFUSED,
    }

    def clean_email(self, email: str) -> str:
        if not is_plain_address(email):
            raise self.validation_error("address_refused")
        return super().clean_email(email)

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:  # noqa: FBT001, FBT002 -- allauth's
        user.full_name = form.cleaned_data.get("full_name") or user.full_name
        return super().save_user(request, user, form, commit=commit)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        user, old = email_address.user, email_address.user.email
        confirmed = super().confirm_email(request, email_address)
        if confirmed and email_address.email != old:
            record(action="email.change", by=user, subject=user)
            if email_address.email.rpartition("@")[2] != old.rpartition("@")[2]:
                user.refresh_from_db(fields=["email"])
                suspend_confirmation(person=user, why=Doubt.ADDRESS)
        return confirmed

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:
        """Whoever comes for the first time says where she works, and then goes on to where she was going."""
        steps = [step["method"] for step in get_authentication_records(request, user)]
        record(action="log_in", by=user, subject=user, data={"steps": steps})
        response = super().post_login(request, user, **how)
        onward = response.get("Location", "")
        if onward and not onward.startswith(reverse("invitation")) and not is_introduced(user):
            response["Location"] = f"{reverse('workplace')}?{urlencode({'next': onward})}"
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A row for an unknown address too, so that time tells nobody which it was. What was typed is not kept."""
        super().authentication_failed(request, **credentials)
        person = User.objects.filter(email=str(credentials.get("email") or "").strip().lower()).first()
        record(action="log_in.refuse", by=None, subject=person, data={"step": "password"})

    def get_login_stages(self) -> list[str]:
        own = {"allauth.mfa.stages.AuthenticateStage": "academy.people.adapter.second_factor.SecondFactorStage"}
        return [own.get(stage, stage) for stage in super().get_login_stages()]

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ARG002 -- allauth's
        """One counter an account, however its address is written."""
        return unicodedata.normalize("NFKC", credentials.get("email") or "").casefold().strip()

    def get_reset_password_from_key_url(self, key: str) -> str:
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.PUBLIC_URL + path.replace("UID-KEY", key)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: EmailConfirmation) -> str:  # noqa: ARG002 -- allauth's
        return settings.PUBLIC_URL + reverse("account_confirm_email", args=[emailconfirmation.key])
