"""What the demo holds besides people: counted from the day it was loaded."""

from datetime import time, timedelta
from decimal import Decimal

import pytest

from academy.common import clock
from academy.common.workdays import shift
from academy.gatherings.enums import SeatState
from academy.gatherings.models import Accreditation, Gathering, Lead, Seat, Session
from academy.outbox.models import Message
from academy.people.models import User
from academy.portal import demo
from academy.portal.mine_overview import seats_ahead
from certificates.credits.domain.chain import check_chain
from certificates.credits.models import CreditEntry
from certificates.models import Certificate
from courses.kijkje.models import Announcement
from courses.models import CoursePage, ExternalOfferPage
from courses.paths.domain.progress import paths_of
from courses.paths.models import PathPage


def emails(gathering, state):
    seats = Seat.objects.filter(gathering=gathering, state=state)
    return list(seats.order_by("queue_key").values_list("person__email", flat=True))


def the_one(slug, state):
    return Gathering.objects.with_counts().get(offering__slug=slug, derived_state=state)


def check_situations():
    now = clock.now()

    waits = the_one("motiverende-gespreksvoering", "to_close")
    assert waits.ends_at < now
    assert {"noor@voorbeeld.example", "samir@voorbeeld.example"} < set(emails(waits, SeatState.CONFIRMED))
    assert Lead.objects.get(gathering=waits).person.email == "marjan@voorbeeld.example"

    webinar = the_one("online-geweld-en-stalking", "open")
    assert (webinar.capacity, Seat.objects.filter(gathering=webinar).count()) == (50, 0)

    full = the_one("patronen-van-geweld", "full")
    assert (len(emails(full, SeatState.CONFIRMED)), len(emails(full, SeatState.WAITLISTED))) == (6, 3)

    days = [one.starts_at.astimezone(clock.AMSTERDAM).date() for one in Session.objects.held()]
    assert days.count(clock.today()) == 1
    cancelled = the_one("oranje-huis-aanpak", "cancelled")
    assert len(emails(cancelled, SeatState.CANCELLED)) == 3

    assert Accreditation.objects.get(valid_to__lt=clock.today()).number == "DEMO-STEVIG-VERLOPEN"
    assert CoursePage.objects.get(live=False).current_workflow_state.status == "in_progress"
    assert ExternalOfferPage.objects.live().count() == 1
    assert CoursePage.objects.live().count() == 12

    visit = the_one("kijkje-oranje-huis-en-ambulant", "to_close")
    assert set(emails(visit, SeatState.CONFIRMED)) == {"noor@voorbeeld.example", "samir@voorbeeld.example"}
    hosts = dict(Lead.objects.filter(gathering=visit).values_list("role", "person__email"))
    assert (hosts["hosts"], hosts["co_trains"]) == ("ontvanger@voorbeeld.example", "rosa@voorbeeld.example")
    booked = the_one("kijkje-veilig-thuis-flevoland", "full")
    assert (len(emails(booked, SeatState.CONFIRMED)), len(emails(booked, SeatState.WAITLISTED))) == (2, 1)
    assert Announcement.objects.without_look().count() == 1
    samir = User.objects.get(email="samir@voorbeeld.example")
    assert len(paths_of(samir, seats_ahead(samir))) == 1
    assert PathPage.objects.live().count() == 3

    entries = CreditEntry.objects.filter(subject__person__email="noor@voorbeeld.example")
    formal = sum((one.points_expected for one in entries.filter(requirement="DB.FORM")), Decimal())
    assert formal == Decimal(31)
    reflection = sum((one.points_expected for one in entries.filter(requirement="REFL")), Decimal())
    assert reflection == Decimal(38)

    tables = {one.offering.slug: one for one in Gathering.objects.with_counts().filter(kind="leertafel", state="open")}
    assert len(tables) == 4
    waits = tables["intervisietafel-zaanstreek-waterland"]
    assert waits.derived_state == "to_close"
    assert waits.sessions.filter(closed_at=None, ends_at__lt=now).count() == 1
    assert {"noor@voorbeeld.example", "samir@voorbeeld.example"} < set(emails(waits, SeatState.CONFIRMED))
    assert Lead.objects.get(gathering=waits).person.email == "marjan@voorbeeld.example"
    soon = tables["leertafel-veiligheid-in-het-gezin"]
    assert "samir@voorbeeld.example" in emails(soon, SeatState.CONFIRMED)
    ahead = soon.sessions.filter(starts_at__gt=now).earliest("starts_at").starts_at.astimezone(clock.AMSTERDAM).date()
    assert clock.today() < ahead <= shift(clock.today(), 2)
    assert len(emails(tables["leertafel-aandachtsfunctionarissen"], SeatState.REQUESTED)) == 1
    proof = Certificate.objects.get(kind="reflection", subject__person__email="noor@voorbeeld.example")
    assert (proof.payload["meetings"], proof.payload["minutes"]) == (10, 1200)
    assert Certificate.objects.count() > 50
    assert check_chain().bad is None
    assert not Message.objects.filter(state="waiting", created_at__lt=now).exists()


def test_the_demo_holds_its_standing_situations(loaded_demo):
    check_situations()


@pytest.mark.django_db
@pytest.mark.parametrize("hour", [0, 12, 23])
@pytest.mark.parametrize("ahead", range(1, 8))
@pytest.mark.soak
def test_the_demo_holds_them_on_every_day_of_the_week(ahead, hour, settings, tmp_path):
    """What falls in a weekend moves out of it, and must not meet something else there."""
    settings.CASE_KEY_FOLDER = str(tmp_path / "keys")
    midnight = clock.amsterdam(clock.today() + timedelta(days=ahead), time())
    with clock.frozen(midnight + timedelta(hours=hour, minutes=10)):
        demo.load()
        check_situations()
