"""The worker is killed at every stage of a certificate: it comes once, its mail comes once, and no file is left over."""

import json

import pytest

pytestmark = [pytest.mark.live, pytest.mark.xdist_group("certificates-live")]


def kill_rounds(sandbox, rounds):
    told = sandbox.python("import tests.certificates.killing", ROUNDS=str(rounds), timeout=60 + 15 * rounds)
    seen = json.loads(told.splitlines()[-1])
    print(f"\n{rounds} kills of who makes a certificate: {seen}")
    assert seen["rounds"] == rounds
    assert seen["wrong"] == []
    # All but the kills after a job was done leave one behind that somebody still holds.
    assert seen["halfway"] == rounds * (seen["stages"] - 2) // seen["stages"]


def test_killed_at_every_stage(sandbox):
    kill_rounds(sandbox, 10)


@pytest.mark.soak
def test_killed_a_hundred_times(sandbox):
    kill_rounds(sandbox, 100)
