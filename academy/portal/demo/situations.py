"""The situations that the demo always holds, counted from the day it was loaded."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import F

from academy.common import clock
from academy.gatherings.domain.accrediting import accredit
from academy.gatherings.domain.planning import cancel_gathering
from academy.gatherings.domain.section import prepare_catalogue
from academy.gatherings.enums import Form
from academy.knowledge.enums import Pillar
from academy.outbox.domain.messages import SEND_MAIL
from academy.outbox.enums import JobState, MessageState
from academy.outbox.models import Job, Message
from academy.portal.demo.courses import plan
from academy.portal.demo.histories import enrol
from certificates.credits.models import Chamber
from courses.models import CoursePage

if TYPE_CHECKING:
    from academy.portal.demo import Demo


def load_situations(demo: Demo) -> None:
    """Each in its own run, with people who sit nowhere else at that hour."""
    crowd = list(demo.participants)
    demo.random.shuffle(crowd)
    waits = plan(demo, "motiverende-gespreksvoering", -9, -2, hours=4, ahead=25)
    enrol(demo, waits, [demo.people["noor"], demo.people["samir"], *crowd[:6]], days=30)
    plan(demo, "online-geweld-en-stalking", 21, at=13, hours=1.5, ahead=30, venue=None, capacity=50)
    full = plan(demo, "patronen-van-geweld", 14, hours=6, ahead=40, venue="lelystad", capacity=6)
    enrol(demo, full, crowd[6:15], days=12)
    today = plan(demo, "veiligheidsplan-met-het-gezin", 0, at=13, hours=4, ahead=28, capacity=12)
    enrol(demo, today, crowd[15:22], days=20)
    off = plan(demo, "oranje-huis-aanpak", 11, hours=6, ahead=35, venue="oranje-huis", capacity=10)
    enrol(demo, off, [demo.people[name] for name in ("ontvanger", "rosa", "els")], days=16)
    with demo.days_ago(3):
        cancel_gathering(gathering=off, by=demo.people["bureau"])
    _expired_accreditation(demo)
    _course_for_review(demo)


def _expired_accreditation(demo: Demo) -> None:
    chamber = Chamber.objects.with_code("SKJ:JGP").get()
    with demo.days_ago(360):
        accredit(
            offering=demo.courses["stevig-blijven-staan"],
            register=chamber.register,
            chamber=chamber,
            points=Decimal(3),
            valid_from=clock.today() - timedelta(days=365),
            valid_to=clock.today() + timedelta(days=300),
            by=None,
            number="DEMO-STEVIG-VERLOPEN",
            requirement="DB.FORM",
        )


def _course_for_review(demo: Demo) -> None:
    """The trainer wrote it; it waits for an editor."""
    with demo.days_ago(4):
        page = CoursePage(
            slug="ouderenmishandeling-bespreken",
            title="Ouderenmishandeling: van onderbuik naar gesprek",
            introduction="Je leert signalen bij ouderen te wegen en het gesprek met de mantelzorger te voeren.",
            goals=[{"type": "goal", "value": "signalen bij ouderen onderscheiden van ziekte"}],
            audience_text="Voor wijkteams en ouderenzorg.",
            form=Form.CLASSROOM,
            pillar=Pillar.SKILLS,
            study_load_minutes=240,
            owner=demo.people["marjan"],
            live=False,
        )
        prepare_catalogue().add_child(instance=page)
        page.save_revision(user=demo.people["marjan"])
        page.get_workflow().start(page, demo.people["marjan"])


def mark_mails_sent(demo: Demo) -> None:
    """Mails of before the day of loading went out then; nobody gets a heap of old mail now."""
    old = Message.objects.filter(state=MessageState.WAITING, created_at__lt=demo.now)
    keys = Job.objects.filter(kind=SEND_MAIL, state=JobState.WAITING, created_at__lt=demo.now)
    keys.update(state=JobState.DONE, done_at=F("created_at"))
    old.update(state=MessageState.SENT, sent_at=F("created_at"))


def ask_papers_now(demo: Demo) -> None:
    """What is left to do was asked when the demo was loaded: an academy that is minutes old is not months behind."""
    Job.objects.filter(state=JobState.WAITING, run_after__lt=demo.now).update(run_after=demo.now)
