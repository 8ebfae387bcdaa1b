"""A planted text, a closed place and the names of members: nowhere but in the answers that may hold them."""

import base64
import io
import json
import logging
import zipfile
from datetime import timedelta

import pytest
from django.conf import settings as conf
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse
from django.utils.log import AdminEmailHandler
from pypdf import PdfReader

from academy.celery import app
from academy.common import clock
from academy.common.page_cache import PublicPages
from academy.gatherings.domain.closing import close_gathering
from academy.gatherings.domain.seats import take_seat
from academy.gatherings.enums import VenueKind
from academy.outbox.domain.running import run_due
from academy.people.domain.roles import assign_role
from academy.people.domain.tokens import create_token
from academy.people.enums import Role, TokenKind
from certificates.models import Certificate
from certificates.rendering.paper import paper_of
from certificates.rendering.press import order_for, press
from leertafels.cases.domain.breaches import report_traceable
from leertafels.cases.domain.bringing import withdraw
from leertafels.cases.domain.destroying import destroy_now
from leertafels.cases.domain.opening import open_case
from tests.cases.factories import lead, make_case, seat
from tests.credits.factories import registered
from tests.factories import log_in, make_membership, make_organisation, make_person, make_with_role
from tests.gatherings.factories import make_venue
from tests.leertafels.factories import hold, make_table
from tests.permissions.routes import routes
from tests.portal.hr_world import Place

pytestmark = pytest.mark.django_db
TEXT, PLACE, NAME = "zeemeerminhek", "Kanarieplantsoen", "Kanarina"
# Anybody may read this one: a probe that does not find it finds nothing.
TITLE = "Zichtbaarheidstafel"
QUESTION = f"Wat doe ik met het {TEXT}?"


class Planted:
    """A table with a closed place, two members, a lead, and a case that was opened, reported and one that is gone."""

    def __init__(self):
        where = {"venue": make_venue(name=PLACE, kind=VenueKind.CLOSED)}
        table = make_table(title=TITLE, sessions=1, starts_in=timedelta(days=1), where=where, asks_text=True)
        self.gathering = table.gathering
        self.session = self.gathering.sessions.get()
        self.member = seat(self.gathering, make_person(full_name=f"{NAME} Een"))
        self.presenter = seat(self.gathering, make_person(full_name=f"{NAME} Twee"))
        self.lead = lead(self.gathering)
        self.case = make_case(self.gathering, self.presenter, question=QUESTION, situation=f"Het {TEXT} staat open.")
        open_case(case=self.case, by=self.member)
        gone = make_case(self.gathering, self.member, question=QUESTION)
        self.breach = report_traceable(case=gone, by=self.lead)
        back = make_case(self.gathering, self.member, question=QUESTION)
        withdraw(case=back, by=self.lead)
        destroy_now(case=back, by=self.member)


@pytest.fixture
def planted():
    made = Planted()
    run_due()
    return made


def tables():
    """Every table with every value of it, as text."""
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')
            yield name, " ".join(_plain(value) for row in cursor.fetchall() for value in row)


def _plain(value):
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)


def test_the_database_holds_no_word_of_a_text_and_places_and_names_in_their_own_tables_only(planted):
    found = {word: {name for name, content in tables() if word in content} for word in (TEXT, PLACE, NAME)}
    assert found[TEXT] == set()
    assert found[PLACE] == {"gatherings_venue"}
    assert found[NAME] <= {"people_user", "auth_user"}


def written(planted, caplog):
    """Per channel that is no answer to somebody all that it holds."""
    pages = PublicPages(_answered)
    pages(RequestFactory().get(page_of(planted)))
    stored = dict(tables())
    return {
        "mail": " ".join(str(message.message()) + message.subject + message.body for message in mail.outbox),
        "outbox": " ".join(content for name, content in stored.items() if name.startswith("outbox_")),
        "queue": " ".join(_queued(path) for path in (conf.VAR / "queue").rglob("*") if path.is_file()),
        "cache": repr(cache._cache),
        "pages kept for who has no session": repr(pages.pages),
        "search": " ".join(content for name, content in stored.items() if "knowledge_" in name or "search" in name),
        "revision": " ".join(content for name, content in stored.items() if "revision" in name),
        "log": caplog.text,
    }


