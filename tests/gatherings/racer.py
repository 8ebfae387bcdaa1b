"""One process of a race: ``python racer.py JOB`` inside an academy; prints what each client got.

Every client is a thread with its own connection. It says that it is ready; all begin at the moment (seconds since the
epoch) that it is then told, so that two processes race each other too. ``RACE_WITHOUT`` takes the safety away for the
negative control.
"""

# ruff: noqa: PLC0415, PTH109, ARG005 -- the race sets Django up by itself, before anything is imported

from __future__ import annotations

import json
import os
import sys
import threading
import time

sys.path.insert(0, os.getcwd())


def weaken() -> None:
    """Take away what holds the race: the row lock on PostgreSQL, the transaction on SQLite."""
    from django.db import connection, transaction

    if connection.vendor == "sqlite":

        class NoTransaction:
            def __init__(self, using=None, savepoint=True, durable=False):
                pass

            def __call__(self, function):
                return function

            def __enter__(self):
                return None

            def __exit__(self, *_args):
                return None

        transaction.atomic = lambda using=None, savepoint=True, durable=False: (
            using if callable(using) else NoTransaction()
        )
    else:
        from django.db.models import QuerySet

        QuerySet.select_for_update = lambda self, **_options: self


def main() -> None:
    import django

    if os.environ.get("RACE_WITHOUT"):
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "academy.settings")
        from django.conf import settings

        assert settings.DATABASES
        weaken()
    django.setup()
    from django.db import connection

    from academy.gatherings.models import Gathering
    from academy.people.models import User
    from tests.gatherings import races

    job = json.loads(sys.argv[1])
    work = getattr(races, job["work"])
    results = []
    races.register()
    target = Gathering.objects.get(pk=job["gathering"])
    people = {person.pk: person for person in User.objects.filter(pk__in=job["people"])}
    clients = job["people"]
    slots = [clients[number :: job["threads"]] for number in range(job["threads"])]

    print("READY", flush=True)
    start = float(sys.stdin.readline())

    def client(mine: list[int]) -> None:
        time.sleep(max(0, start - time.time()))
        for pk in mine:
            began = time.time()
            try:
                answer = work(target, people[pk], job)
            except Exception as error:  # noqa: BLE001 -- a client that fails is a result
                answer = {"error": f"{type(error).__name__}: {error}"}
            results.append({"person": pk, "began": began, "ended": time.time(), **answer})
        connection.close()

    threads = [threading.Thread(target=client, args=(mine,)) for mine in slots if mine]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("RESULT" + json.dumps(results))


if __name__ == "__main__":
    main()
