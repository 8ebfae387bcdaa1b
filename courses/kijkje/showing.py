"""What the pages of a Kijkje and of a visit say to one person: where she is, and what she does next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from academy.common import clock, formats
from academy.gatherings.domain.places import SHOWN_AFTER, SHOWN_BEFORE
from academy.gatherings.enums import GatheringState, LeadRole
from academy.gatherings.models import Gathering, Lead, Seat
from academy.gatherings.rules import leads
from academy.people.rules import is_approved
from courses.kijkje.domain.readiness import lacking, readiness_of
from courses.kijkje.enums import PREPARATION, VISIT
from courses.kijkje.models import Debrief
from courses.kijkje.rules import can_book

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import AnonymousUser

    from academy.common.errors import Reason
    from academy.people.models import User
    from courses.kijkje.domain.readiness import Readiness
    from courses.kijkje.models import KijkjePage

# What the steps on a page say already.
IN_THE_STEPS = {"prerequisite", "agreement"}


@dataclass(frozen=True, slots=True)
class Step:
    """One of the steps from preparing to looking back, as the stepper draws them."""

    title: str
    state: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Journey:
    """The steps of one Kijkje; ``begin`` is set when the lessons wait to be begun, ``learn`` once they are.

    ``lacking`` says in sentences what has to be done before a visit.
    """

    steps: tuple[Step, ...]
    may_book: bool
    begin: bool
    learn: str
    sign: str
    lacking: tuple[str, ...]


def journey_of(page: KijkjePage, user: User | AnonymousUser) -> Journey:
    """Where ``user`` is; for who is not logged in the steps as everybody takes them."""
    lessons, minutes = page.material.lessons, formats.minutes(page.material.minutes)
    may_book = can_book(user)
    ready = readiness_of(page, user) if may_book else None
    visit = _visit_of(page, user) if may_book else None
    parts: list[tuple[str, bool, str, str]] = []
    learn = _lessons_url(page, user) if ready is not None else ""
    if lessons or page.has_test:
        words = _("online, %(minutes)s") % {"minutes": minutes}
        if ready is not None and ready.lessons_done and not ready.is_prepared:
            words = _("%(done)d van de %(total)d lessen gedaan") % {
                "done": ready.lessons_done,
                "total": ready.lessons_total,
            }
        parts.append((_("Voorbereiden"), ready is not None and ready.is_prepared, words, learn))
    if page.statement.strip():
        parts.append(_signing(page, ready))
    parts += _visiting(visit)
    steps, now = [], ready is not None
    for title, done, text, url in parts:
        state = "done" if done else "now" if now else "later"
        now = now and done
        steps.append(Step(title, state, text, url))
    unprepared = ready is not None and not ready.is_prepared
    to_sign = ready is not None and ready.is_prepared and not ready.is_signed
    return Journey(
        steps=tuple(steps),
        may_book=may_book,
        begin=unprepared and not learn,
        learn=learn if unprepared else "",
        sign=reverse("kijkje_statement", args=[page.slug]) if to_sign else "",
        lacking=tuple(reason.message for reason in lacking(page, ready)) if ready is not None else (),
    )


def _signing(page: KijkjePage, ready: Readiness | None) -> tuple[str, bool, str, str]:
    words, signed_at = _("een geheimhoudingsverklaring"), ready.signed_at if ready is not None else None
    if signed_at is not None:
        words = _("getekend op %(day)s") % {"day": formats.short_day(signed_at)}
    url = reverse("kijkje_statement", args=[page.slug]) if ready is not None else ""
    return _("Ondertekenen"), signed_at is not None, words, url


def _visiting(visit: Seat | None) -> list[tuple[str, bool, str, str]]:
    """Choosing a date, the visit itself and looking back, with what is known of them."""
    booked = visit is not None
    url = f"/bezoek/{visit.gathering.public_id}/" if visit is not None else "#data"
    when = formats.moment(visit.gathering.starts_at) if visit is not None else _("hieronder staan de data")
    over = visit is not None and visit.gathering.ends_at <= clock.now()
    looked = visit is not None and Debrief.objects.filter(seat=visit).exists()
    back = f"{url}terugblik/" if over else ""
    return [
        (_("Een bezoek kiezen"), booked, when, url),
        (_("Op bezoek"), over, _("1 tot 4 bezoekers tegelijk"), ""),
        (_("Terugkijken"), looked, _("een paar vragen, en een notitie voor jezelf"), back),
    ]


def _visit_of(page: KijkjePage, user: Any) -> Seat | None:
    """The visit she has a place in, or the last one she had."""
    seats = Seat.objects.confirmed().filter(person=user, gathering__offering=page.pk, gathering__kind=VISIT)
    running = seats.filter(gathering__state__in=(GatheringState.OPEN, GatheringState.CLOSED))
    found: Seat | None = running.select_related("gathering").order_by("-gathering__starts_at").first()
    return found


def _lessons_url(page: KijkjePage, user: Any) -> str:
    seats = Seat.objects.confirmed().filter(person=user, gathering__offering=page.pk, gathering__kind=PREPARATION)
    held = seats.filter(gathering__state=GatheringState.OPEN).select_related("gathering").first()
    return reverse("learn", args=[held.gathering.public_id]) if held is not None else ""


def beside_steps(reasons: Iterable[Reason]) -> list[Reason]:
    """Those that the steps do not say already."""
    return [reason for reason in reasons if reason.code not in IN_THE_STEPS]


def visit_facts(gathering: Gathering, page: KijkjePage, user: User, seat: Seat | None) -> dict[str, Any]:
    """What stands on the page of a visit besides what every gathering has."""
    confirmed = seat is not None and seat.confirmed_at is not None
    guides = leads(user, gathering)
    over = gathering.ends_at is not None and gathering.ends_at <= clock.now()
    return {
        "journey": journey_of(page, user),
        "is_ahead": gathering.state == GatheringState.OPEN and not over,
        "page": page,
        "remarks": gathering.visit.remarks if confirmed or guides else "",
        "hosts": _hosts(gathering, page, user) if confirmed else [],
        "looks_back": confirmed and over and gathering.state != GatheringState.CANCELLED,
        "debriefs": _debriefs(gathering) if guides else [],
        "leads": guides,
    }


def _hosts(gathering: Gathering, page: KijkjePage, user: User) -> list[User]:
    """Whom to call on the way; as long as the place may be known, and under the same conditions."""
    begins, ends = gathering.starts_at, gathering.ends_at
    near = begins is not None and ends is not None and begins - SHOWN_BEFORE <= clock.now() < ends + SHOWN_AFTER
    ready = readiness_of(page, user)
    if not (near and is_approved(user) and ready.is_prepared and ready.is_signed):
        return []
    rows = Lead.objects.current().filter(gathering=gathering, role__in=(LeadRole.HOSTS, LeadRole.STANDS_IN))
    return [lead.person for lead in rows.select_related("person") if lead.person.phone]


def _debriefs(gathering: Gathering) -> list[Debrief]:
    """Answers for who received the visitors; the notes stay where they are."""
    rows = Debrief.objects.filter(seat__gathering=gathering).exclude(answers=[]).defer("note")
    return list(rows.select_related("seat__person").order_by("written_at", "pk"))