def _answered(request):
    """The whole answer to a stranger, with the route by which the memory knows what it may keep."""
    response = Client().get(request.path)
    request.resolver_match = response.resolver_match
    response.headers["Vary"] = "Cookie"  # compression stands outside the memory
    return response


def _queued(path):
    """A message of the queue, with what is packed inside it."""
    raw = path.read_text()
    packed = json.loads(raw).get("body", "")
    return raw + base64.b64decode(packed).decode("utf-8", "replace")


@pytest.fixture
def queue():
    """Leaves the queue as it was."""
    before = set((conf.VAR / "queue").rglob("*"))
    yield
    for path in set((conf.VAR / "queue").rglob("*")) - before:
        path.unlink()


def test_mails_queue_cache_search_revisions_and_log_hold_nothing(planted, caplog, settings):
    settings.PUBLIC_PAGE_SECONDS = 30
    caplog.set_level(logging.DEBUG)
    found = written(planted, caplog)
    assert "verborgen" in found["mail"]
    for channel, said in found.items():
        assert not any(word in said for word in (TEXT, PLACE, NAME)), channel


@pytest.mark.usefixtures("queue")
def test_each_of_these_probes_finds_what_is_there(planted, caplog, settings):
    """The control: a word that may be read, put into every channel the way the product does."""
    page = planted.gathering.offering.specific
    page.title = TITLE
    page.save_revision().publish()
    settings.PUBLIC_PAGE_SECONDS = 30
    cache.set("over", TITLE)
    logging.getLogger("academy").warning("Over %s", TITLE)
    app.send_task("geen.werk", args=(TITLE,))
    take_seat(person=make_person(), gathering=planted.gathering, by=None)
    run_due()
    found = written(planted, caplog)
    assert [channel for channel, said in found.items() if TITLE not in said] == []
    assert {name for name, content in tables() if TITLE in content} >= {"gatherings_gathering"}


def page_of(planted):
    return reverse("table", args=(planted.gathering.public_id,))


def _addresses(planted):
    """Every own address that can be asked: without an object, and with each of the planted ones."""
    ids = [planted.gathering, planted.session, planted.case, planted.breach]
    for route in routes():
        if not route.ours or "cms" in route.address:
            continue
        try:
            yield reverse(route.name)
        except NoReverseMatch:
            for thing in ids:
                try:
                    yield reverse(route.name, kwargs={"public_id": thing.public_id})
                except NoReverseMatch:
                    break
    yield f"/zoeken/?q={TEXT}"
    yield f"/kennisbank/?q={TEXT}"
    yield f"/aanbod/?q={PLACE}"


def _said(response):
    """All of an answer: its head, its body, and what is packed inside a spreadsheet."""
    return _plainly(b"".join(response) if response.streaming else response.content) + str(response.headers)


def _plainly(body):
    """What is packed inside a spreadsheet or a paper, as text."""
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b" ".join(packed.read(name) for name in packed.namelist())
    if body[:5] == b"%PDF-":
        body = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages).encode()
    return body.decode("utf-8", "replace")


def _walk(person, addresses):
    client = Client()
    if person is not None:
        log_in(client, person)
    for address in addresses:
        if "log-out" in address or "logout" in address:
            continue
        yield address, _said(client.get(address))


@pytest.mark.parametrize("who", ["anonymous", "outsider", "desk"])
def test_nobody_who_is_not_at_the_table_meets_the_text(planted, who, caplog):
    person = _person(who)
    hidden = (TEXT,) if who == "desk" else (TEXT, PLACE, NAME)
    leaks = [
        (address, word)
        for address, said in _walk(person, _addresses(planted))
        for word in hidden
        if word in said.replace(f"q={word}", "").replace(f'value="{word}"', "")
    ]
    # A search repeats what was typed into it.
    assert [leak for leak in leaks if "?q=" not in leak[0]] == []
    assert not any(word in caplog.text for word in (TEXT, PLACE))


def _person(who):
    """Nobody, an external of another organisation, or somebody who is all of the desk and a superuser besides."""
    if who == "anonymous":
        return None
    if who == "outsider":
        person = make_person()
        make_membership(person, organisation=make_organisation(), approved_at=clock.now())
        return person
    person = make_with_role(Role.OFFICE)
    for role in (Role.HR, Role.PRIVACY, Role.ADMIN, Role.EDITOR, Role.PARTNERSHIP):
        assign_role(person=person, role=role, by=None)
    person.is_superuser = True
    person.save()
    return person


