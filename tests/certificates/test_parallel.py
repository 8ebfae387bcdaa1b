"""Twenty at once, on a database of its own. The negative control shows that the lock is what makes it one."""

import json

import pytest

pytestmark = pytest.mark.live

SCRIPT = """
import json, threading, time
from contextlib import contextmanager
from django.db import connection, connections
from certificates.credits.domain import chain
from certificates.credits.models import LedgerHead
from certificates.domain import recognition
from certificates.domain.verification import verify_ledger
from certificates.models import Certificate
from tests.credits.factories import registered, trained
from tests.factories import make_person

@contextmanager
def unlocked():
    ledger = chain.Ledger(LedgerHead.objects.get(pk=1))
    time.sleep(0.2)
    yield ledger
    ledger.head.save()

person = make_person()
registered(person)
chain.subject_of(person=person)
recognise = recognition.recognise
if {control}:
    recognition.open_ledger = unlocked
    recognise = recognise.__wrapped__
gate, found, errors = threading.Barrier(20), [], []

def run():
    gate.wait()
    try:
        found.append(recognise(achievement=trained(person), by=None).is_new)
    except Exception as error:
        errors.append(type(error).__name__)
    finally:
        connections.close_all()

threads = [threading.Thread(target=run) for _ in range(20)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
bad = verify_ledger().bad
print(json.dumps(dict(new=sum(found), answers=len(found), errors=len(errors), kinds=sorted(set(errors)),
                      certificates=Certificate.objects.count(), bad=str(bad) if bad else "")))
"""


def race(sandbox, *, control):
    return json.loads(sandbox.python(SCRIPT.replace("{control}", str(control))).splitlines()[-1])


def test_twenty_at_once_are_one_certificate(sandbox):
    found = race(sandbox, control=False)
    assert found == {"new": 1, "answers": 20, "errors": 0, "kinds": [], "certificates": 1, "bad": ""}


def test_without_the_lock_it_goes_wrong(sandbox):
    found = race(sandbox, control=True)
    assert found["errors"] > 0 or found["bad"] or found["certificates"] != 1
