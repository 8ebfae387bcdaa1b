"""The second factor: who needs one, who gave one, and what happens when the phone is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.people import rules
from academy.people.domain.audit import record
from academy.people.domain.signing_in import end_sessions
from academy.people.models import SecondFactorReset, User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

CONFIRM_WITHIN = timedelta(hours=24)
_PROOF = "door_provider_proof"


def is_needed(user: User | AnonymousUser) -> bool:
    """Whether ``user`` must give a second factor: a role above participant, or a technical superuser."""
    return rules.needs_second_factor(user) or (user.is_authenticated and user.is_superuser)


def was_given(request: HttpRequest) -> bool:
    """Whether the person of this session gave a second factor in this session, here or at the identity provider."""
    records = get_authentication_records(request, request.user)
    return any(step.get("method") == "mfa" for step in records) or by_identity_provider(request, request.user)


def has_one(user: User) -> bool:
    """Whether ``user`` has an app or key; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def keep_provider_proof(request: HttpRequest, *, provider: str, uid: str, claims: dict[str, Any]) -> None:
    """Remember in the session whether the identity provider says (``amr``, ``acr``) that it asked two factors."""
    token = claims.get("id_token") or {}
    said = {*_texts(token.get("amr")), *_texts(token.get("acr"))}
    if said & settings.OIDC_MFA_VALUES:
        request.session[_PROOF] = [provider, uid]
    else:
        request.session.pop(_PROOF, None)


def by_identity_provider(request: HttpRequest, user: User | AnonymousUser | None) -> bool:
    """Whether ``user`` came in through the provider account that the proof in this session is about."""
    proof = request.session.get(_PROOF)
    return bool(proof) and any(
        step.get("method") == "socialaccount" and [step.get("provider"), step.get("uid")] == proof
        for step in get_authentication_records(request, user)
    )


@transaction.atomic
def ask_reset(*, person: User, by: User) -> SecondFactorReset:
    """Ask to remove the second factor of ``person``; a different colleague confirms within 24 hours.

    A request that still waits is returned as it is.
    """
    _refuse_outsiders(person=person, by=by)
    User.objects.select_for_update().get(pk=person.pk)
    waiting: SecondFactorReset | None = _waiting(person).first()
    if waiting is not None:
        return waiting
    moment = clock.now()
    reset: SecondFactorReset = SecondFactorReset.objects.create(
        person=person, asked_by=by, asked_at=moment, expires_at=moment + CONFIRM_WITHIN
    )
    record(action="second_factor.ask", by=by, subject=person, target=reset.public_id)
    return reset


@transaction.atomic
def confirm_reset(*, reset: SecondFactorReset, by: User) -> SecondFactorReset:
    """Remove the second factor, end every session of the person and tell her by mail."""
    reset = SecondFactorReset.objects.select_for_update().get(pk=reset.pk)
    person = reset.person
    _refuse_outsiders(person=person, by=by)
    if by.pk == reset.asked_by_id:
        raise NotAllowedError("same_colleague", _("Je hebt dit zelf gevraagd. Een tweede collega moet het bevestigen."))
    if reset.confirmed_at is not None:
        raise DomainError("done_already", _("Dit is al bevestigd. Vraag het opnieuw als het nog eens nodig is."))
    if reset.expires_at <= clock.now():
        raise DomainError("expired", _("Deze aanvraag is ouder dan 24 uur. Vraag het herstel opnieuw aan."))
    if not rules.can_reset_second_factor(reset.asked_by):
        raise DomainError("asker_left", _("De collega die dit vroeg heeft de rol niet meer. Vraag het opnieuw aan."))
    reset.confirmed_by = by
    reset.confirmed_at = clock.now()
    reset.save(update_fields=["confirmed_by", "confirmed_at"])
    Authenticator.objects.filter(user=person).delete()
    end_sessions(person=person)
    record(action="second_factor.reset", by=by, subject=person, target=reset.public_id)
    get_adapter().send_mail("account/email/second_factor_reset", person.email, {"user": person})
    return reset


def waiting_resets() -> Any:
    """Requests that a second colleague can still confirm."""
    return SecondFactorReset.objects.filter(confirmed_at__isnull=True, expires_at__gt=clock.now()).select_related(
        "person", "asked_by"
    )


def _waiting(person: User) -> Any:
    return waiting_resets().filter(person=person)


def _refuse_outsiders(*, person: User, by: User) -> None:
    if not rules.can_reset_second_factor(by):
        raise NotAllowedError("not_allowed", _("Alleen het bureau en de beheerder kunnen een tweede stap herstellen."))
    if by.pk == person.pk:
        raise NotAllowedError("own_account", _("Je kunt je eigen tweede stap niet herstellen. Vraag twee collega's."))


def _texts(claim: Any) -> list[str]:
    values = claim if isinstance(claim, list) else [claim]
    return [value for value in values if isinstance(value, str)]
