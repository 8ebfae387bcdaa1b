"""A request that is sent again because its answer got lost has its effect once, and gets the same answer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from academy.api.models import KeptAnswer
from academy.common import clock
from academy.common.errors import DomainError
from academy.common.identifiers import digest

if TYPE_CHECKING:
    from collections.abc import Callable

    from academy.people.models import User

LONGEST_KEY = 200
KEPT_FOR = timedelta(hours=24)

Answer = tuple[int, dict[str, Any]]


@transaction.atomic
def answer_once(*, key: str, request: str, by: User, do: Callable[[], Answer]) -> Answer:
    """Do it and keep the answer under ``key`` of ``by`` for a day; a repeat gets that answer and does nothing.

    Key and effect are one transaction: of two at the same moment the second waits for the first. A refusal is not
    kept, so that the same key may be tried again. Raises DomainError for a key that was used for something else.
    """
    if not 1 <= len(key) <= LONGEST_KEY or not key.isprintable():
        raise DomainError(
            "invalid", _("Idempotency-Key: gebruik 1 tot en met 200 leesbare tekens."), field="Idempotency-Key"
        )
    moment, key_digest = clock.now(), digest(key)
    KeptAnswer.objects.filter(person=by, digest=key_digest, made_at__lte=moment - KEPT_FOR).delete()
    kept, is_new = KeptAnswer.objects.get_or_create(
        person=by, digest=key_digest, defaults={"request": request, "made_at": moment}
    )
    if not is_new:
        if kept.request != request:
            raise DomainError(
                "key_used", _("Deze Idempotency-Key is al voor een ander verzoek gebruikt. Maak een nieuwe.")
            )
        return kept.status, kept.answer
    kept.status, kept.answer = do()
    kept.save(update_fields=["status", "answer"])
    return kept.status, kept.answer


def forget_old() -> int:
    """Remove answers that nobody can ask for any more; how many went (a sweep)."""
    gone, _models = KeptAnswer.objects.filter(made_at__lte=clock.now() - KEPT_FOR).delete()
    return gone
