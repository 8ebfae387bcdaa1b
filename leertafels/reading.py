"""What the list of leertafels and the page of one table say to one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from academy.common import clock
from academy.gatherings.catalogue import ON_A_CARD, Card, Choice, Facet, cards_of, coming, registrations_of
from academy.gatherings.enums import SeatState
from academy.gatherings.models import Seat, Session
from academy.gatherings.rules import leads
from academy.gatherings.showing import gathering_facts
from academy.knowledge.models import Theme
from academy.people.models import Membership, Region
from leertafels.enums import Mode
from leertafels.models import Agreement, LeertafelPage
from leertafels.rules import can_read_members

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from academy.gatherings.models import Gathering
    from academy.people.models import User

MOST_PAGES = 100
LONGEST_VALUE = 200
ONLINE, IN_PERSON = "online", "op-locatie"
PLACES = ((ONLINE, _("online")), (IN_PERSON, _("op locatie")))
# Between meetings of one table; longer and people lose each other (reference: eight weeks at most).
LONGEST_GAP = timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class Listing:
    """Cards, and what one can choose by; ``chosen`` says whether somebody chose."""

    cards: tuple[Card, ...]
    facets: Mapping[str, Facet]

    @property
    def chosen(self) -> bool:
        return any(facet.chosen for facet in self.facets.values())


def listing(user: User | AnonymousUser, query: Mapping[str, str]) -> Listing:
    """The leertafels ``user`` may see that fit the choices in the address; what is no choice counts as not chosen."""
    at = clock.now()
    facets = _facets({name: (query.get(name) or "")[:LONGEST_VALUE] for name in ("regio", "thema", "vorm", "waar")})
    chosen = {name: facet.chosen for name, facet in facets.items()}
    pages = LeertafelPage.objects.visible_to(user)
    if chosen["mode"]:
        pages = pages.filter(mode=chosen["mode"])
    if chosen["region"]:
        # A theme for every region fits each of them.
        pages = pages.filter(Q(region__slug=chosen["region"]) | Q(region=None))
    if chosen["theme"]:
        themes = LeertafelPage.themes.through.objects.filter(offering=OuterRef("pk"))
        wanted = Q(theme__slug=chosen["theme"]) | Q(theme__parent__slug=chosen["theme"])
        pages = pages.filter(Exists(themes.filter(wanted)))
    if chosen["place"]:
        sessions = Session.objects.upcoming(at).filter(gathering=OuterRef("pk"))
        online = sessions.exclude(online_url="") if chosen["place"] == ONLINE else sessions.filter(online_url="")
        pages = pages.filter(Exists(coming(user, at).filter(Exists(online), offering=OuterRef("pk"))))
    rows = list(pages.order_by("title", "pk").values(*ON_A_CARD)[:MOST_PAGES])
    return Listing(cards_of(user, rows, registrations_of(user), at), facets)


def _facets(asked: Mapping[str, str]) -> dict[str, Facet]:
    live = LeertafelPage.objects.live()
    used = LeertafelPage.themes.through.objects.filter(offering__in=live)
    regions = Region.objects.filter(pk__in=live.exclude(region=None).values("region"))
    themes = Theme.objects.filter(pk__in=used.values("theme")).order_by("name")
    return {
        "region": _facet("regio", regions.order_by("name").values_list("slug", "name"), asked),
        "theme": _facet("thema", themes.values_list("slug", "name"), asked),
        "mode": _facet("vorm", Mode.choices, asked),
        "place": _facet("waar", PLACES, asked),
    }


def _facet(name: str, pairs: Any, asked: Mapping[str, str]) -> Facet:
    return Facet(name, tuple(Choice(value, str(label), value == asked[name]) for value, label in pairs))


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody at the table, as the others see her."""

    name: str
    place: str


def table_facts(gathering: Gathering, user: User | AnonymousUser) -> dict[str, Any]:
    """What the page of a table says: the facts of every gathering, and what is its own."""
    table = gathering.leertafel
    facts = gathering_facts(gathering, user)
    is_lead = leads(user, gathering)
    signed = signature_of(user, gathering)
    mine = facts["mine"]
    takes_part = mine is not None and mine.seat.state == SeatState.CONFIRMED
    ahead = [one for one in facts["meetings"] if one.session.ends_at > facts["now"]]
    return facts | {
        "meetings": ahead,
        "number_of_meetings": len(ahead),
        "past": [one.session for one in facts["meetings"] if one not in ahead],
        "leertafel": table,
        "promises": table.promises,
        "signed": signed,
        "asks_signature": signed is None and takes_part,
        "is_lead": is_lead,
        "takes_part": takes_part,
        "next": next_session(gathering, facts["now"]),
        "members": members_of(gathering) if can_read_members(user, gathering) else None,
    }


def signature_of(user: User | AnonymousUser, gathering: Gathering) -> Agreement | None:
    """What ``user`` signed here, as long as the agreements are still those."""
    if not user.is_authenticated:
        return None
    found: Agreement | None = Agreement.objects.in_force(gathering).filter(person_id=user.pk).first()
    return found


def next_session(gathering: Gathering, at: datetime) -> Session | None:
    """The meeting that comes first, or goes on now."""
    ahead = Session.objects.held().filter(gathering=gathering, ends_at__gt=at).select_related("gathering")
    found: Session | None = ahead.order_by("starts_at").first()
    return found


def members_of(gathering: Gathering) -> list[Member]:
    """Who has a place, by name, with where she works."""
    seats = list(Seat.objects.confirmed().filter(gathering=gathering).select_related("person"))
    held = Membership.objects.current().filter(person__in=[seat.person_id for seat in seats])
    places = {one.person_id: str(one.organisation) for one in held.select_related("organisation").order_by("-pk")}
    found = [Member(seat.person.shown_name, places.get(seat.person_id, "")) for seat in seats]
    return sorted(found, key=lambda member: member.name.casefold())


def signed_by(gathering: Gathering) -> set[int]:
    """Keys of everybody whose signature holds."""
    return set(Agreement.objects.in_force(gathering).values_list("person_id", flat=True))


def long_gaps(sessions: Sequence[Session]) -> list[tuple[Session, Session]]:
    """Meetings that follow each other by more than eight weeks; sessions in order of time, cancelled ones left out."""
    held = [session for session in sessions if session.cancelled_at is None]
    return [(one, other) for one, other in pairwise(held) if other.starts_at - one.starts_at > LONGEST_GAP]


def pairs_with_authority(gathering: Gathering) -> list[tuple[str, str]]:
    """Names of managers and their own staff among who sits or leads here: (manager, report)."""
    seats = Seat.objects.holding().filter(gathering=gathering).values("person")
    leading = gathering.leads.current().values("person")
    held = Membership.objects.current().filter(person__in=seats)
    found = held.filter(Q(manager__in=seats) | Q(manager__in=leading)).select_related("person", "manager")
    return sorted({(one.manager.full_name, one.person.full_name) for one in found})
