"""Objects to put in an address. Each maker gets the world, the person who will ask, the cell and which of the two.

``inside`` true: the object that ``cell`` gives this person a right to (her own, of her team, of the gathering she
leads). False: its twin just outside. A maker answers ``Try(arguments, data)``; ``data`` is what a write sends.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.files.base import ContentFile
from wagtail.images.tests.utils import get_test_image_file

from academy.common import clock
from academy.common.identifiers import digest, secret_token
from academy.gatherings.domain.seats import take_seat
from academy.gatherings.enums import LeadRole
from academy.gatherings.models import Lead
from academy.outbox.enums import JobState, MessageState
from academy.outbox.models import Job, Message
from academy.pages.models import SiteDocument, SiteImage
from academy.people.domain.roles import assign_role
from academy.people.domain.tokens import create_token
from academy.people.enums import Role, TokenKind
from academy.people.models import AccessToken, SecondFactorReset, User, WorksCouncilConsent
from certificates.domain.recognition import recognise
from certificates.domain.withdrawing import ask_withdrawal
from certificates.enums import WithdrawalReason
from courses.learning.domain.lessons import finish_lesson
from courses.learning.domain.testing import hand_in
from tests import factories
from tests.certificates.factories import make_certificate
from tests.courses import factories as courses
from tests.credits.factories import registered, trained
from tests.gatherings.factories import make_gathering
from tests.people.factories import make_consent

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.permissions.world import World


@dataclass
class Try:
    arguments: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    address: str = ""  # for a pattern that cannot be reversed


MAKERS: dict[str, Callable[[World, User | None, str, bool], Try]] = {}


def maker(function):
    MAKERS[function.__name__] = function
    return function


def subject(world: World, person: User | None, cell: str, *, inside: bool) -> User:
    """Somebody whom ``cell`` puts within reach of ``person`` (``own``, ``tm``, ``org``), or just outside it."""
    if inside and cell == "own" and person is not None:
        return person
    other = factories.make_person()
    if inside and cell == "tm":
        factories.make_membership(other, team=world.team, manager=person, approved_at=clock.now())
    elif inside and cell == "org":
        factories.make_membership(other, organisation=world.partner, approved_at=clock.now())
    else:
        factories.make_membership(other, organisation=world.other, approved_at=clock.now())
    return other


@maker
def person(world, person, cell, inside):
    return Try({"public_id": subject(world, person, cell, inside=inside).public_id})


@maker
def colleague(world, person, cell, inside):
    """Somebody whose hours may be seen since the works council agreed; HR sees own staff only."""
    if not WorksCouncilConsent.objects.exists():
        make_consent()
    if cell == "Y":
        return Try({"public_id": factories.make_membership(organisation=world.own).person.public_id})
    return Try({"public_id": subject(world, person, cell, inside=inside).public_id})


@maker
def cms_people(world, person, cell, inside):
    return Try(address="/cms/users/1/")


@maker
def cms_picture_size(world, person, cell, inside):
    return Try(address="/cms/images/1/preview/width-9999/")


@maker
def picture(world, person, cell, inside):
    image = SiteImage.objects.create(
        title="Tuin", description="Een tuin", file=get_test_image_file(filename="tuin.png"), width=640, height=480
    )
    return Try({"name": image.get_rendition("max-165x165").file.name.removeprefix("images/")})


@maker
def public_document(world, person, cell, inside):
    document = SiteDocument.objects.create(title="Folder", file=ContentFile(b"%PDF-1.4", name="folder.pdf"))
    return Try({"document_id": document.pk, "filename": document.filename})


@maker
def second_factor_reset(world, person, cell, inside):
    reset = SecondFactorReset.objects.create(
        person=factories.make_person(),
        asked_by=factories.make_person(),
        asked_at=clock.now(),
        expires_at=clock.now() + timedelta(hours=1),
    )
    return Try({"public_id": reset.public_id})


@maker
def place(world, person, cell, inside):
    held = factories.make_membership(organisation=world.partner)
    return Try({"public_id": held.person.public_id, "number": held.pk})


@maker
def waiting_place(world, person, cell, inside):
    return Try({"number": factories.make_membership(organisation=world.partner if inside else world.other).pk})


@maker
def organisation(world, person, cell, inside):
    return Try({"public_id": factories.make_organisation().public_id})


@maker
def team(world, person, cell, inside):
    return Try({"public_id": factories.make_team().public_id})


@maker
def access_token(world, person, cell, inside):
    token = AccessToken.objects.create(
        person=subject(world, person, cell, inside=inside),
        kind=TokenKind.API,
        name="proef",
        digest=digest(secret_token()),
        created_at=clock.now(),
    )
    return Try({"public_id": token.public_id})


@maker
def open_session(world, person, cell, inside):
    """A session on another device."""
    holder = subject(world, person, cell, inside=inside)
    session = UserSession.objects.create(user=holder, ip="127.0.0.1", session_key=secret_token()[:40])
    return Try({"number": session.pk})


@maker
def passkey(world, person, cell, inside):
    holder = subject(world, person, cell, inside=inside)
    return Try({"pk": Authenticator.objects.create(user=holder, type="webauthn", data={"name": "telefoon"}).pk})


@maker
def role_assignment(world, person, cell, inside):
    other = subject(world, person, cell, inside=inside)
    return Try({"public_id": assign_role(person=other, role=Role.EXPERT, by=None).public_id})


@maker
def parked_job(world, person, cell, inside):
    job = Job.objects.create(kind="probe", key=secret_token(), state=JobState.PARKED)
    return Try({"public_id": job.public_id})


@maker
def bounced_message(world, person, cell, inside):
    message = Message.objects.create(
        trigger="probe", subject_key=secret_token(), person=factories.make_person(), state=MessageState.BOUNCED
    )
    return Try({"public_id": message.public_id})


def _learner(world, person, cell, *, inside):
    """A seat in an e-learning, of the person who asks or of somebody else."""
    return courses.seated(courses.make_run(courses.make_e_learning()), subject(world, person, cell, inside=inside))


@maker
def e_learning(world, person, cell, inside):
    return Try({"gathering_id": _learner(world, person, cell, inside=inside).gathering.public_id})


@maker
def e_learning_lesson(world, person, cell, inside):
    seat = _learner(world, person, cell, inside=inside)
    return Try({"gathering_id": seat.gathering.public_id, "number": 1})


@maker
def handed_in_test(world, person, cell, inside):
    seat = _learner(world, person, cell, inside=inside)
    for lesson in ("l1", "l2"):
        finish_lesson(seat=seat, lesson=lesson, by=seat.person)
    hand_in(seat=seat, answers=courses.WRONG, number=1, by=seat.person)
    return Try({"gathering_id": seat.gathering.public_id, "number": 1})


@maker
def certificate(world, person, cell, inside):
    """Where the cell says Y or tmp: of a colleague in our own organisation."""
    if cell == "own":
        holder = subject(world, person, cell, inside=inside)
    else:
        holder = factories.make_person()
        factories.make_membership(holder, organisation=world.own, approved_at=clock.now())
    return Try({"code": make_certificate(holder).code})


@maker
def certificate_of_gathering(world, person, cell, inside):
    seat = take_seat(gathering=make_gathering(), person=(holder := factories.make_person()), by=holder).seat
    if cell == "lead" and inside:
        Lead.objects.create(gathering=seat.gathering, person=person, role=LeadRole.GIVES, starts_at=clock.now())
    paper = make_certificate(seat.person, source_key=f"seat:{seat.public_id}")
    return Try({"code": paper.code}, {"reason": WithdrawalReason.FACTS})


@maker
def certificate_asked(world, person, cell, inside):
    paper = make_certificate()
    ask_withdrawal(certificate=paper, reason=WithdrawalReason.FACTS, by=factories.make_with_role(Role.OFFICE))
    return Try({"code": paper.code})


@maker
def feed_token(world, person, cell, inside):
    """Whoever has the address may read, logged in or not."""
    _token, secret = create_token(person=factories.make_person(), kind=TokenKind.FEED)
    return Try(query={"token": secret})


@maker
def registration(world, person, cell, inside):
    return Try({"public_id": registered(subject(world, person, cell, inside=inside)).public_id})


@maker
def credit_entry(world, person, cell, inside):
    owner = subject(world, person, cell, inside=inside)
    registered(owner)
    achievement = trained(owner, source_key=f"seat:{owner.public_id}")
    (entry,) = recognise(achievement=achievement, by=None).entries
    return Try({"public_id": entry.public_id})


# Makers of packages that have many stand with their tests and register themselves here.
from tests.api import makers as _api  # noqa: E402, F401 -- they need what stands above
from tests.cases import makers as _cases  # noqa: E402, F401 -- idem
from tests.evaluations import makers as _evaluations  # noqa: E402, F401 -- idem
from tests.gatherings import makers as _gatherings  # noqa: E402, F401 -- idem
from tests.kijkje import makers as _kijkje  # noqa: E402, F401 -- idem
from tests.knowledge import makers as _knowledge  # noqa: E402, F401 -- idem
from tests.leertafels import makers as _leertafels  # noqa: E402, F401 -- idem
from tests.partners import makers as _partners  # noqa: E402, F401 -- idem
from tests.portal import (  # noqa: E402 -- idem
    desk_makers as _desk,  # noqa: F401 -- idem
    externals_makers as _externals,  # noqa: F401 -- idem
    mine_makers as _mine,  # noqa: F401 -- idem
)
