"""Who is told what about newcomers and visits. No mail holds a closed place; a host reads no name of a newcomer."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_noop

from academy.common import clock
from academy.common.identifiers import digest, secret_token
from academy.gatherings.domain.telling import gathering_facts
from academy.gatherings.enums import GatheringState
from academy.gatherings.models import Seat
from academy.outbox.domain.messages import send_message
from academy.outbox.models import Message
from academy.outbox.registry import MailKind, register_mail
from academy.people.enums import Role
from academy.people.models import User
from courses.kijkje.domain.readiness import readiness_among, readiness_of
from courses.kijkje.enums import VISIT
from courses.kijkje.models import Announcement, KijkjePage, Signature

if TYPE_CHECKING:
    from collections.abc import Sequence

INVITED, ANNOUNCED = "kijkje.invited", "kijkje.announced"
PREPARE, SIGN = "kijkje.prepare", "kijkje.sign"
# How long before a visit somebody who did not prepare hears it once more.
PREPARE_BEFORE = timedelta(days=2)


def tell_hosts(row: Announcement) -> None:
    """Whoever receives visitors can make room; team and day are enough for that."""
    facts = {
        "team": row.team.name,
        "starts_on": row.starts_on.isoformat(),
        "link": [reverse("plan_visit"), _("Plan een bezoek")],
    }
    for host in User.objects.get_queryset().active().with_role(Role.HOST).order_by("pk"):
        send_message(trigger=ANNOUNCED, subject_key=_key(row), person=host, facts=facts)


def invite(row: Announcement) -> None:
    """Mail her the way to her first Kijkje; without an account by a link that only she has."""
    row.invited_at = clock.now()
    receiver: dict[str, Any] = {"person": row.person}
    path = reverse("kijkjes")
    if row.person is None:
        token = secret_token()
        row.digest = digest(token)
        receiver = {"address": row.email}
        path = reverse("kijkje_invitation", args=[token])
    row.save(update_fields=["invited_at", "digest"])
    send_message(
        trigger=INVITED,
        subject_key=_key(row),
        facts={"name": row.name, "team": row.team.name, "link": [path, _("Kies je Kijkje")]},
        **receiver,
    )


def remind_to_prepare() -> int:
    """Who comes within two days and did not finish the preparation; how many mails were written (a sweep)."""
    by_page: dict[int, list[Seat]] = defaultdict(list)
    for seat in _coming().filter(gathering__starts_at__lte=clock.now() + PREPARE_BEFORE):
        by_page[seat.gathering.offering_id].append(seat)
    late = []
    for page in KijkjePage.objects.filter(pk__in=by_page):
        held = by_page[page.pk]
        ready = readiness_among(page, {seat.person_id for seat in held})
        late += [(seat, _day_of(seat)) for seat in held if not ready[seat.person_id].is_prepared]
    return _tell_once(PREPARE, late)


def remind_to_sign() -> int:
    """Who has a place and did not sign the statement as it stands now; how many mails were written (a sweep)."""
    page = "gathering__offering__kijkjepage__"
    signed = Signature.objects.filter(
        person=OuterRef("person"), page=OuterRef("gathering__offering"), version=OuterRef("version")
    )
    seats = _coming().exclude(**{f"{page}statement": ""}).annotate(version=F(f"{page}statement_version"))
    return _tell_once(SIGN, [(seat, str(seat.version)) for seat in seats.filter(~Exists(signed))])


def _coming() -> Any:
    """Confirmed seats in visits that are still to come."""
    seats = Seat.objects.confirmed().filter(
        gathering__kind=VISIT, gathering__state=GatheringState.OPEN, gathering__starts_at__gt=clock.now()
    )
    return seats.select_related("person", "gathering__offering").order_by("pk")


def _day_of(seat: Seat) -> str:
    """A visit that was moved is a new day to be ready for."""
    start = seat.gathering.starts_at or clock.now()
    return str(start.astimezone(clock.AMSTERDAM).date())


def _tell_once(trigger: str, wanted: Sequence[tuple[Seat, str]]) -> int:
    """One mail for each seat and occurrence that had none yet."""
    keys = [_seat_key(seat) for seat, _occurrence in wanted]
    told = set(Message.objects.filter(trigger=trigger, subject_key__in=keys).values_list("subject_key", "occurrence"))
    due = [(seat, occurrence) for seat, occurrence in wanted if (_seat_key(seat), occurrence) not in told]
    for seat, occurrence in due:
        slug = seat.gathering.offering.slug
        path = reverse("offering", args=[slug]) if trigger == PREPARE else reverse("kijkje_statement", args=[slug])
        words = _("Maak je voorbereiding af") if trigger == PREPARE else _("Lees en onderteken")
        facts = gathering_facts(seat.gathering, with_place=False) | {"link": [path, words]}
        send_message(
            trigger=trigger, subject_key=_seat_key(seat), occurrence=occurrence, person=seat.person, facts=facts
        )
    return len(due)


def _seat_key(seat: Seat) -> str:
    return f"seat:{seat.public_id}"


def _key(row: Announcement) -> str:
    return f"announcement:{row.public_id}"


def _still_announced(message: Message) -> bool:
    """Whether she still comes, and has not found her way meanwhile."""
    public_id = message.subject_key.partition(":")[2]
    return Announcement.objects.with_looks().filter(public_id=public_id, visit_at__isnull=True).exists()


def _still_lacking(message: Message) -> bool:
    seat = _coming().filter(public_id=message.subject_key.partition(":")[2]).first()
    if seat is None:
        return False
    ready = readiness_of(KijkjePage.objects.get(pk=seat.gathering.offering_id), seat.person)
    return not (ready.is_prepared if message.trigger == PREPARE else ready.is_signed)


def register_mails() -> None:
    """Called once at start-up."""
    for trigger, subject, wanted in (
        (INVITED, gettext_noop("Welkom! Neem een Kijkje in de Keuken"), _still_announced),
        (ANNOUNCED, gettext_noop("Er komt een nieuwe collega bij {team}"), None),
        (PREPARE, gettext_noop("Nog even voorbereiden: {title}"), _still_lacking),
        (SIGN, gettext_noop("Onderteken de afspraken: {title}"), _still_lacking),
    ):
        register_mail(MailKind(trigger, subject, trigger.replace(".", "/"), wanted))
