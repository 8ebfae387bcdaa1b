"""What a municipality is told never gives away a few: tried over every small world there is."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given, strategies as st

from academy.partners.disclosure import FEWEST, average_of, band, told
from academy.partners.enums import Moment

MOST = 15


def published(counts):
    """What is told about teams with these numbers of persons, nobody in two teams."""
    cell = told(Moment.MEET, persons=sum(counts), per_team=[n for n in counts if n], teams=len(counts))
    return cell.persons, cell.teams


@pytest.mark.parametrize("teams", [1, 2, 3])
def test_no_answer_tells_that_a_team_has_a_few_or_nobody(teams):
    """Group all worlds by what is told of them: within a group every team may have nobody, or five and more."""
    worlds = defaultdict(list)
    for counts in product(range(MOST), repeat=teams):
        worlds[published(counts)].append(counts)
    for answer, group in worlds.items():
        for team in range(teams):
            possible = {counts[team] for counts in group}
            few = {number for number in possible if 0 < number < FEWEST}
            assert possible != {0}, answer
            assert not few or 0 in possible or max(possible) >= FEWEST, answer
            assert len(possible) > 1, answer


@pytest.mark.parametrize("teams", [1, 2, 3])
def test_a_few_in_the_whole_municipality_look_like_nobody(teams):
    nobody = published((0,) * teams)
    assert nobody == (None, None)
    assert all(published(counts) == nobody for counts in product(range(FEWEST), repeat=teams) if sum(counts) < FEWEST)


@given(st.integers(0, 500), st.integers(1, 500))
def test_two_answers_never_tell_that_a_few_were_added(number, more):
    """Another moment, another day: the same band may be nobody more, another band may always be five or more."""
    before, after = band(number) or 0, band(number + more) or 0
    least, most = after - (before + FEWEST - 1), after + FEWEST - 1 - before
    assert least <= more <= most
    assert least <= 0 or most >= FEWEST


@given(st.lists(st.integers(0, 40), min_size=1, max_size=8), st.data())
def test_told_says_nothing_below_five_and_nothing_exact(counts, data):
    cell = told(Moment.TABLE, persons=sum(counts), per_team=counts, teams=len(counts))
    assert cell.persons is None or (cell.persons % 5 == 0 and cell.persons <= sum(counts) <= cell.highest)
    assert cell.teams is None or cell.teams == sum(number >= FEWEST for number in counts)
    assert cell.persons is not None or cell.teams is None


def test_large_numbers_without_a_large_team():
    """Two teams of four are eight: everybody would know that both had somebody. Four teams of two tell nothing."""
    assert published((4, 4)) == (None, None)
    assert published((2, 2, 2, 2)) == (5, None)
    assert published((7, 1)) == (5, 1)
    assert published((12,)) == (10, 1)


def test_the_average_is_of_five_municipalities_or_none():
    assert average_of([100, 100, 100, 100]) is None
    assert average_of([0, 0, 0, 0, 10]) is None
    assert average_of([30, 10, 0, 20, 3]) == 10
    cell = told(Moment.MEET, persons=0, per_team=[], teams=1, average=10)
    assert (cell.persons, cell.highest, cell.average, cell.highest_average) == (None, None, 10, 14)
    assert told(Moment.MEET, persons=0, per_team=[], teams=1).highest_average is None
