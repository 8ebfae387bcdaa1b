"""Measures seats by request in this process (see ``enrolment``): ours and the bare one in turns, after a warming up."""

from __future__ import annotations

import json
import statistics
import time
from datetime import timedelta

WARM, TURNS, SEATS = 15, 5, 15


def bare_view(_request, gathering, person, number):
    """The reference: what a developer writes for a seat when nothing else is asked."""
    from django.db import transaction  # noqa: PLC0415 -- after set-up
    from django.http import HttpResponse  # noqa: PLC0415 -- idem

    from academy.common import clock  # noqa: PLC0415 -- idem
    from academy.gatherings.models import Seat  # noqa: PLC0415 -- idem

    moment = clock.now()
    with transaction.atomic():
        Seat.objects.create(
            gathering_id=gathering,
            person_id=person,
            state="confirmed",
            queue_key=number,
            confirmed_at=moment,
            requested_at=moment,
            changed_at=moment,
        )
    return HttpResponse(status=201)


def __getattr__(name: str):
    """``urlpatterns`` of the reference, made when Django first asks: nothing of ours is imported before set-up."""
    if name == "urlpatterns":
        from django.urls import path  # noqa: PLC0415 -- after set-up

        return [path("<int:gathering>/<int:person>/<int:number>/", bare_view)]
    raise AttributeError(name)


def people_with_browsers(number):
    """So many people who are logged in, each with a browser that sends her session and the token of its forms."""
    from django.conf import settings  # noqa: PLC0415 -- after set-up
    from django.test import Client  # noqa: PLC0415 -- idem
    from django.utils.crypto import get_random_string  # noqa: PLC0415 -- idem

    from tests.factories import make_person  # noqa: PLC0415 -- idem

    found = []
    for _number in range(number):
        person, client = make_person(), Client(enforce_csrf_checks=True)
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        client.cookies["csrftoken"] = token = get_random_string(32)
        found.append((person, client, token))
    return found


def spent(turn) -> float:
    """Processor seconds on SQLite, where no server works along; else seconds by the clock, waiting and commit included."""
    from django.db import connection  # noqa: PLC0415 -- after set-up

    seconds = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    started = seconds()
    turn()
    return seconds() - started


def measure() -> dict[str, float]:
    from django.db import connection  # noqa: PLC0415 -- after set-up
    from django.test import Client, override_settings  # noqa: PLC0415 -- idem
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- idem

    from tests.gatherings.factories import make_gathering  # noqa: PLC0415 -- idem

    total = WARM + TURNS * SEATS + 1
    whole, bare = make_gathering(capacity=total), make_gathering(capacity=total, starts_in=timedelta(days=90))
    browsers, plain = people_with_browsers(total), Client()
    for number, (person, client, token) in enumerate(browsers, 1):
        client.ask = lambda client=client, token=token: client.post(
            f"/api/v1/gatherings/{whole.public_id}/seat",
            content_type="application/json",
            headers={"X-CSRFToken": token},
        )
        client.insert = lambda person=person, number=number: plain.post(f"/{bare.pk}/{person.pk}/{number}/")
    clients = [client for _person, client, _token in browsers]

    def ours(part) -> None:
        for client in part:
            answer = client.ask()
            assert answer.status_code == 201, answer.content

    def theirs(part) -> None:
        for client in part:
            assert client.insert().status_code == 201

    reference = {"ROOT_URLCONF": __name__, "MIDDLEWARE": []}
    with CaptureQueriesContext(connection) as asked:
        ours(clients[:1])
        statements = len(asked)
    spans = [slice(1, 1 + WARM), *(slice(1 + WARM + SEATS * n, 1 + WARM + SEATS * (n + 1)) for n in range(TURNS))]
    costs = []
    for span in spans:
        with override_settings(**reference):
            theirs_cost = spent(lambda part=clients[span]: theirs(part))
        costs.append((spent(lambda part=clients[span]: ours(part)), theirs_cost))
    ratios = [one / other for one, other in costs[1:]]
    return {
        "ratio": statistics.median(ratios),
        "statements": statements,
        "ms": 1000 * min(one for one, _other in costs[1:]) / SEATS,
        "bare_ms": 1000 * min(other for _one, other in costs[1:]) / SEATS,
    }


def main() -> None:
    import django  # noqa: PLC0415 -- the place of the database is read at set-up

    django.setup()
    from django.conf import settings  # noqa: PLC0415 -- idem

    from tests.gatherings import races  # noqa: PLC0415 -- idem

    settings.ALLOWED_HOSTS = ["testserver"]
    races.register()
    print(json.dumps(measure()))


if __name__ == "__main__":
    main()
