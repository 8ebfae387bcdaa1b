"""Counts the queries of ``/mijn/`` for somebody with one and somebody with a hundred of everything (see ``mine``)."""

from __future__ import annotations

import json
from datetime import date, timedelta

FIRST = date(2025, 3, 2)
# What every page asks for the log-in (session, account, roles) and the site (address, closed pages, menu, settings).
AROUND = ("django_session", "people_user", "people_roleassignment", "wagtailcore_", "pages_sitesettings")


def main() -> None:
    import django  # noqa: PLC0415 -- the place of the database is read at set-up

    django.setup()
    from django.conf import settings  # noqa: PLC0415 -- idem
    from django.core.management import call_command  # noqa: PLC0415 -- idem

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    print(json.dumps({"one": queries(1), "hundred": queries(100)}))


def fill(rows: int):
    """Somebody in two registers with so many dates to come, e-learnings to finish and certificates.

    She works somewhere and follows a leerroute of all that, has a leertafel to sign for and a Kijkje to prepare.
    """
    from academy.common import clock  # noqa: PLC0415 -- after set-up
    from academy.gatherings.domain.planning import open_gathering  # noqa: PLC0415 -- idem
    from academy.gatherings.domain.seats import take_seat  # noqa: PLC0415 -- idem
    from academy.gatherings.models import Offering  # noqa: PLC0415 -- idem
    from certificates.domain.recognition import recognise  # noqa: PLC0415 -- idem
    from courses.domain.runs import plan_run  # noqa: PLC0415 -- idem
    from courses.kijkje.domain.preparing import begin_preparation  # noqa: PLC0415 -- idem
    from tests.courses.factories import make_e_learning  # noqa: PLC0415 -- idem
    from tests.credits.factories import registered, trained  # noqa: PLC0415 -- idem
    from tests.factories import make_membership, make_person  # noqa: PLC0415 -- idem
    from tests.gatherings.factories import make_gathering  # noqa: PLC0415 -- idem
    from tests.kijkje.factories import make_kijkje  # noqa: PLC0415 -- idem
    from tests.leertafels.factories import make_table, seated  # noqa: PLC0415 -- idem
    from tests.paths.factories import make_path  # noqa: PLC0415 -- idem

    person = make_person()
    for code in ("SKJ:JGP", "REGISTERPLEIN:MW"):
        registered(person, code)
    for number in range(rows):
        gathering = make_gathering(starts_in=timedelta(days=30 + number))
        take_seat(person=person, gathering=gathering, by=person)
        run = plan_run(course=make_e_learning(), sessions=[], by=None)
        open_gathering(gathering=run.gathering, by=None)
        take_seat(person=person, gathering=run.gathering, by=person)
        achievement = trained(person, source_key=f"bench:{person.pk}-{number}", day=FIRST + timedelta(days=number))
        recognise(achievement=achievement, by=None)
    make_membership(person, approved_at=clock.now())
    make_path(*Offering.objects.filter(gatherings__seats__person=person))
    seated(make_table(starts_in=timedelta(days=400)), person=person)
    begin_preparation(page=make_kijkje(), by=person)
    return person


def queries(rows: int) -> int:
    """Of the second visit: the first one reads the rules, once per process."""
    from django.db import connection  # noqa: PLC0415 -- after set-up
    from django.test import Client  # noqa: PLC0415 -- idem
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- idem

    client = Client()
    client.force_login(fill(rows), backend="academy.people.sessions.Backend")
    client.get("/mijn/")
    with CaptureQueriesContext(connection) as found:
        answer = client.get("/mijn/")
    assert answer.status_code == 200, answer.status_code
    asked = [query["sql"].split(" FROM ")[1].lstrip('"') for query in found]
    return sum(not table.startswith(AROUND) for table in asked)


if __name__ == "__main__":
    main()
