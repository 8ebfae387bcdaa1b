"""One's own data: taken along, forgotten, and kept no longer than promised."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.files.storage import default_storage
from django.urls import reverse

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain.leads import assign_lead
from academy.gatherings.domain.seats import take_seat
from academy.gatherings.enums import LeadRole, SeatState
from academy.gatherings.models import Attendance, Gathering, Seat, Session
from academy.outbox.domain.running import run_due
from academy.outbox.enums import MessageState
from academy.outbox.models import Message
from academy.pages.models import HomePage
from academy.people.domain.audit import record
from academy.people.enums import Role
from academy.people.models import AuditEntry, Membership, PersonalInvitation, RoleAssignment, User
from academy.portal import privacy
from academy.portal.domain import retaining
from academy.portal.domain.belonging import tables
from academy.portal.domain.erasing import erase_person, fates_of
from academy.portal.domain.exporting import UNSAID, export_person
from certificates.credits.models import Subject
from certificates.domain.files import store_rendered_file
from certificates.domain.verification import check, verify_ledger
from certificates.models import Certificate
from tests.certificates.factories import make_certificate
from tests.credits.factories import registered
from tests.factories import PASSWORD, log_in, make_membership, make_organisation, make_person, make_with_role
from tests.gatherings.factories import make_gathering
from tests.portal.filling import Filler, drop_checks, restore_checks, somebody

pytestmark = pytest.mark.django_db


def files_of(content):
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: archive.read(name) for name in archive.namelist()}


def exported(table):
    names = table.names(export="yes")
    return names if privacy.is_own(table.model) else [name for name in names if name not in UNSAID]


@pytest.fixture
def filled():
    """A person with one row in every table that belongs to her, and her twin with the same."""
    drop_checks()
    rows = {}
    for person in (somebody(), make_person(full_name="Tweeling")):
        gathering = make_gathering()
        known = {User: person, Gathering: gathering, Session: gathering.sessions.get()}
        known |= {EmailAddress: person.emailaddress_set.get()}
        known |= {apps.get_model("wagtailcore.Page"): HomePage.objects.first().page_ptr}
        filler = Filler(known)
        for table in reversed(tables()):
            if exported(table) and table.model is not User:
                if table.model not in filler.known:
                    filler.row(table.model)
                rows[person, table.label] = filler.known[table.model]
    yield rows
    restore_checks()


def test_every_table_of_the_registry_says_whose_its_rows_are():
    wanted = {line.model for line in privacy.read() if line.export == "yes"}
    assert wanted - {table.label for table in tables()} == set()


def test_every_table_with_a_term_says_when_it_begins():
    """Whoever brings a table with a term names in ``privacy.toml`` from when it runs, or hangs it on one that does."""
    terms = privacy.words()["term"]
    wanted = {
        line.model for line in privacy.read() if line.retention in terms and privacy.is_own(apps.get_model(line.model))
    }
    silent = {label for label in wanted if not retaining.since_of(apps.get_model(label))}
    assert silent == {"people.User"}  # its groups follow from the roles, which end


def test_a_canary_in_every_exportable_field_comes_along(filled):
    person, twin = (User.objects.get(full_name=name) for name in ("Kanarie de Zanger", "Tweeling"))
    files = files_of(export_person(person=person, by=person))
    told, page = json.loads(files["gegevens.json"]), files["gegevens.html"].decode()
    for table in tables():
        for name in exported(table):
            row = person if table.model is User else filled[person, table.label]
            field, value = table.model._meta.get_field(name), getattr(row, name)
            found = [one[name] for one in told[table.label]["rows"]]
            if field.get_internal_type() in {"CharField", "TextField", "EmailField", "SlugField"} and not field.choices:
                assert value in found, (table.label, name)
                assert not value or value in page, (table.label, name)
            elif field.get_internal_type() == "JSONField":
                assert value in found, (table.label, name)
            else:
                assert any(one not in (None, "") for one in found) or not value or field.many_to_many, (
                    table.label,
                    name,
                )
    of_twin = [value for (who, _label), row in filled.items() if who == twin for value in vars(row).values()]
    birds = {value for value in of_twin if isinstance(value, str) and "kanarie" in value}
    assert birds
    assert not [bird for bird in birds if bird in page or bird in files["gegevens.json"].decode()]


def test_only_oneself_takes_them_along():
    person = make_person()
    with pytest.raises(NotAllowedError):
        export_person(person=person, by=make_with_role(Role.PRIVACY))
    export_person(person=person, by=person)
    assert AuditEntry.objects.get(action="person.export").subject == person


def test_certificates_come_along_as_they_were_kept():
    paper = make_certificate()
    assert len(files_of(export_person(person=paper.person, by=paper.person))) == 2
    store_rendered_file(certificate=paper, content=b"%PDF-1.4 papier")
    assert files_of(export_person(person=paper.person, by=paper.person))[f"certificaten/{paper.code}.pdf"] == (
        b"%PDF-1.4 papier"
    )
    default_storage.delete(paper.file.storage_name)
    assert f"certificaten/{paper.code}.pdf" not in files_of(export_person(person=paper.person, by=paper.person))


@pytest.fixture
def participant(client):
    """An external with a bit of everything."""
    person = somebody()
    make_membership(person, approved_at=clock.now())
    registered(person, number="120987654")
    paper = make_certificate(person)
    store_rendered_file(certificate=paper, content=b"%PDF-1.4 Kanarie de Zanger")
    take_seat(person=person, gathering=make_gathering(), by=person)
    record(action="person.open", by=make_person(), subject=person)
    PersonalInvitation.objects.create(
        email=person.email,
        organisation=make_organisation(),
        digest="x",
        invited_at=clock.now(),
        expires_at=clock.now() + timedelta(days=1),
    )
    log_in(client, person)
    return person


def everything():
    """Every value of every own table and every file, as text."""
    rows = [
        str(list(model._base_manager.values()))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]
    return "\n".join(rows)


def test_erasing_leaves_no_name_and_a_whole_ledger(participant, django_capture_on_commit_callbacks):
    public_id, paper = participant.public_id, Certificate.objects.get()
    name = paper.file.storage_name
    secrets = (participant.email, "Kanarie", "06 1234 5678", str(participant.registrations.get().number))
    assert all(secret in everything() for secret in secrets)
    with django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            erase_person(person=participant, by=participant)
    run_due()
    left = everything()
    assert [secret for secret in secrets if secret in left] == []
    assert not default_storage.exists(name)
    assert verify_ledger().bad is None
    assert check(paper.code).holder == "houder verwijderd"
    assert check(paper.code).status == "valid"
    assert Subject.objects.get().person is None
    assert Seat.objects.get().state == SeatState.CANCELLED
    gone = User.objects.get(public_id=public_id)
    assert (gone.is_active, gone.has_usable_password(), gone.shown_name) == (False, False, "Verwijderd account")
    entry = AuditEntry.objects.get(action="person.erase")
    assert (entry.actor, entry.subject, entry.data) == (None, None, {})
    assert not Membership.objects.exists()


def test_erasing_is_only_for_oneself_and_refused_whole(participant):
    with pytest.raises(NotAllowedError):
        erase_person(person=participant, by=make_with_role(Role.ADMIN))
    gathering = make_gathering(starts_in=timedelta(days=50))
    assign_lead(gathering=gathering, person=participant, role=LeadRole.GIVES, by=None)
    with pytest.raises(DomainError) as refused:
        erase_person(person=participant, by=participant)
    assert gathering.title in refused.value.message
    participant.refresh_from_db()
    assert (participant.is_active, participant.full_name) == (True, "Kanarie de Zanger")
    assert Membership.objects.exists()
    assign_lead(gathering=gathering, person=make_person(), role=LeadRole.GIVES, by=None)
    erase_person(person=participant, by=participant)
    RoleAssignment.objects.filter(role=Role.ADMIN).delete()
    only = make_with_role(Role.ADMIN)
    with pytest.raises(DomainError):
        erase_person(person=only, by=only)


def test_what_goes_and_what_stays_is_said_before(participant):
    fates = fates_of(participant)
    gone, kept = {fate.what for fate in fates.gone}, {fate.what: fate for fate in fates.kept}
    assert {"je account: naam, adressen, telefoonnummer", "plekken in organisaties", "perioden"} <= gone
    assert "30 jaar" in kept["certificaten"].retention
    assert kept["certificaten"].ground
    assert "plekken" in {fate.what for fate in fates.nameless}


def test_the_pages(participant, client):
    address = reverse("erase_account")
    page = client.get(address).content.decode()
    assert "30 jaar" in page
    wrong = client.post(address, {"address": "iemand@elders.nl"})
    assert "address" in wrong.context["form"].errors
    assign_lead(
        gathering=(led := make_gathering(starts_in=timedelta(days=50))),
        person=participant,
        role=LeadRole.GIVES,
        by=None,
    )
    refused = client.post(address, {"address": participant.email})
    assert led.title in str(refused.context["form"].non_field_errors())
    led.leads.all().delete()
    assert client.get(reverse("take_along")).status_code == 200
    answer = client.post(reverse("take_along"))
    assert answer["Content-Type"] == "application/zip"
    assert answer["Cache-Control"].count("no-store")
    assert "gegevens.json" in files_of(answer.content)
    done = client.post(address, {"address": participant.email.upper()})
    assert (done.status_code, done.url) == (302, "/")
    assert client.get(address).status_code == 302
    assert not client.login(login=participant.email, password=PASSWORD)


def test_an_old_log_in_is_asked_again(client):
    person = make_person()
    client.force_login(person)
    for name in ("take_along", "erase_account"):
        assert "/account/reauthenticate/" in client.post(reverse(name), {"address": person.email}).url
    person.refresh_from_db()
    assert person.is_active


def due():
    return {(model._meta.label, code): rows.count() for model, code, rows in retaining.overdue()}


def test_nothing_stays_past_its_term_and_nothing_goes_before(filled):
    """Every table with a term holds a row; the day before its term it stays, in the end nothing overdue is left."""
    labels = {label for _person, label in filled}
    terms = privacy.words()["term"]
    assert {line.model for line in privacy.read() if line.retention in terms and line.export == "yes"} <= labels | {
        "people.User"
    }
    Gathering.objects.update(closed_by=make_person())
    assert set(due().values()) == {0}
    assert retaining.keep_terms() == 0
    assert retaining.keep_terms() == 0  # once a day
    with clock.frozen(clock.now() + timedelta(days=30 * 366)):
        overdue = due()
        assert {label for (label, _code), number in overdue.items() if number} >= labels & {
            label for label, _code in overdue
        } - {"gatherings.Lead"}
        assert overdue["gatherings.Gathering", "participation"] == 2
        assert retaining.keep_terms() > 0
        assert set(due().values()) == {0}
        assert not Gathering.objects.exclude(closed_by=None).exists()
    assert Gathering.objects.count() == 2
    assert not Attendance.objects.exists()
    assert not Seat.objects.exists()


def test_an_unused_account_is_warned_then_forgotten(at):
    with at("2023-01-10 10:00"):
        gone, back, colleague, holder = (make_person(joined_at=clock.now()) for _one in range(4))
        make_membership(colleague, organisation=make_organisation(is_own=True))
    with at("2024-12-01 10:00"):
        assert retaining.warn_inactive() == 0
    with at("2025-01-10 10:00"):
        make_gathering_for(holder)
        assert retaining.warn_inactive() == 2
        assert retaining.warn_inactive() == 0
    warned = Message.objects.filter(trigger=retaining.INACTIVE)
    assert set(warned.values_list("person", flat=True)) == {gone.pk, back.pk}
    with at("2025-03-01 10:00"):
        User.objects.filter(pk=back.pk).update(last_login=clock.now())
    with at("2025-07-09 10:00"):
        assert retaining.erase_unused() == 0
    with at("2025-07-10 12:00"):
        assert retaining.erase_unused() == 1
        assert retaining.erase_unused() == 0
    assert list(User.objects.filter(erased_at__isnull=False)) == [gone]
    with at("2027-03-01 10:00"):
        assert retaining.warn_inactive() >= 1
        assert Message.objects.filter(person=back).count() == 2


def make_gathering_for(person):
    take_seat(person=person, gathering=make_gathering(), by=person)


def test_nobody_is_forgotten_without_a_warning_in_time(at):
    with at("2023-01-10 10:00"):
        make_person(joined_at=clock.now())
    with at("2026-01-10 10:00"):
        assert retaining.erase_unused() == 0
        assert retaining.warn_inactive() == 1
        assert retaining.erase_unused() == 0
    with at("2026-04-12 10:00"):
        assert retaining.erase_unused() == 1


def test_who_left_is_forgotten_after_two_years_unless_something_is_left_to_do(at, caplog, monkeypatch):
    with at("2024-01-10 10:00"):
        left = [make_person(is_active=False, left_at=clock.now()) for _one in range(2)]
    with at("2026-01-09 10:00"):
        assert retaining.erase_unused() == 0
    real = retaining.erase_person

    def refuse_one(*, person, by):
        if person == left[0]:
            raise DomainError("still_leads", "Wijs eerst een ander aan.")
        return real(person=person, by=by)

    monkeypatch.setattr(retaining, "erase_person", refuse_one)
    with at("2026-01-10 10:00"):
        assert retaining.erase_unused() == 1
    assert "still_leads" in caplog.text
    assert list(User.objects.filter(erased_at__isnull=False)) == [left[1]]


def test_addresses_of_strangers_go_after_a_month(at):
    with at("2026-01-10 10:00"):
        for state in (MessageState.SENT, MessageState.WAITING):
            Message.objects.create(trigger="people.invited", subject_key=state, address="x@y.example", state=state)
    with at("2026-02-08 10:00"):
        assert retaining.forget_addresses() == 0
    with at("2026-02-10 10:00"):
        assert retaining.forget_addresses() == 1
    assert Message.objects.get().state == MessageState.WAITING
