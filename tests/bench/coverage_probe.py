"""Fills and measures the database of :mod:`tests.bench.coverage`; prints one JSON object."""

from __future__ import annotations

import json
import statistics
import sys
import time
from datetime import date, timedelta
from typing import Any

import django

from tests.bench.hr_probe import NUMBERS, _copy, _make_database

MUNICIPALITIES, REGIONS, TEAMS, OFFERINGS, PEOPLE_A_GROUP = 342, 25, 1500, 300, 20
KINDS = ("run", "run", "run", "visit", "leertafel")
ROUNDS = 7


def fill(seats: int, people: int) -> dict[str, Any]:
    """Every seat was used: eleven in twelve were there, and who follows an e-learning passed its test."""
    from django.core.management import call_command  # noqa: PLC0415 -- Django is set up only now

    _make_database()
    call_command("migrate", verbosity=0)
    from django.db import transaction  # noqa: PLC0415 -- idem

    from academy.people.models import User  # noqa: PLC0415 -- idem

    with transaction.atomic():
        if not User.objects.exists():
            teams = _teams()
            _people(people, teams)
            _gatherings(seats // PEOPLE_A_GROUP)
            _seats(seats, people)
    _keep_up()
    return {"seats": seats}


def _keep_up() -> None:
    """What the database does by itself in quiet hours."""
    from django.db import connection  # noqa: PLC0415 -- idem

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _teams() -> list[int]:
    from django.utils.text import slugify  # noqa: PLC0415 -- idem

    from academy.people.models import Municipality, Organisation, Region, Team  # noqa: PLC0415 -- idem

    Municipality.objects.filter(successor__isnull=False).delete()
    Municipality.objects.all().delete()
    Region.objects.all().delete()
    regions = [Region.objects.create(name=f"Regio {n:02}", slug=f"regio-{n}") for n in range(REGIONS)]
    places = Municipality.objects.bulk_create(
        Municipality(code=f"GM{n:04}", name=f"Gemeente {n}", slug=slugify(f"Gemeente {n}"), region=regions[n % REGIONS])
        for n in range(MUNICIPALITIES)
    )
    employer = Organisation.objects.create(name="Wijkteams", kind="local_team_provider")
    teams = Team.objects.bulk_create(Team(organisation=employer, name=f"Team {n}", kind="local") for n in range(TEAMS))
    # A few municipalities have no team, and every tenth team works for two.
    with_team = places[: MUNICIPALITIES - 12]
    works_for = Team.municipalities.through
    works_for.objects.bulk_create(
        works_for(team=team, municipality=with_team[(n + extra) % len(with_team)])
        for n, team in enumerate(teams)
        for extra in range(2 if n % 10 == 0 else 1)
    )
    return [team.pk for team in teams]


def _people(number: int, teams: list[int]) -> None:
    from django.utils import timezone  # noqa: PLC0415 -- idem

    from academy.people.domain.roles import assign_role  # noqa: PLC0415 -- idem
    from academy.people.models import Membership, Team, User  # noqa: PLC0415 -- idem

    employer = Team.objects.get(pk=teams[0]).organisation
    users = User.objects.bulk_create(
        (User(email=f"p{n}@voorbeeld.example", full_name=f"Persoon {n}", password="!") for n in range(number)),
        batch_size=5000,
    )
    Membership.objects.bulk_create(
        (
            Membership(
                person=user,
                organisation=employer,
                team_id=teams[n % TEAMS],
                starts_on=date(2020, 1, 1),
                approved_at=timezone.now(),
            )
            for n, user in enumerate(users)
        ),
        batch_size=5000,
    )
    keeper = User.objects.create_user("els@voorbeeld.example", full_name="Els")
    assign_role(person=keeper, role="pm", by=None)


def _gatherings(number: int) -> None:
    """Three in five are runs, half of them of the set; one in sixteen runs is an e-learning without sessions."""
    from wagtail.models import Page  # noqa: PLC0415 -- idem

    from academy.common import clock  # noqa: PLC0415 -- idem
    from academy.gatherings.models import Gathering, Offering, Session  # noqa: PLC0415 -- idem
    from academy.partners.models import CountedOffering  # noqa: PLC0415 -- idem

    root = Page.objects.get(depth=1)
    offerings = [
        root.add_child(instance=Offering(title=f"Aanbod {n}", slug=f"aanbod-{n}", kind="course"))
        for n in range(OFFERINGS)
    ]
    CountedOffering.objects.bulk_create(CountedOffering(offering=one, counts_as="set") for one in offerings[::2])
    now = clock.now()
    rows = []
    for n in range(number):
        start = now - timedelta(days=1 + n % 1800)
        kind = KINDS[n % len(KINDS)]
        dates = {} if kind == "run" and n % 16 == 0 else {"starts_at": start, "ends_at": start + timedelta(hours=3)}
        rows.append(Gathering(kind=kind, title=f"Groep {n}", offering=offerings[n % OFFERINGS], state="open", **dates))
    made = Gathering.objects.bulk_create(rows, batch_size=5000)
    Session.objects.bulk_create(
        (Session(gathering=one, starts_at=one.starts_at, ends_at=one.ends_at) for one in made if one.starts_at),
        batch_size=5000,
    )


def _seats(number: int, people: int) -> None:
    """Made by the database from one row each. Person and group wander through each other by two different steps."""
    from django.db import connection  # noqa: PLC0415 -- idem

    from academy.common import clock  # noqa: PLC0415 -- idem
    from academy.gatherings.models import Attendance, Gathering, Seat, Session  # noqa: PLC0415 -- idem
    from academy.people.models import User  # noqa: PLC0415 -- idem
    from courses.learning.models import Attempt  # noqa: PLC0415 -- idem

    now = clock.now()
    groups = Gathering.objects.count()
    group, first = Gathering.objects.order_by("pk")[0].pk, User.objects.order_by("pk")[0].pk
    seat = Seat.objects.create(
        public_id=f"s{NUMBERS}",
        gathering_id=group,
        person_id=first,
        state="confirmed",
        queue_key=0,
        requested_at=now,
        changed_at=now,
        confirmed_at=now,
    )
    whom, where = f"i / {groups} * 17 + i %% {groups} * 7919", f"i %% {groups}"
    _copy(
        seat,
        number,
        id=f"{seat.pk} + i",
        public_id=f"'s' || ({NUMBERS} + i)",
        gathering_id=f"{group} + {where}",
        person_id=f"{first} + ({whom}) %% {people}",
        queue_key="i",
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Attendance._meta.db_table} (session_id, person_id, status, minutes, version, recorded_at) "
            f"SELECT MIN(session.id), seat.person_id, CASE WHEN MIN(seat.id) %% 12 = 0 THEN 'absent' ELSE 'present' END, "
            f"CASE WHEN MIN(seat.id) %% 12 = 0 THEN 0 ELSE 180 END, 1, %s FROM {Seat._meta.db_table} AS seat "
            f"JOIN {Session._meta.db_table} AS session ON session.gathering_id = seat.gathering_id "
            "GROUP BY seat.gathering_id, seat.person_id",
            [now],
        )
        cursor.execute(
            f"INSERT INTO {Attempt._meta.db_table} "
            '(seat_id, number, submitted_at, "right", asked, passed, answers, outcome) '
            f"SELECT seat.id, 1, %s, 8, 10, %s, '{{}}', '{{}}' FROM {Seat._meta.db_table} AS seat "
            f"JOIN {Gathering._meta.db_table} AS gathering ON gathering.id = seat.gathering_id "
            "WHERE gathering.starts_at IS NULL",
            [now, True],
        )


def measure() -> dict[str, float]:
    """The first screen of ``/partners/``, whole, as the partnership manager gets it."""
    from django.conf import settings  # noqa: PLC0415 -- idem
    from django.db import connection  # noqa: PLC0415 -- idem
    from django.test import Client  # noqa: PLC0415 -- idem
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- idem

    from academy.people.models import User  # noqa: PLC0415 -- idem

    client = Client()
    client.force_login(User.objects.get(email="els@voorbeeld.example"))
    settings.ACADEMY_MFA_REQUIRED = False
    seconds = []
    for _round in range(ROUNDS):
        started = time.perf_counter()
        answer = client.get("/partners/")
        seconds.append(time.perf_counter() - started)
        assert answer.status_code == 200, answer
    with CaptureQueriesContext(connection) as queries:
        client.get("/partners/")
    return {"seconds": statistics.median(seconds), "queries": len(queries)}


if __name__ == "__main__":
    django.setup()
    command, *numbers = sys.argv[1:]
    print(json.dumps({"fill": fill, "measure": measure}[command](*map(int, numbers))))
