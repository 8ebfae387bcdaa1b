"""Signing the agreements of a leertafel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain.locking import lock_gathering
from leertafels.models import Agreement, Leertafel
from leertafels.rules import can_sign

if TYPE_CHECKING:
    from academy.people.models import User


@transaction.atomic
def sign_agreements(*, leertafel: Leertafel, version: int, by: User) -> Agreement:
    """Promise what stands in ``version`` of the agreements. A repeat returns what was signed.

    Raises DomainError when the agreements changed since she read them.
    """
    gathering = lock_gathering(leertafel.gathering_id)
    if not can_sign(by, gathering):
        raise NotAllowedError("not_allowed", _("De afspraken onderteken je als je een plek hebt of hebt gevraagd."))
    table = Leertafel.objects.get(pk=gathering.pk)
    if table.agreements_version != version:
        raise DomainError("agreements_changed", _("De afspraken zijn intussen gewijzigd. Lees ze en onderteken dan."))
    signed: Agreement
    signed, _created = Agreement.objects.get_or_create(
        leertafel=table, person=by, version=version, defaults={"text": table.agreements, "signed_at": clock.now()}
    )
    return signed
