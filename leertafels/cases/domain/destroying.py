"""The end of a text: the row first, then the key; whatever is left halfway the sweep finishes."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import NotAllowedError
from academy.people.domain.audit import record
from leertafels.cases import rules, vault
from leertafels.cases.domain.locking import lock_case
from leertafels.cases.enums import CaseState, DestroyedBecause
from leertafels.cases.models import Case

if TYPE_CHECKING:
    from academy.people.models import User

logger = logging.getLogger(__name__)
# A key is made just before its row; one that is older than this and has no row belongs to nothing.
STRAY_SECONDS = 3600


@transaction.atomic
def destroy_now(*, case: Case, by: User) -> Case:
    """At once and for ever. A repeat returns it unchanged."""
    case = lock_case(case)
    if not rules.can_take_off(by, case):
        raise NotAllowedError("not_yours", _("Vernietigen doet de inbrenger of de gespreksleider."))
    mine = rules.is_presenter(by, case)
    wipe(case, DestroyedBecause.PRESENTER if mine else DestroyedBecause.LEAD, by=by)
    return case


def wipe(case: Case, why: DestroyedBecause, *, by: User | None) -> bool:
    """Empty the row in this transaction and destroy the key after it; False when it was done already."""
    transaction.on_commit(partial(vault.destroy, case.public_id), robust=True)
    if case.is_destroyed:
        return False
    case.state, case.sealed = CaseState.DESTROYED, b""
    case.destroyed_at, case.destroyed_because = clock.now(), why
    case.save(update_fields=["state", "sealed", "destroyed_at", "destroyed_because"])
    case.conflicts.all().delete()
    record(action="case.destroy", by=by, subject=case.presenter, target=case.public_id, data={"why": str(why)})
    return True


def destroy_due() -> int:
    """Destroy what must be gone by now, and keys that no text belongs to; how many that were.

    Each in a transaction of its own, so that one that fails does not keep the others readable.
    """
    done, failed = 0, 0
    for case in Case.objects.due().order_by("destroy_at", "pk"):
        try:
            done += _destroy_if_due(case)
        except Exception:
            logger.exception("Destroying case %s failed.", case.public_id)
            failed += 1
    done += _destroy_stray_keys()
    if failed:
        raise RuntimeError(f"{failed} cases are still there.")
    return done


@transaction.atomic
def _destroy_if_due(case: Case) -> bool:
    case = lock_case(case)
    if not rules.is_over(case):
        return False
    closed = case.session.closed_at is not None
    return wipe(case, DestroyedBecause.CLOSED if closed else DestroyedBecause.DEADLINE, by=None)


def _destroy_stray_keys() -> int:
    """Keys of destroyed cases at once; keys without a row when they are too old to be those of a case in the making."""
    kept = vault.kept()
    states = dict(Case.objects.filter(public_id__in=list(kept)).values_list("public_id", "state"))
    stray = [
        name
        for name, age in kept.items()
        if states.get(name) == CaseState.DESTROYED or (name not in states and age > STRAY_SECONDS)
    ]
    for name in stray:
        vault.discard(name)
    return len(stray)
