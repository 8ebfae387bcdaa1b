"""Logging in at an identity provider (OpenID Connect)."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import requests
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from academy.people.domain.second_factor import keep_provider_proof

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin
    from django.http import HttpRequest

    from academy.people.models import User

logger = logging.getLogger(__name__)
WAIT_SECONDS = 5


class ProviderSession(requests.Session):
    """Asks the identity provider. When it is away or answers nonsense the person gets a page, and no error of ours."""

    def request(self, method: str, url: str, **options: Any) -> requests.Response:  # type: ignore[override]
        try:
            answer = super().request(method, url, **{"timeout": WAIT_SECONDS, **options})
            if method.upper() == "GET":
                answer.raise_for_status()
                answer.json()
        except requests.RequestException as problem:
            logger.warning("The identity provider gives no good answer (%s).", type(problem).__name__)
            page = render(context.request, "socialaccount/authentication_error.html", status=HTTPStatus.BAD_GATEWAY)
            raise ImmediateHttpResponse(page) from problem
        return answer


class DoorSocialAdapter(DefaultSocialAccountAdapter):
    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "email_taken": _("Er is al een account met dit e-mailadres. Log daarmee in en koppel daarna je organisatie."),
        "no_password": _("Je account heeft nog geen wachtwoord. Stel er eerst een in."),
        "no_verified_email": _("Je account heeft nog geen bevestigd e-mailadres."),
    }

    def get_requests_session(self) -> requests.Session:
        return ProviderSession()

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        account = sociallogin.account
        keep_provider_proof(request, provider=account.provider, uid=account.uid, claims=account.extra_data)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        user: User = super().populate_user(request, sociallogin, data)
        said = data.get("name") or f"{data.get('first_name') or ''} {data.get('last_name') or ''}"
        user.full_name = str(said).strip()[:150] or user.email.partition("@")[0]
        return user
