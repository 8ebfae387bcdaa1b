"""Keeping nothing longer than the privacy page promises: the terms of the registry, and accounts that nobody uses."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta
from django.apps import apps
from django.db import transaction
from django.db.models import DateField, DateTimeField, Exists, F, Max, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import DomainError
from academy.gatherings.models import Seat
from academy.outbox.domain.heartbeat import beat, last_beat
from academy.outbox.domain.messages import send_message
from academy.outbox.enums import MessageState
from academy.outbox.models import Message
from academy.people.models import Membership, RoleAssignment, User
from academy.portal import privacy
from academy.portal.domain.belonging import tables
from academy.portal.domain.erasing import erase_person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model, QuerySet

logger = logging.getLogger(__name__)
DAILY = "portal.retention"
INACTIVE = "people.inactive"
WARNED_AFTER, ERASED_AFTER, LEFT_FOR = relativedelta(months=24), relativedelta(months=30), relativedelta(years=2)
# Between the mail and the erasure at least; also when the academy was switched off meanwhile.
NOTICE = timedelta(days=90)


def keep_terms() -> int:
    """Once a day: delete or empty whatever is past its term, and the accounts that nobody uses; how many rows."""
    last = last_beat(DAILY)
    if last is not None and last > clock.now() - timedelta(days=1):
        return 0
    done = sum(_end(model, code, rows) for model, code, rows in overdue())
    done += forget_addresses() + warn_inactive() + erase_unused()
    beat(DAILY)
    return done


def overdue() -> Iterator[tuple[type[Model], str, QuerySet[Any]]]:
    """Per table and code of retention: the rows past the term; of a table of things, those that name somebody."""
    terms = privacy.words()["term"]
    ranked = {table.model: rank for rank, table in enumerate(tables())}
    codes = {(line.model, line.retention) for line in privacy.read() if line.retention in terms}
    found = [(apps.get_model(label), code) for label, code in codes if since_of(apps.get_model(label))]
    for model, code in sorted(found, key=lambda pair: (ranked.get(pair[0], len(ranked)), pair[0]._meta.label, pair[1])):
        limit = clock.now() - relativedelta(**terms[code])
        yield model, code, _past(model, code, since_of(model), limit)


def since_of(model: type[Model], seen: frozenset[type[Model]] = frozenset()) -> list[str]:
    """The fields that say when the term of a row begins; none for a table that has no term of its own."""
    named = privacy.words()["since"].get(model._meta.label)
    if named is not None:
        return list(named)
    for field in privacy.fields_of(model):
        above = field.related_model
        if (field.many_to_one or field.one_to_one) and not field.null and privacy.is_own(above) and above not in seen:
            upward = since_of(above, seen | {model})
            if upward:
                return [f"{field.name}__{name}" for name in upward]
    return []


def warn_inactive() -> int:
    """Write once to who has not logged in for two years; how many that were."""
    warned = Message.objects.filter(person=OuterRef("pk"), trigger=INACTIVE, created_at__gte=OuterRef("seen_at"))
    people = _unused(WARNED_AFTER).filter(~Exists(warned))
    for person in people:
        send_message(
            trigger=INACTIVE,
            subject_key=f"person:{person.public_id}",
            occurrence=person.seen_at.date().isoformat(),
            person=person,
            facts={"link": [reverse("account_login"), str(_("Log in en houd je account"))]},
        )
    return len(people)


def erase_unused() -> int:
    """Forget who was warned and still stayed away, and who left two years ago; how many that were."""
    warned = Message.objects.filter(
        person=OuterRef("pk"),
        trigger=INACTIVE,
        created_at__gte=OuterRef("seen_at"),
        created_at__lte=clock.now() - NOTICE,
    )
    left = User.objects.filter(left_at__lte=clock.now() - LEFT_FOR, erased_at__isnull=True, is_active=False)
    done = 0
    for person in [*_unused(ERASED_AFTER).filter(Exists(warned)), *left]:
        try:
            erase_person(person=person, by=None)
        except DomainError as refusal:
            logger.warning("Account %s is past its term and stays: %s", person.public_id, refusal.code)
        else:
            done += 1
    return done


def forget_addresses() -> int:
    """Delete mails to addresses without an account, thirty days after they left."""
    old = Message.objects.filter(person__isnull=True, created_at__lte=clock.now() - timedelta(days=30))
    return old.exclude(state=MessageState.WAITING).delete()[0]


def _unused(away: relativedelta) -> QuerySet[Any]:
    """Accounts of externals without a role that nobody logged in to for so long, and that have no seat ahead."""
    moment = clock.now()
    own = Membership.objects.current().filter(person=OuterRef("pk"), organisation__is_own=True)
    roles = RoleAssignment.objects.not_ended().filter(person=OuterRef("pk"))
    ahead = Seat.objects.active().filter(person=OuterRef("pk"), gathering__ends_at__gt=moment)
    people: QuerySet[Any] = User.objects.filter(~Exists(own), ~Exists(roles), ~Exists(ahead), is_active=True)
    people = people.annotate(seen_at=Coalesce("last_login", "joined_at"))
    return people.filter(seen_at__lte=moment - away)


def _past(model: type[Model], code: str, since: list[str], limit: datetime) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._base_manager.all()
    days = _is_day(model, since[0])
    if _is_many(model, since[0]):
        rows = rows.annotate(term_begins=Max(since[0]))
    else:
        rows = rows.annotate(term_begins=Coalesce(*since) if len(since) > 1 else F(since[0]))
    rows = rows.filter(term_begins__lte=limit.astimezone(clock.AMSTERDAM).date() if days else limit)
    return rows if _is_row(model) else rows.filter(_named(model, code))


def _is_row(model: type[Model]) -> bool:
    """Whether the rows are somebody's; of others only the names of who did something go."""
    return any(table.model is model for table in tables())


def _names(model: type[Model], code: str) -> list[str]:
    return [line.field for line in privacy.read() if line.model == model._meta.label and line.retention == code]


def _named(model: type[Model], code: str) -> Q:
    wanted = Q()
    for name in _names(model, code):
        wanted |= Q(**{f"{name}__isnull": False})
    return wanted


@transaction.atomic
def _end(model: type[Model], code: str, rows: QuerySet[Any]) -> int:
    keys = list(rows.values_list("pk", flat=True))
    if not keys:
        return 0
    found = model._base_manager.filter(pk__in=keys)
    if _is_row(model):
        found.delete()
    else:
        found.update(**dict.fromkeys(_names(model, code)))
    return len(keys)


def _field(model: type[Model], path: str) -> Any:
    *steps, last = path.split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model  # type: ignore[assignment]
    return model._meta.get_field(last)


def _is_day(model: type[Model], path: str) -> bool:
    field = _field(model, path)
    return isinstance(field, DateField) and not isinstance(field, DateTimeField)


def _is_many(model: type[Model], path: str) -> bool:
    return bool(model._meta.get_field(path.partition("__")[0]).one_to_many)