def test_members_meet_the_text_on_its_own_page_only(planted):
    where = [
        address for address, said in _walk(planted.member, _addresses(planted)) if TEXT in said and "?q=" not in address
    ]
    assert where == [reverse("case", args=(planted.case.public_id,))]


def test_the_calendar_holds_nothing(planted):
    _token, secret = create_token(person=planted.member, kind=TokenKind.FEED)
    said = Client().get(f"/mijn/agenda.ics?token={secret}").content.decode().replace("\r\n ", "")
    # The control: it is there, under its address; the title of a leertafel is nobody's business either.
    assert planted.gathering.public_id in said
    assert not any(word in said for word in (TEXT, PLACE, NAME, TITLE))


def test_pages_and_answers_of_the_api_say_what_they_may(planted):
    """The control of the walks above: the same probe meets the title, in HTML and in JSON."""
    where = {address.split("/")[1] for address, said in _walk(planted.member, _addresses(planted)) if TITLE in said}
    assert {"leertafel", "api", "mijn", "inbreng"} <= where


def test_the_proof_and_the_list_of_hours_hold_no_text_and_no_place():
    """PDF and XLSX. The control is what may stand in them: the title, and for HR the name of who works here."""
    house, where = Place(), {"venue": make_venue(name=PLACE, kind=VenueKind.CLOSED)}
    table = make_table(title=TITLE, sessions=1, starts_in=timedelta(days=1), where=where, asks_text=True)
    leads, own, other = lead(table.gathering), house.colleague("Eigen Naam"), house.colleague(f"{NAME} Een")
    for person in (own, other):
        registered(person)
        seat(table.gathering, person, approved=False)
    own.memberships.update(approved_at=clock.now())
    make_case(table.gathering, own, question=QUESTION)
    hold(table, present={own: None, other: None}, clocks=(120, 0), by=leads)
    ends = table.gathering.ends_at
    with clock.frozen(ends + timedelta(hours=1)):
        close_gathering(gathering=table.gathering, by=leads)
        proof = _plainly(press.print(order_for(paper_of(Certificate.objects.get(subject__person=own)))))
        days = f"van={ends.date() - timedelta(days=2)}&tot={ends.date() + timedelta(days=1)}"
        hours = _as(house.hr, f"/hr/uren/regels/bestand/?{days}&soort=xlsx")
    assert TITLE in proof
    assert "Eigen Naam" in proof
    assert TITLE in hours
    assert NAME in hours
    assert not any(word in proof for word in (TEXT, PLACE, NAME))
    assert not any(word in hours for word in (TEXT, PLACE))


def _as(person, address):
    client = Client()
    log_in(client, person)
    return _said(client.get(address))


class BrokenError(Exception):
    """What the planted fault raises."""


def test_a_fault_in_the_view_reports_where_and_not_what(planted, monkeypatch, caplog, settings):
    settings.ADMINS = [("Beheer", "beheer@voorbeeld.example")]

    def fails(*, session, content, by):
        raise BrokenError(f"{session.pk} {by.pk}")

    monkeypatch.setattr("leertafels.cases.domain.bringing.bring_in", fails)
    monkeypatch.setattr("academy.api.views.cases.bring_in", fails)
    client = Client(raise_request_exception=False)
    newcomer = seat(planted.gathering)
    log_in(client, newcomer)
    mail.outbox.clear()
    caplog.set_level(logging.DEBUG)
    page = reverse("case_bring_in", args=(planted.session.public_id,))
    sent = {"learning_question": QUESTION, "untraceable": "on"}
    answers = [
        client.post(page, sent),
        client.post(
            f"/api/v1/sessions/{planted.session.public_id}/case",
            json.dumps({"text": QUESTION}),
            content_type="application/json",
        ),
    ]
    assert [answer.status_code for answer in answers] == [500, 500]
    for entry in [entry for entry in caplog.records if entry.levelno >= logging.ERROR and entry.exc_info]:
        AdminEmailHandler(include_html=True).emit(entry)
    reports = " ".join(str(message.message()) for message in mail.outbox)
    told = caplog.text + reports + " ".join(answer.content.decode() for answer in answers)
    # The control: the report does say what broke and where.
    assert reports.count("BrokenError") >= 2
    assert page in reports
    assert TEXT not in told
    assert NAME not in reports
