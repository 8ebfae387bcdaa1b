"""The form for a passkey."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from academy.common.limits import Limit, take
from academy.people.domain.audit import record

if TYPE_CHECKING:
    from academy.people.models import User

# A code is accepted during its own half minute and the tolerated ones round it, 90 s in all; this is longer. allauth
# remembers used codes for 30 s, in the cache, which each process has for itself.
ONE_USE = Limit("totp_code", 1, 180)


def use_code(user: User, code: str) -> bool:
    """Whether this code of an app was not used before; however it is written, with spaces or dashes."""
    return take(ONE_USE, f"{user.pk}:{normalize_user_code(code)}") is not None


class AddPasskeyForm(AddWebAuthnForm):
    """allauth's form in plain words; a passkey that also logs in is what people expect."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Naam van deze passkey")
        self.fields["name"].help_text = _("Bijvoorbeeld: mijn telefoon.")
        self.fields["name"].max_length = 100
        if "passwordless" in self.fields:
            self.fields["passwordless"].label = _("Hiermee ook inloggen zonder wachtwoord")
            self.fields["passwordless"].help_text = _(
                "Je telefoon of computer vraagt dan om je vinger, je gezicht of je pincode."
            )


class CodeOnceMixin:
    """A code of the app opens the door once, whichever process it is shown to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()
            is_app = self.authenticator.type == Authenticator.Type.TOTP
            if is_app and not use_code(self.user, code):
                raise get_adapter().validation_error("incorrect_code")
        except forms.ValidationError:
            record(action="log_in.refuse", by=None, subject=self.user, data={"step": "code"})
            raise
        return code


class CodeForm(CodeOnceMixin, AuthenticateForm):
    pass


class CodeAgainForm(CodeOnceMixin, ReauthenticateForm):
    pass


class FirstCodeForm(ActivateTOTPForm):
    """The code that shows that the app works opens nothing after that."""

    def clean_code(self) -> str:
        code: str = super().clean_code()
        if not use_code(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        return code
