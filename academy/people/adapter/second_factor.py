"""The second factor at log-in: when allauth asks for it and when one may be taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from academy.people.domain.second_factor import by_identity_provider, is_needed

if TYPE_CHECKING:
    from django.http import HttpRequest

    from academy.people.models import User


class DoorSecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "Met jouw rol heb je altijd een tweede stap nodig. Voeg eerst een andere toe, haal daarna deze weg."
        ),
        "incorrect_code": _("Deze code klopt niet. Vul de code in die je app nu laat zien."),
        "unverified_email": _("Bevestig eerst je e-mailadres; daarna kun je een tweede stap instellen."),
        "add_email_blocked": _("Je e-mailadres kan nu niet worden gewijzigd."),
        "cannot_generate_recovery_codes": _("Stel eerst een app of passkey in; daarna kun je herstelcodes maken."),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last app or key of somebody who needs one stays."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        has_other = others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
        return has_other or not (settings.ACADEMY_MFA_REQUIRED and is_needed(authenticator.user))

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 -- allauth's
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return str(_("Passkey %(number)d")) % {"number": number}

    def build_totp_svg(self, url: str) -> str:
        """In the page itself: the content security policy allows no ``data:`` pictures."""
        return str(segno.make(url, micro=False).svg_inline(scale=5, dark="#000", light="#fff"))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": settings.WAGTAIL_SITE_NAME}


class SecondFactorStage(AuthenticateStage):
    """allauth's stage, except for somebody who gave a second factor at the identity provider a moment ago."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return super()._should_handle(request) and not by_identity_provider(request, self.login.user)
