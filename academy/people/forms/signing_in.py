"""Forms of the door."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from allauth.account.forms import AddEmailForm, LoginForm, ResetPasswordForm, ResetPasswordKeyForm, SignupForm
from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from academy.common.errors import DomainError
from academy.people.domain.signing_in import ADDRESS_REFUSED, is_plain_address, redeem_reset, token_generator
from academy.people.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest

LONGEST_PASSWORD = 512


class DoorLoginForm(LoginForm):
    """allauth's form, with a password no longer than a hash is worth."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mailadres")
        self.fields["password"].label = _("Wachtwoord")
        self.fields["password"].help_text = ""
        self.fields["password"].max_length = LONGEST_PASSWORD
        self.fields["remember"].label = _("Onthoud mij op dit apparaat")

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if len(password) > LONGEST_PASSWORD:
            raise forms.ValidationError(_("Dit wachtwoord is te lang; gebruik hoogstens 512 tekens."))
        return password


class PlainAddressMixin:
    """Looks at the address as it was typed: lower case turns some look-alikes (K for k) into the real letter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mailadres")
        if "password1" in self.fields:
            self.fields["password1"].label = _("Wachtwoord")
            self.fields["password1"].max_length = LONGEST_PASSWORD
            self.fields["password1"].help_text = _("Minstens twaalf tekens. Een zin van een paar woorden is goed.")

    def clean_email(self) -> str:
        if not is_plain_address(str(self.data.get(self.add_prefix("email"), "")).strip()):
            raise forms.ValidationError(ADDRESS_REFUSED)
        email: str = super().clean_email()
        return email

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        if len(password) > LONGEST_PASSWORD:
            raise forms.ValidationError(_("Dit wachtwoord is te lang; gebruik hoogstens 512 tekens."))
        return password


class DoorSignupForm(PlainAddressMixin, SignupForm):
    """An address that has an account costs the work of making one, so that time does not tell which it was."""

    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists:
            self._make_and_take_back(request)
        return super().try_save(request)

    @transaction.atomic
    def _make_and_take_back(self, request: HttpRequest) -> None:
        known = self.cleaned_data["email"]
        self.cleaned_data["email"] = f"{secrets.token_hex(12)}@voorbeeld.example"
        self.account_already_exists = False
        self.save(request)
        self.cleaned_data["email"], self.account_already_exists = known, True
        transaction.set_rollback(True)


class DoorAddressForm(PlainAddressMixin, AddEmailForm):
    pass


class DoorResetForm(PlainAddressMixin, ResetPasswordForm):
    """An address without an account costs the work of making a token, so that time does not tell which it was."""

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        if not self.users:
            token_generator().make_token(User(pk=0))
        email: str = super().save(request, **kwargs)
        return email


class OnceResetForm(ResetPasswordKeyForm):
    """Sets the password when it is checked, because only one of two people with the same link may win."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("Nieuw wachtwoord")
        self.fields["password2"].label = _("Nieuw wachtwoord, nog een keer")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.errors:
            try:
                redeem_reset(user=self.user, key=self.temp_key, password=cleaned["password1"])
            except DomainError as refusal:
                self.add_error(refusal.field, refusal.message)
        return cleaned

    def save(self) -> None:
        """Done while checking."""
