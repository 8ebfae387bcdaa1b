"""Measures seats over HTTP (see ``enrolment``): ours and the bare one in turns, each from a web process of its own."""

from __future__ import annotations

import http.client
import json
import socket
import statistics
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.sandbox import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

WARM, TURNS, SEATS = 20, 7, 20
# As deployed, but for one process: there is one who asks.
SERVER = ("--worker-class", "academy.web_worker.Worker", "--workers", "1", "--threads", "4", "--no-control-socket")


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


def bare_site():
    """The application of the reference, for gunicorn: the academy's database and that one view, no middleware."""
    import django  # noqa: PLC0415 -- the environment is read at set-up
    from django.conf import settings  # noqa: PLC0415 -- idem
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415 -- idem

    django.setup(set_prefix=False)
    settings.ROOT_URLCONF, settings.MIDDLEWARE = __name__, []
    return WSGIHandler()


def __getattr__(name: str):
    """``urlpatterns`` of the reference, made when Django first asks: nothing of ours is imported before set-up."""
    if name == "urlpatterns":
        from django.urls import path  # noqa: PLC0415 -- after set-up

        return [path("<int:gathering>/<int:person>/<int:number>/", bare_view)]
    raise AttributeError(name)


class Visitor(NamedTuple):
    """Somebody who is logged in, with what her browser sends along."""

    key: int
    headers: dict[str, str]


def visitors(number: int) -> list[Visitor]:
    from django.conf import settings  # noqa: PLC0415 -- after set-up
    from django.test import Client  # noqa: PLC0415 -- idem
    from django.utils.crypto import get_random_string  # noqa: PLC0415 -- idem

    from tests.factories import make_person  # noqa: PLC0415 -- idem

    found = []
    for _number in range(number):
        person, client, token = make_person(), Client(), get_random_string(32)
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        cookie = f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}; {settings.CSRF_COOKIE_NAME}={token}"
        headers = {"Cookie": cookie, "X-CSRFToken": token, "Content-Type": "application/json"}
        found.append(Visitor(person.pk, headers))
    return found


def seconds(port: int, requests: list[tuple[str, dict[str, str]]]) -> float:
    """How long these take one after the other, by the clock of who asks; each must give a seat."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.connect()
        began = time.perf_counter()
        for address, headers in requests:
            connection.request("POST", address, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
            assert answer.status == http.client.CREATED, body
        return time.perf_counter() - began


@contextmanager
def web(application: str) -> Iterator[int]:
    """A web process of its own; the port on which it answers."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", *SERVER]
    master = subprocess.Popen([*command, "--log-level", "warning"])
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and master.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        master.terminate()
        master.wait(timeout=30)


def measure() -> dict[str, Any]:
    from tests.gatherings.factories import make_gathering  # noqa: PLC0415 -- after set-up

    total = WARM + TURNS * SEATS
    whole, bare = make_gathering(capacity=total), make_gathering(capacity=total, starts_in=timedelta(days=90))
    people = visitors(total)
    address = f"/api/v1/gatherings/{whole.public_id}/seat"
    spans = [slice(WARM), *(slice(first, first + SEATS) for first in range(WARM, total, SEATS))]
    costs = []
    with web("academy.wsgi:application") as ours, web("tests.bench.enrolment_probe:bare_site()") as theirs:
        for span in spans:
            seats = [(address, person.headers) for person in people[span]]
            rows = [
                (f"/{bare.pk}/{person.key}/{number}/", {})
                for number, person in enumerate(people[span], (span.start or 0) + 1)
            ]
            costs.append((seconds(ours, seats), seconds(theirs, rows)))
    costs = costs[1:]
    return {
        "ratio": statistics.median(one / other for one, other in costs),
        "ms": 1000 * statistics.median(one for one, _other in costs) / SEATS,
        "bare_ms": 1000 * statistics.median(other for _one, other in costs) / SEATS,
    }


def main() -> None:
    import django  # noqa: PLC0415 -- the place of the database is read at set-up

    django.setup()
    from django.conf import settings  # noqa: PLC0415 -- idem

    settings.ALLOWED_HOSTS = ["testserver"]
    print(json.dumps(measure()))


if __name__ == "__main__":
    main()
