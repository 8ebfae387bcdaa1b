"""The pages of what is brought in, as somebody with a browser meets them."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse

from academy.common import clock
from academy.people.enums import Role
from academy.people.models import User
from leertafels.cases import vault
from leertafels.cases.domain.breaches import report_traceable
from leertafels.cases.domain.bringing import withdraw
from leertafels.cases.domain.destroying import destroy_now
from leertafels.cases.domain.opening import declare_conflict, open_case
from leertafels.cases.domain.texts import unseal
from leertafels.cases.models import BreachRecord, Case, CaseRules, Conflict
from leertafels.cases.panel import panel_for
from tests.cases.factories import QUESTION, lead, make_case, make_table, seat
from tests.factories import log_in, make_with_role

pytestmark = pytest.mark.django_db
LINE = "geen adviesvraag en geen melding, en vervangt geen stap van de Meldcode"


def page(person, name, *args, data=None, stale=False):
    client = Client()
    if stale:
        client.force_login(person)
    else:
        log_in(client, person)
    address = reverse(name, args=args)
    return client.get(address) if data is None else client.post(address, data)


def text_of(response):
    return response.content.decode()


def sent(question=QUESTION, **more):
    return {"learning_question": question, "untraceable": "on", **more}


def test_a_learning_question_is_asked_for_and_more_only_where_the_table_asks():
    plain, long = make_table(), make_table(asks_text=True)
    shown = text_of(page(seat(plain), "case_bring_in", plain.sessions.get().public_id))
    assert 'name="learning_question"' in shown
    assert 'name="situation"' not in shown
    assert LINE in shown
    assert "anoniem" not in shown
    assert shown.count('autocomplete="off"') >= 2
    assert 'spellcheck="false"' in shown
    assert 'name="situation"' in text_of(page(seat(long), "case_bring_in", long.sessions.get().public_id))


def test_brought_in_it_is_sealed_and_its_state_is_shown():
    gathering = make_table()
    person = seat(gathering)
    done = page(person, "case_bring_in", gathering.sessions.get().public_id, data=sent())
    case = Case.objects.get()
    assert done["Location"] == reverse("case_openings", args=(case.public_id,))
    shown = text_of(page(person, "case_openings", case.public_id))
    assert "Nog niemand." in shown
    assert QUESTION not in shown


def test_what_leads_to_somebody_comes_back_marked_and_is_kept_nowhere():
    gathering = make_table()
    refused = page(
        seat(gathering),
        "case_bring_in",
        gathering.sessions.get().public_id,
        data=sent("Bel <b>06-12345678</b> in Dronten"),
    )
    shown = text_of(refused)
    assert '<mark class="hit hit--stop">06-12345678</mark>' in shown
    assert '<mark class="hit hit--warn">Dronten</mark>' in shown
    assert "Haal het telefoonnummer weg." in shown
    assert "&lt;b&gt;" in shown
    assert "<b>06" not in shown
    assert refused["Cache-Control"] == "no-store, private"
    assert not Case.objects.exists()


def test_a_warning_asks_for_a_second_look():
    gathering = make_table()
    person, address = seat(gathering), gathering.sessions.get().public_id
    shown = text_of(page(person, "case_bring_in", address, data=sent("Hoe doen ze dat in Dronten?")))
    assert 'type="checkbox" name="warnings_seen"' in shown
    assert not Case.objects.exists()
    page(person, "case_bring_in", address, data=sent("Hoe doen ze dat in Dronten?", warnings_seen="on"))
    assert Case.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Schrijf wat je wilt leren of weten."),
        ({"learning_question": QUESTION}, "Vink aan dat dit niet herleidbaar is."),
        (sent("🙂" * 10_000), "300"),
        (sent("<script>alert(1)</script>" * 400), "300"),
        (sent("06-12345678 " * 1000), "Haal het telefoonnummer weg."),
    ],
)
def test_bad_input_is_answered(data, words):
    gathering = make_table()
    refused = page(seat(gathering), "case_bring_in", gathering.sessions.get().public_id, data=data)
    assert refused.status_code == 200
    assert words in text_of(refused)
    assert "<script>alert" not in text_of(refused)
    assert not Case.objects.exists()


def test_nul_and_a_refusal_of_the_domain_are_answered():
    gathering = make_table()
    person, address = seat(gathering), gathering.sessions.get().public_id
    assert page(person, "case_bring_in", address, data=sent("Hoe\x00?")).status_code in {200, 400}
    assert not Case.objects.exists()
    make_case(gathering, person)
    assert "al iets ingebracht" in text_of(page(person, "case_bring_in", address, data=sent("Iets anders?")))


def test_reading_needs_a_fresh_log_in_and_shows_the_text_once_it_is():
    case = make_case(make_table(asks_text=True), situation="Regel een.\nRegel twee.")
    member = seat(case.session.gathering)
    stale = page(member, "case", case.public_id, stale=True)
    assert stale.status_code == 302
    assert "reauthenticate" in stale["Location"]
    fresh = page(member, "case", case.public_id)
    shown = text_of(fresh)
    assert QUESTION in shown
    assert "Regel twee." in shown
    assert LINE in shown
    assert fresh["Cache-Control"] == "no-store, private"
    assert "Ik ken dit gezin" in shown
    assert reverse("case_report", args=(case.public_id,)) in shown
    assert case.presenter.full_name not in shown


def test_too_early_it_says_from_when_and_others_find_nothing():
    case = make_case(make_table(starts_in=timedelta(days=30)))
    shown = text_of(page(seat(case.session.gathering), "case", case.public_id))
    assert "Je kunt dit lezen vanaf" in shown
    assert QUESTION not in shown
    assert page(make_with_role(Role.OFFICE), "case", case.public_id).status_code == 404
    assert Client().get(reverse("case", args=(case.public_id,)))["Location"].startswith("/account/login/")


def test_changing_shows_the_text_and_keeps_the_new_one():
    case = make_case()
    assert QUESTION in text_of(page(case.presenter, "case_change", case.public_id))
    assert page(case.presenter, "case_change", case.public_id, stale=True).status_code == 302
    page(case.presenter, "case_change", case.public_id, data=sent("Wat zeg ik dan?"))
    assert unseal(Case.objects.get()).learning_question == "Wat zeg ik dan?"
    report_traceable(case=case, by=case.presenter)
    assert page(case.presenter, "case_change", case.public_id).status_code == 302


def test_taking_off_the_table_laying_down_again_and_destroying():
    case = make_case()
    page(case.presenter, "case_withdraw", case.public_id, data={})
    assert Case.objects.get().is_given_back
    assert "Breng in bij de volgende bijeenkomst" in text_of(page(case.presenter, "case_openings", case.public_id))
    page(case.presenter, "case_again", case.public_id, data={})
    new = Case.objects.live().get()
    assert new.pk != case.pk
    page(case.presenter, "case_destroy", new.public_id, data={})
    assert not Case.objects.live().exists()
    assert page(case.presenter, "case_withdraw", new.public_id, data={}).status_code == 302
    assert "vernietigd" in text_of(page(case.presenter, "case_openings", new.public_id))


def test_conflict_and_report():
    case = make_case()
    member, other = seat(case.session.gathering), seat(case.session.gathering)
    page(member, "case_conflict", case.public_id, data={})
    assert Conflict.objects.get().person == member
    assert "dat je dit gezin kent" in text_of(page(member, "case", case.public_id))
    assert page(case.presenter, "case_conflict", case.public_id, data={}).status_code == 404
    page(other, "case_report", case.public_id, data={})
    assert BreachRecord.objects.get().reported_by == other
    assert QUESTION not in text_of(page(case.presenter, "case", case.public_id))


def test_officer_sees_the_clock_and_who_opened_but_no_text(django_assert_num_queries):
    officer = make_with_role(Role.PRIVACY)
    client = Client()
    log_in(client, officer)
    assert "Geen meldingen" in text_of(client.get(reverse("breaches")))
    for _ in range(1):
        case = make_case()
        open_case(case=case, by=seat(case.session.gathering))
        report_traceable(case=case, by=case.presenter)
    with django_assert_num_queries(LIST_QUERIES):
        one = text_of(client.get(reverse("breaches")))
    for _ in range(2):
        report_traceable(case=(more := make_case()), by=more.presenter)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("breaches"))
    assert "1 ander" in one
    breach = BreachRecord.objects.get(case=case)
    shown = text_of(client.get(reverse("breach", args=(breach.public_id,))))
    assert "verborgen voor iedereen" in shown
    assert QUESTION not in shown + text_of(client.get(reverse("case_openings", args=(case.public_id,))))
    assert client.get(reverse("case", args=(case.public_id,))).status_code == 404
    with clock.frozen(clock.now() + timedelta(hours=73)):
        assert "te laat: liep tot" in text_of(client.get(reverse("breaches")))


LIST_QUERIES = 8


def test_officer_writes_down_and_closes():
    breach = report_traceable(case=(case := make_case()), by=case.presenter)
    officer = make_with_role(Role.PRIVACY)
    refused = text_of(page(officer, "breach", breach.public_id, data={"measures": "Over Fatima Yilmaz", "outcome": ""}))
    assert "Schrijf de rol in plaats van de naam" in refused
    assert "herleidbaar" in text_of(
        page(officer, "breach", breach.public_id, data={"measures": "", "outcome": "no_breach"})
    )
    page(officer, "breach", breach.public_id, data={"measures": "Gebeld.", "outcome": ""})
    breach.refresh_from_db()
    assert (breach.measures, breach.closed_at) == ("Gebeld.", None)
    page(officer, "breach", breach.public_id, data={"measures": "Gebeld.", "outcome": "no_breach"})
    breach.refresh_from_db()
    assert breach.closed_at is not None
    assert "afgerond" in text_of(page(officer, "breach", breach.public_id))
    office = make_with_role(Role.OFFICE)
    assert page(office, "breach", breach.public_id).status_code == 404
    assert page(office, "breaches").status_code == 403


def panel(person, session):
    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=person.pk)
    session.gathering.refresh_from_db()
    return Template("{% load cases %}{% case_panel session %}").render(
        Context({"request": request, "session": session})
    )


def test_panel_for_a_member_before_and_after_opening():
    gathering = make_table(starts_in=timedelta(days=30))
    session, person = gathering.sessions.get(), seat(gathering)
    assert "Breng iets in" in panel(person, session)
    mine = make_case(gathering, person)
    assert "Jij bracht iets in" in panel(person, session)
    other = make_case(gathering)
    early = panel(person, session)
    assert "Er is 1 inbreng." in early
    assert other.presenter.shown_name not in early
    with clock.frozen(session.starts_at - timedelta(hours=1)):
        assert reverse("case", args=(other.public_id,)) in panel(person, session)
        declare_conflict(case=other, by=person)
        assert "je kent dit gezin" in panel(person, session)
    withdraw(case=mine, by=person)
    assert "terug bij jou" in panel(person, session)
    with clock.frozen(session.starts_at):
        assert "Breng iets in" not in panel(person, session)


def test_panel_for_the_lead_and_when_it_is_over():
    gathering = make_table(asks_text=True)
    session, leading = gathering.sessions.get(), lead(gathering)
    assert "De anderen brachten nog niets in." in panel(leading, session)
    case = make_case(gathering)
    assert reverse("case_openings", args=(case.public_id,)) in panel(leading, session)
    report_traceable(case=case, by=leading)
    assert "verborgen" in panel(leading, session)
    assert "verborgen" in panel(case.presenter, session)
    session.closed_at = clock.now()
    assert "Deze bijeenkomst is voorbij" in panel(leading, session)


def test_panel_for_nobody_else_and_nothing_without_rules():
    case = make_case()
    assert panel(make_with_role(Role.OFFICE), case.session).strip() == ""
    assert panel_for(AnonymousUser(), case.session) is None
    CaseRules.objects.all().delete()
    assert panel(case.presenter, case.session).strip() == ""


def test_panel_asks_as_much_for_one_as_for_three(django_assert_num_queries):
    case = make_case()
    member, session = seat(case.session.gathering), case.session
    with django_assert_num_queries(PANEL_QUERIES):
        assert len(panel_for(User.objects.get(pk=member.pk), session).lines) == 1
    make_case(session.gathering)
    make_case(session.gathering)
    with django_assert_num_queries(PANEL_QUERIES):
        assert len(panel_for(User.objects.get(pk=member.pk), session).lines) == 3


PANEL_QUERIES = 8


def test_headings_of_the_reading_page_are_unique():
    case = make_case()
    shown = text_of(page(seat(case.session.gathering), "case", case.public_id))
    headings = re.findall(r"<h[1-3][^>]*>(.*?)</h[1-3]>", shown, re.DOTALL)
    assert len(headings) == len(set(headings))


def test_destroyed_while_somebody_reads_the_list_of_openings():
    case = make_case()
    vault.destroy(case.public_id)
    assert "vernietigd" in text_of(page(case.presenter, "case", case.public_id))
    destroy_now(case=case, by=case.presenter)
    assert page(case.presenter, "case_again", case.public_id, data={}).status_code == 302
