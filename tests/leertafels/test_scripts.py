"""The scripts of the conversation: words as data, and where the steps stand on the clock."""

from datetime import timedelta

import pytest

from academy.common import clock
from leertafels.enums import Method, Mode
from leertafels.scripts import on_the_clock, scripts, scripts_for


def test_every_method_has_one_script_and_every_kind_of_table_a_choice():
    assert sorted(script.method for script in scripts()) == sorted(Method)
    assert all(scripts_for(mode) for mode in Mode)
    assert [script.method for script in scripts_for(Mode.CASE)] == [Method.SAFETY]
    assert Method.SAFETY not in [script.method for script in scripts_for(Mode.INTERVISION)]


@pytest.mark.parametrize("script", scripts(), ids=lambda script: script.method.value)
def test_a_script_fits_an_evening_and_can_be_read_from_two_metres(script):
    assert script.minutes <= 120
    for step in script.steps:
        assert step.minutes >= 5
        assert len(step.title) <= 20
        assert len(step.text) <= 130
        assert step.ask.endswith("?")


def test_steps_follow_each_other_and_fill_the_bar():
    start = clock.now()
    for script in scripts():
        slots = on_the_clock(script, start)
        assert [slot.number for slot in slots] == list(range(1, len(script.steps) + 1))
        assert [slot.starts_at for slot in slots[1:]] == [slot.ends_at for slot in slots[:-1]]
        assert (slots[0].starts_at, slots[-1].ends_at) == (start, start + timedelta(minutes=script.minutes))
        assert sum(float(slot.width) for slot in slots) == pytest.approx(100, abs=0.1)
