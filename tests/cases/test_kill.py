"""The process that destroys is killed wherever it may be: a quarter of an hour after the deadline nothing is readable."""

import json

import pytest

pytestmark = [pytest.mark.live, pytest.mark.xdist_group("cases-live")]
SECRET = b"zeemeerminhek"


def kill_rounds(sandbox, rounds):
    told = sandbox.python("import tests.cases.killing", ROUNDS=str(rounds), timeout=60 + 15 * rounds)
    seen = json.loads(told.splitlines()[-1])
    print(f"\n{rounds} kills: {seen}")
    assert seen["cut off"] > 0, "no kill came before the key was gone: the test shows nothing"
    assert {name: seen[name] for name in ("rounds", "survived", "readable", "keys", "cases")} == {
        "rounds": rounds,
        "survived": 0,
        "readable": 0,
        "keys": 0,
        "cases": 0,
    }
    # Database, write-ahead log, queue, logs: no byte of what it said.
    leaks = [path for path in sandbox.folder.rglob("*") if path.is_file() and SECRET in path.read_bytes()]
    assert leaks == []


def test_killed_at_every_stage(sandbox):
    kill_rounds(sandbox, 8)


@pytest.mark.soak
def test_killed_a_hundred_times(sandbox):
    kill_rounds(sandbox, 100)
