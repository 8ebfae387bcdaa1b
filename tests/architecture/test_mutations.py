"""The planted faults of the long run: each still has its place and its test, and what is no longer there is refused."""

import subprocess

import pytest

from tests.mutations import ROOT, Mutation, is_red, mutations

WHOLE = "if a < b:\n    pass\n"


def fault(**values):
    return Mutation(**{"name": "n", "file": "f.py", "old": "a < b", "new": "a <= b", "test": "t.py", **values})


@pytest.mark.parametrize("mutation", mutations(), ids=lambda one: one.name)
def test_every_fault_has_its_place_and_its_test(mutation):
    source = (ROOT / mutation.file).read_text()
    compile(mutation.planted(source), mutation.file, "exec")
    path, _, name = mutation.test.partition("::")
    assert f"def {name.partition('[')[0]}(" in (ROOT / path).read_text()


def test_there_are_enough_of_them_and_each_is_named_once():
    names = [one.name for one in mutations()]
    assert len(set(names)) == len(names) >= 12


def test_a_fault_is_planted_where_its_text_stands_once():
    assert fault().planted(WHOLE) == "if a <= b:\n    pass\n"
    for wrong in (fault(old="a > b"), fault(old="a"), fault(new="a < b")):
        with pytest.raises(ValueError, match="n:"):
            wrong.planted(WHOLE)


@pytest.mark.parametrize(
    ("code", "output", "red"),
    [
        (1, "1 failed in 3.2s", True),
        (0, "1 passed in 3.2s", False),
        (1, "1 error in 3.2s", False),
        (2, "1 error in 3.2s", False),
        (4, "no tests ran in 0.1s", False),
        (5, "1 deselected in 0.1s", False),
    ],
)
def test_only_a_test_that_says_no_is_red(code, output, red):
    assert is_red(subprocess.CompletedProcess([], code, stdout=output, stderr="")) == red
