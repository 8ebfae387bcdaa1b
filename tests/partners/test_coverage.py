"""Who counts where and when: the definition of the three moments, the board, and municipalities that merged."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from academy.common import clock
from academy.gatherings.enums import AttendanceStatus
from academy.partners.coverage import board, line_of, per_team, total_of
from academy.partners.enums import Moment
from academy.partners.moments import Period, calendar_years, moments_of, periods
from academy.partners.municipal import report_of
from academy.people.domain.organisations import merge_team
from academy.people.domain.places import merge_municipality
from tests.factories import make_membership, make_municipality, make_organisation, make_person, make_region
from tests.gatherings.factories import make_gathering, make_offering
from tests.partners.factories import (
    attend,
    make_local_team,
    make_member,
    make_outreach,
    passed_e_learning,
    was_at,
)

pytestmark = pytest.mark.django_db
MEET, TRAIN, TABLE = Moment


@pytest.fixture
def rolling():
    return periods()["24m"]


def persons(municipality, period):
    return [cell.persons for cell in line_of(municipality, board(period)).cells]


def teams(municipality, period):
    return [cell.teams for cell in line_of(municipality, board(period)).cells]


@pytest.mark.parametrize("moment", Moment)
def test_being_present_makes_a_moment(moment, rolling):
    place = make_municipality()
    there, absent = make_member(team := make_local_team(place)), make_member(team)
    session = was_at(moment.value, there)
    attend(session, absent, status=AttendanceStatus.ABSENT)
    assert moments_of(there) == {moment}
    assert moments_of(absent) == set()
    expected = [int(one == moment) for one in Moment]
    assert persons(place, rolling) == teams(place, rolling) == expected


def test_a_training_outside_the_set_is_no_moment(rolling):
    person = make_member(make_local_team())
    was_at("trainen", person, counts=False)
    assert moments_of(person) == set()


def test_a_passed_e_learning_of_the_set_is_the_second_moment(rolling):
    place = make_municipality()
    person = make_member(make_local_team(place))
    passed_e_learning(person)
    assert moments_of(person) == {TRAIN}
    assert persons(place, rolling) == [0, 1, 0]


def test_only_what_lies_in_the_period_counts(rolling):
    place = make_municipality()
    person = make_member(make_local_team(place))
    was_at("kennismaken", person, days_ago=800)
    passed_e_learning(person, days_ago=800)
    assert moments_of(person) == {MEET, TRAIN}
    assert persons(place, rolling) == [0, 0, 0]
    long_ago = Period("lang", "lang", clock.today() - timedelta(days=900), clock.today())
    assert persons(place, long_ago) == [1, 1, 0]


@pytest.mark.parametrize(
    "place_facts",
    [
        {"approved_at": None},
        {"ends_on": date(2024, 1, 1)},
        {"starts_on": date(2090, 1, 1)},
    ],
)
def test_who_is_not_a_confirmed_member_today_does_not_count(place_facts, rolling):
    place = make_municipality()
    person = make_member(make_local_team(place), **place_facts)
    was_at("kennismaken", person)
    assert persons(place, rolling) == [0, 0, 0]


def test_own_staff_needs_no_confirmation(rolling):
    place = make_municipality()
    team = make_local_team(place, organisation=make_organisation(is_own=True))
    was_at("kennismaken", make_member(team, approved_at=None))
    assert persons(place, rolling) == [1, 0, 0]


def test_internal_and_ended_teams_do_not_count(rolling):
    place = make_municipality()
    was_at("kennismaken", make_member(make_local_team(place, kind="internal")))
    was_at("kennismaken", make_member(make_local_team(place, active_to=date(2024, 1, 1))))
    assert persons(place, rolling) == [0, 0, 0]
    assert line_of(place, board(rolling)).teams == 0


def test_a_person_in_two_teams_counts_once_per_level(rolling):
    place, other = make_municipality(), make_municipality()
    first, second = make_local_team(place), make_local_team(place, other)
    person = make_member(first)
    make_membership(person, team=second, starts_on=date(2020, 1, 1), approved_at=clock.now())
    was_at("leertafel", person)
    was_at("leertafel", person, days_ago=3)
    assert (persons(place, rolling), teams(place, rolling)) == ([0, 0, 1], [0, 0, 2])
    assert persons(other, rolling) == [0, 0, 1]
    assert {team: cells[2].persons for team, cells in per_team(place, rolling).items()} == {first.pk: 1, second.pk: 1}
    assert [cell.persons for cell in total_of([place.pk, other.pk], rolling)] == [0, 0, 1]
    assert [cell.persons for cell in total_of([], rolling)] == [0, 0, 0]


def test_a_merged_municipality_counts_with_its_successor(rolling):
    """Over two mergers, with the contact of long ago; the old one has no line of its own any more."""
    region = make_region()
    first, second, third = (make_municipality(region=region, name=name) for name in "ABC")
    team = make_local_team(first)
    was_at("kennismaken", make_member(team))
    make_outreach(first, held_on=date(2026, 1, 5))
    make_outreach(third, held_on=date(2025, 1, 5))
    merge_municipality(municipality=first, into=second, on=clock.today(), by=None)
    merge_municipality(municipality=second, into=third, on=clock.today(), by=None)
    (area,) = [area for area in board(rolling) if area.region == region]
    (line,) = area.lines
    assert line.municipality == third
    assert [cell.persons for cell in line.cells] == [1, 0, 0]
    assert (line.teams, line.last_contact) == (1, date(2026, 1, 5))
    assert line_of(first, board(rolling)).is_white


def test_a_team_that_still_names_a_merged_municipality_counts_too(rolling):
    old, new = make_municipality(), make_municipality()
    merge_municipality(municipality=old, into=new, on=clock.today(), by=None)
    was_at("kennismaken", make_member(make_local_team(old)))
    assert persons(new, rolling) == [1, 0, 0]


def test_a_merged_team_takes_its_people_along(rolling):
    place = make_municipality()
    old, new = make_local_team(place), make_local_team(place)
    was_at("leertafel", make_member(old))
    merge_team(team=old, into=new, on=clock.today(), by=None)
    assert list(per_team(place, rolling)) == [new.pk]


def test_the_board_is_sorted_and_says_what_is_white(rolling):
    north, south = make_region(name="Noord"), make_region(name="Zuid")
    made = [make_municipality(region=region, name=name) for region, name in ((south, "A"), (north, "C"), (north, "B"))]
    was_at("kennismaken", make_member(make_local_team(made[1])))
    areas = [area for area in board(rolling) if area.region in (north, south)]
    assert [[line.municipality.name for line in area.lines] for area in areas] == [["B", "C"], ["A"]]
    assert [[line.municipality.name for line in area.white] for area in areas] == [["B"], ["A"]]
    assert areas[0].reached == ((MEET, 1), (TRAIN, 0), (TABLE, 0))


def test_the_board_costs_one_query(rolling, django_assert_num_queries):
    places = [make_municipality() for _ in range(3)]
    for place in places:
        was_at("kennismaken", *(make_member(make_local_team(place)) for _ in range(2)))
    with django_assert_num_queries(1):
        board(rolling)


def test_periods_do_not_overlap_where_a_municipality_looks(at):
    with at("2028-02-29 12:00"):
        years = list(calendar_years().values())
        assert [period.code for period in years] == ["2028", "2027", "2026"]
        assert all(later.first > earlier.last for later, earlier in pairwise(years))
        rolling = periods()["24m"]
        assert (rolling.first, rolling.reference_day) == (date(2026, 3, 1), date(2028, 2, 29))
        assert years[0].reference_day == date(2028, 2, 29)
        assert years[1].days == "1 januari tot en met 31 december 2027"


def test_the_report_of_a_municipality(rolling):
    """Six of one team and one of another were at a visit; the region has five municipalities."""
    region = make_region()
    place, *others = (make_municipality(region=region) for _ in range(5))
    large, small = make_local_team(place), make_local_team(place)
    was_at("kennismaken", *(make_member(large) for _ in range(6)), make_member(small))
    was_at("leertafel", make_member(small))
    was_at("kennismaken", *(make_member(make_local_team(others[0])) for _ in range(23)))
    year = next(iter(calendar_years().values()))
    report = report_of(place, Period("x", "x", clock.today() - timedelta(days=300), clock.today()))
    assert (report.teams, report.neighbours) == (2, 5)
    assert [(cell.persons, cell.teams, cell.average) for cell in report.cells] == [
        (5, 1, 5),
        (None, None, None),
        (None, None, None),
    ]
    assert report_of(make_municipality(), year).cells[0].average is None


def test_planned_gatherings_and_people_without_a_team_do_not_break_it(rolling):
    make_gathering(kind="visit", offering=make_offering())
    was_at("kennismaken", make_person())
    assert all(line.is_white for area in board(rolling) for line in area.lines)
