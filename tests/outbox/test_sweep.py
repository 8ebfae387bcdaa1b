from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from academy.common import clock
from academy.common.limits import Limit, take
from academy.outbox.domain.jobs import enqueue
from academy.outbox.domain.publishing import publish_due
from academy.outbox.domain.sweeping import sweep_alone
from academy.outbox.domain.upkeep import clear_sessions, follow_roles
from academy.outbox.enums import JobState
from academy.outbox.models import Heartbeat, Job
from academy.outbox.registry import SWEEPS, Sweep, register_sweep
from academy.outbox.tasks import sweep
from academy.people.domain.roles import assign_role
from academy.people.enums import Role
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def swept():
    out = StringIO()
    call_command("sweep", stdout=out)
    return out.getvalue()


def draft(**dates):
    page = Page(title="Proef", slug=f"proef-{Page.objects.count()}", live=False, **dates)
    Page.objects.order_by("depth").first().add_child(instance=page)
    page.save_revision().publish()
    return page


def live(page):
    return Page.objects.get(pk=page.pk).live


def test_sweep_with_nothing_due_says_so():
    swept()
    lines = swept().splitlines()
    assert len(lines) == len(SWEEPS) + 1
    assert all(line.endswith(": 0") for line in lines)


def test_sweep_does_the_jobs_that_its_sweeps_ask_for():
    def remind():
        enqueue(kind="probe.note", key="reminder:1", payload={"name": "1"})
        return 1

    register_sweep(Sweep("probe", "herinneringen", remind))
    text = swept()
    assert "herinneringen: 1" in text
    assert "proef: 1 gedaan" in text
    assert Job.objects.get().state == JobState.DONE


def test_one_sweep_that_fails_does_not_hold_up_the_next():
    done = []
    register_sweep(Sweep("a.bad", "kapot", lambda: 1 // 0))
    register_sweep(Sweep("b.good", "heel", lambda: done.append(1) or 1))
    text = swept()
    assert "kapot: ging mis" in text
    assert "heel: 1" in text


def test_tomorrows_clock_publishes_what_is_due_tomorrow(monkeypatch):
    page = draft(go_live_at=timezone.now() + timedelta(hours=20))
    assert not live(page)
    swept()
    assert not live(page)
    monkeypatch.setenv("ACADEMY_CLOCK_OFFSET", str(24 * 3600))
    monkeypatch.setenv("ACADEMY_ENV", "test")
    assert "gepubliceerd of offline gehaald: 1" in swept()
    assert live(page)
    assert "gepubliceerd of offline gehaald: 0" in swept()


def test_tomorrows_clock_takes_down_what_expires(monkeypatch):
    page = draft(expire_at=timezone.now() + timedelta(hours=20))
    assert live(page)
    monkeypatch.setenv("ACADEMY_CLOCK_OFFSET", str(24 * 3600))
    monkeypatch.setenv("ACADEMY_ENV", "test")
    swept()
    assert not live(page)


def test_a_page_that_refuses_does_not_keep_the_next_from_being_published(caplog):
    """Another page took the address that it was to get. Wagtail itself looks at the clock on the wall."""
    with clock.frozen(clock.now() + timedelta(days=1)) as moment:
        moves, waits, other = draft(), draft(go_live_at=moment + timedelta(hours=2)), draft()
        moves.slug, moves.go_live_at = "nieuw-adres", moment + timedelta(hours=1)
        moves.save_revision().publish()
        Page.objects.filter(pk=other.pk).update(slug="nieuw-adres")
    with clock.frozen(moment + timedelta(hours=3)):
        assert publish_due() == 1
        assert live(waits)
        assert f"Scheduled publishing of Revision {moves.latest_revision_id} failed." in caplog.text
        Page.objects.filter(pk=other.pk).update(slug="elders")
        assert publish_due() == 1
        assert Page.objects.get(pk=moves.pk).slug == "nieuw-adres"


def test_groups_follow_roles_that_begin_and_end(at):
    with at("2027-03-01 09:00") as moment:
        person = make_person()
        assign_role(
            person=person,
            role=Role.EDITOR,
            by=None,
            starts_at=moment + timedelta(days=1),
            ends_at=moment + timedelta(days=3),
        )
        assert follow_roles() == 0
    for day, groups in (("02", ["Redactie"]), ("04", [])):
        with at(f"2027-03-{day} 09:01"):
            assert follow_roles() == 1
            assert follow_roles() == 0
            assert list(person.groups.values_list("name", flat=True)) == groups


def test_sessions_are_cleared_once_a_day(at):
    Session.objects.create(session_key="oud", session_data="", expire_date=timezone.now() - timedelta(days=1))
    assert clear_sessions() == 1
    assert not Session.objects.exists()
    assert clear_sessions() == 0


def test_two_schedulers_sweep_once_per_tick(at):
    runs = []
    register_sweep(Sweep("probe", "proef", lambda: runs.append(1) or 1))
    with at("2027-03-01 09:00") as moment:
        for tick in range(8):
            # The second scheduler ticks ten seconds after the first one.
            for late in (0, 10):
                with clock.frozen(moment + timedelta(seconds=30 * tick + late)):
                    sweep()
    assert len(runs) == 8


def test_a_sweep_that_was_killed_is_taken_over_within_a_minute(at):
    with at("2027-03-01 09:00") as moment:
        Heartbeat.objects.create(name="sweep", at=moment + timedelta(seconds=60))
        assert sweep_alone() is None
    with clock.frozen(moment + timedelta(seconds=60)):
        assert sweep_alone() is not None


def test_counters_of_attempts_go_when_their_time_is_over():
    take(Limit("proef", 1, 10), "iemand")
    forget = SWEEPS["outbox.limits"].run
    assert forget() == 0
    with clock.frozen(clock.now() + timedelta(seconds=11)):
        assert forget() == 1
        assert forget() == 0
