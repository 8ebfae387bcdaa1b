"""Fills and measures the database of :mod:`tests.bench.hr`; prints one JSON object."""

from __future__ import annotations

import json
import re
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
OFFERINGS, AT_ONCE = 200, 5000
NUMBERS = 10**14  # fifteen digits, however far one counts
TITLE = "Intieme terreur en veiligheid"


def fill(rows: int, people: int) -> dict[str, Any]:
    from django.core.management import call_command  # noqa: PLC0415 -- Django is set up only now

    _make_database()
    call_command("migrate", verbosity=0)
    from django.db import transaction  # noqa: PLC0415 -- idem

    from academy.people.models import User  # noqa: PLC0415 -- idem

    with transaction.atomic():
        if not User.objects.exists():
            _people(people)
            _achievements(rows, people)
    return {"rows": rows}


def _make_database() -> None:
    """PostgreSQL has the database of the address only after somebody made it."""
    from django.db import connection  # noqa: PLC0415 -- idem

    if connection.vendor != "postgresql":
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [connection.settings_dict["NAME"]])
        if cursor.fetchone() is None:
            cursor.execute(f'CREATE DATABASE "{connection.settings_dict["NAME"]}"')


def _people(number: int) -> None:
    from academy.people.models import Membership, Organisation, Team, User  # noqa: PLC0415 -- idem
    from certificates.credits.models import Subject  # noqa: PLC0415 -- idem

    own = Organisation.objects.create(name="Eigen huis", kind="shelter", is_own=True)
    teams = [Team.objects.create(organisation=own, name=f"Team {part}", kind="internal") for part in range(50)]
    users = User.objects.bulk_create(
        (User(email=f"p{part}@voorbeeld.example", full_name=f"Persoon {part}", password="!") for part in range(number)),
        batch_size=AT_ONCE,
    )
    Membership.objects.bulk_create(
        (
            Membership(person=user, organisation=own, team=teams[part % 50], starts_on=date(2020, 1, 1))
            for part, user in enumerate(users)
        ),
        batch_size=AT_ONCE,
    )
    Subject.objects.bulk_create(
        (Subject(pseudonym=f"{NUMBERS + part}", person=user) for part, user in enumerate(users)), batch_size=AT_ONCE
    )


def _achievements(rows: int, people: int) -> None:
    """A seat, a record and an entry for each row: one by the models, the others copied from it by the database."""
    from wagtail.models import Page  # noqa: PLC0415 -- idem

    from academy.common import clock  # noqa: PLC0415 -- idem
    from academy.gatherings.models import Gathering, Offering, Seat  # noqa: PLC0415 -- idem
    from academy.people.models import User  # noqa: PLC0415 -- idem
    from certificates.credits.models import AchievementRecord, Chamber, CreditEntry  # noqa: PLC0415 -- idem

    root, now = Page.objects.get(depth=1), clock.now()
    pillars = ("knowledge", "skills", "vitality")
    gatherings = [
        Gathering.objects.create(
            kind="run",
            title=TITLE,
            offering=root.add_child(
                instance=Offering(title=f"Aanbod {part}", slug=f"aanbod-{part}", pillar=pillars[part % 3])
            ),
        ).pk
        for part in range(OFFERINGS)
    ]
    first = User.objects.order_by("pk").values_list("pk", flat=True)[0]
    subject = f"{NUMBERS}"
    seat = Seat.objects.create(
        public_id=f"s{NUMBERS}",
        gathering_id=gatherings[0],
        person_id=first,
        state="cancelled",
        end_reason="cancelled",
        queue_key=0,
        requested_at=now,
        changed_at=now,
    )
    facts = {"recorded_at": now, "subject_id": subject, "form": "training", "completed_on": FIRST, "minutes": 90}
    record = AchievementRecord.objects.create(
        seq=1,
        source_key=f"seat:{seat.public_id}",
        payload_json=json.dumps({"title": TITLE, "provider": "Blijf Groeien Academie", "filler": "x" * 600}),
        **facts,
    )
    entry = CreditEntry.objects.create(
        seq=rows + 1,
        public_id=f"e{NUMBERS}",
        record=record,
        chamber=Chamber.objects.with_code("SKJ:JGP").get(),
        rule_set="SKJ-JGP-2018",
        requirement="FORMAL",
        title=TITLE,
        points_expected="1.50",
        **facts,
    )
    whom, day = f"CAST({NUMBERS} + i %% {people} AS TEXT)", _day()
    gathering = f"{gatherings[0]} + i %% {OFFERINGS}"
    _copy(
        seat,
        rows,
        id=f"{seat.pk} + i",
        public_id=f"'s' || ({NUMBERS} + i)",
        gathering_id=gathering,
        person_id=f"{first} + i %% {people}",
        queue_key="i",
    )
    key = f"'seat:s' || ({NUMBERS} + i)"
    _copy(record, rows, seq="1 + i", source_key=key, subject_id=whom, completed_on=day)
    own = f"'e' || ({NUMBERS} + i)"
    _copy(entry, rows, seq=f"{rows} + 1 + i", public_id=own, record_id="1 + i", subject_id=whom, completed_on=day)
    _analyse()


