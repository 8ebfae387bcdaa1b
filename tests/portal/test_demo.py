import socket
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from academy.common import clock
from academy.outbox.domain import health
from academy.outbox.enums import JobState
from academy.outbox.models import Job
from academy.people import rules
from academy.people.domain.audit import record
from academy.people.enums import Role
from academy.people.models import Membership, RoleAssignment, User
from academy.portal import demo
from academy.portal.demo.people import ACCOUNTS
from academy.portal.management.commands import demo as command
from academy.settings import base
from tests.factories import make_person

# The accounts of the contract, with the roles that carry them.
CONTRACT = {
    "noor": set(),
    "proces": set(),
    "samir": set(),
    "marjan": {Role.TRAINER, Role.FACILITATOR},
    "ontvanger": {Role.HOST},
    "rosa": {Role.EXPERT},
    "leiding": {Role.TEAM_MANAGER},
    "pieter": {Role.TEAM_MANAGER, Role.COORDINATOR},
    "bureau": {Role.OFFICE},
    "yasmin": {Role.HR},
    "els": {Role.PARTNERSHIP},
    "gemeente": {Role.MUNICIPALITY},
    "redactie": {Role.EDITOR},
    "privacy": {Role.PRIVACY},
    "beheer": {Role.ADMIN},
}


def who(name):
    return User.objects.get(email=f"{name}@voorbeeld.example")


def test_the_demo_holds_the_accounts_of_the_contract(loaded_demo, settings):
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    assert list(ACCOUNTS) == list(CONTRACT)
    for name, roles in CONTRACT.items():
        assert {held.role for held in rules.role_assignments(who(name))} == roles, name
        assert who(name).emailaddress_set.get().verified
    assert who("noor").check_password("blijf-groeien-demo")
    assert rules.is_manager_of(who("leiding"), who("noor"))
    assert rules.coordinates(who("pieter"), who("pieter").memberships.get().organisation)
    assert rules.is_internal(who("proces"))
    assert not rules.is_internal(who("samir"))
    assert (clock.today() - who("samir").memberships.get().starts_on).days == 42
    crowd = [who(f"deelnemer{number:03}") for number in (1, 120, 240)]
    assert all(rules.is_approved(person) and not rules.is_internal(person) for person in crowd)
    assert User.objects.count() == 259


def test_a_fresh_demo_is_not_behind(loaded_demo):
    outbox = next(part for part in health.parts() if part.name == "outbox")
    assert Job.objects.filter(state=JobState.WAITING).exists()
    assert outbox.good, outbox.detail


@pytest.mark.soak
@pytest.mark.django_db
def test_the_same_seed_gives_the_same_demo():
    def facts():
        rows = Membership.objects.order_by("person__email").values_list(
            "person__email", "person__full_name", "organisation__name", "team__name", "starts_on"
        )
        return list(rows), RoleAssignment.objects.count()

    loaded = []
    for seed in (3, 3, 4):
        from django.db import transaction  # noqa: PLC0415 -- used for its rollback only

        with transaction.atomic():
            demo.load(seed=seed)
            loaded.append(facts())
            transaction.set_rollback(True)
    assert loaded[0] == loaded[1] != loaded[2]


@pytest.mark.django_db
def test_a_database_with_people_is_refused():
    make_person()
    with pytest.raises(CommandError, match="niets veranderd"):
        call_command("load_demo")
    assert User.objects.count() == 1
    assert demo.holds_other_data()


@pytest.mark.django_db
def test_production_gets_no_known_password(monkeypatch):
    monkeypatch.setenv("ACADEMY_ENV", "production")
    for name in ("load_demo", "demo"):
        with pytest.raises(CommandError, match="ACADEMY_ENV=demo"):
            call_command(name)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_it_knows_how_old_it_is():
    assert demo.days_old() is None
    record(action="demo.load", by=None)
    assert demo.days_old() == 0
    with clock.frozen(clock.now() + timedelta(days=3)):
        assert demo.days_old() == 3
    assert not demo.holds_other_data()
    assert "van vandaag" in command.age(0)
    assert "1 dag oud" in command.age(1)
    assert "3 dagen oud" in command.age(3)


def test_a_taken_port_is_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Poort {port} is niet vrij"):
            command.check_port(port)
    for wrong in (0, 70000, -1):
        with pytest.raises(CommandError, match="getal van 1"):
            command.check_port(wrong)


def test_the_welcome_names_address_and_accounts():
    text = command.welcome(9000)
    assert "http://127.0.0.1:9000" in text
    assert all(f"  {name} " in text for name in CONTRACT)


WIPE = """
from django.core.management import CommandError
from django.db import connection
from academy.people.models import AuditEntry, User
from academy.portal.management.commands.demo import clear
AuditEntry.objects.filter(action="demo.load").update(action="other.load")
try:
    clear()
except CommandError as refusal:
    print(refusal)
print(User.objects.count())
AuditEntry.objects.filter(action="other.load").update(action="demo.load")
clear()
print(connection.introspection.table_names())
"""


def test_fresh_takes_away_the_demo_and_nothing_else(demo_sandbox):
    """What then begins anew is an empty database, as at the very first start."""
    refusal, people, tables = demo_sandbox.python(WIPE).splitlines()
    assert "er is niets gewist" in refusal
    assert int(people) > len(CONTRACT) + 240
    assert tables == "[]"


@pytest.mark.soak
def test_fresh_loads_the_same_people_again(demo_sandbox):
    count = "from academy.people.models import User; print(User.objects.count())"
    people = demo_sandbox.python(count)
    demo_sandbox.python("from academy.portal.management.commands.demo import clear; clear()")
    demo_sandbox.manage("migrate", "-v0")
    assert f"{people} mensen" in demo_sandbox.manage("load_demo", timeout=300).stdout
    assert demo_sandbox.python(count) == people