def _day() -> str:
    """The days of the year in turn, in the words of this database."""
    from django.db import connection  # noqa: PLC0415 -- idem

    if connection.vendor == "postgresql":
        return f"DATE '{FIRST}' + i %% 364"
    return f"date('{FIRST}', '+' || (i %% 364) || ' days')"


def _copy(row: Any, rows: int, **changed: str) -> None:
    """The rows 1 to ``rows`` - 1, like ``row`` but for what ``changed`` says in SQL, with ``i`` for the number."""
    from django.db import connection  # noqa: PLC0415 -- idem

    table = row._meta.db_table
    columns = [field.column for field in row._meta.concrete_fields if field.column in changed or field.column != "id"]
    values = ", ".join(changed.get(column, column) for column in columns)
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows - 1})"
    key = row._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) {numbers} "
            f"SELECT {values} FROM n, (SELECT * FROM {table} WHERE {key} = %s) AS one",
            [row.pk],
        )


def _analyse() -> None:
    from django.db import connection  # noqa: PLC0415 -- idem

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure(xlsx_rows: int) -> dict[str, float]:
    from django.db import connection  # noqa: PLC0415 -- idem

    from academy.people.models import User  # noqa: PLC0415 -- idem
    from academy.portal import reports  # noqa: PLC0415 -- idem
    from academy.portal.hr_views import ROWS_HEADING, row_cells  # noqa: PLC0415 -- idem

    people, wanted = User.objects.get_queryset().internal(), reports.Wanted(first=FIRST, last=LAST)
    scope = reports.people_of(people, wanted)
    rows = reports.hour_rows(scope, wanted)
    list(row_cells(rows[:10]))  # what a process that has answered once holds
    idle = _peak()
    found = {
        "xlsx_memory": _memory(lambda: _write_xlsx(ROWS_HEADING, row_cells(rows[:xlsx_rows])), idle),
        "csv_seconds": _seconds(lambda: _write_csv(ROWS_HEADING, row_cells(rows))),
        "csv_memory": _peak() - idle,
    }
    sql, parameters = rows.values_list(
        "subject__person__public_id",
        "subject__person__full_name",
        "title",
        "form",
        "column",
        "completed_on",
        "minutes",
        "expected",
        "granted",
    ).query.sql_with_params()
    found["copy_seconds"] = _seconds(lambda: _read(connection, sql, parameters))
    found["totals_seconds"] = _seconds(lambda: reports.per_person(scope, wanted))
    found["aggregate_seconds"] = _seconds(lambda: _aggregate(connection))
    return found


def _write_csv(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> int:
    from academy.common.spreadsheets import write_csv  # noqa: PLC0415 -- idem

    return sum(map(len, write_csv(heading, rows)))


def _write_xlsx(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    import tempfile  # noqa: PLC0415 -- idem

    from academy.common.spreadsheets import write_xlsx  # noqa: PLC0415 -- idem

    with tempfile.TemporaryFile() as file:
        write_xlsx(file, heading, rows)


def _read(connection: Any, sql: str, parameters: Any) -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.connection.cursor() as raw, raw.copy(f"COPY ({sql}) TO STDOUT WITH CSV", parameters) as copy:
                return sum(len(part) for part in copy)
        return sum(1 for _row in cursor.execute(sql, parameters))


def _aggregate(connection: Any) -> int:
    with connection.cursor() as cursor:
        number = 0
        for table, column in (("credits_achievementrecord", "minutes"), ("credits_creditentry", "points_expected")):
            cursor.execute(
                f"SELECT person_id, SUM({column}), COUNT(*) FROM {table} "
                "JOIN credits_subject ON pseudonym = subject_id WHERE completed_on BETWEEN %s AND %s GROUP BY person_id",
                [FIRST, LAST],
            )
            number += len(cursor.fetchall())
    return number


def _seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _memory(work: Callable[[], Any], idle: float) -> float:
    work()
    return _peak() - idle


def _peak() -> float:
    """The most megabytes this process held; ``getrusage`` begins with what its parent held, which may hide everything."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024


if __name__ == "__main__":
    django.setup()
    command, *numbers = sys.argv[1:]
    print(json.dumps({"fill": fill, "measure": measure}[command](*map(int, numbers))))
