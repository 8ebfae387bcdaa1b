"""The worked examples of the register rules, by their numbers in the reference."""

from datetime import date

import pytest

from certificates.credits.engine.dossier import read_dossier, write_result
from certificates.credits.engine.eligibility import accreditation_faults
from certificates.credits.engine.evaluation import evaluate, following_period, latest_submission
from certificates.credits.engine.files import shipped_rules

JGP = "SKJ-JGP-2018"
DAY = "2024-03-01"


def dossier(*entries, **values):
    return {
        "ruleset": JGP,
        "period": {"start": "2022-01-01", "end": "2026-12-31", "submitted_on": None},
        "today": "2026-06-01",
        "person": {"registers": [], "flags": []},
        "work": {"hours": "3368", "hours_specific": "1684"},
        "documents": ["VOG"],
        "entries": [{"completed_on": DAY, **entry} for entry in entries],
        **values,
    }


def outcome(*entries, **values):
    return write_result(evaluate(read_dossier(dossier(*entries, **values), shipped_rules)))


def formal(points, **values):
    return {"form": "training", "accreditor": "SKJ", "chamber": "JGP", "points": str(points), **values}


def informal(hours):
    return {"form": "informal", "hours": str(hours)}


def reflection(*meetings, **values):
    sessions = [{"intervision_minutes": own, "case_minutes": case} for own, case in meetings]
    return {"form": "intervision", "series": "A", "group_size": 6, "sessions": sessions, **values}


SIXTY = reflection(*[(120, 0)] * 30)


@pytest.mark.parametrize(
    ("number", "entries", "expected"),
    [
        (1, [formal(40), informal(20), SIXTY], {"DB": "60.00/0.00/0.00", "REFL": "60.00/0.00/0.00"}),
        (2, [formal(40), informal(35), SIXTY], {"DB": "60.00/0.00/0.00", "DB.INF": "20.00/15.00/0.00"}),
        (4, [formal(38), informal(22)], {"DB": "58.00/0.00/2.00", "DB.FORM": "38.00/0.00/2.00"}),
        (5, [formal(60)], {"DB": "60.00/0.00/0.00", "DB.INF": "0.00/0.00/0.00"}),
        (
            27,
            [
                formal(60, chamber="JZW"),
                {"form": "informal", "points": "50"},
                {"form": "supervision", "points": "50"},
            ],
            {"DB.FORM": "60.00/0.00/0.00", "DB.INF": "20.00/30.00/0.00", "REFL": "50.00/0.00/10.00"},
        ),
    ],
)
def test_totals_of_jgp(number, entries, expected):
    answer = outcome(*entries)
    found = {key: answer["requirements"][key] for key in expected}
    assert {k: f"{v['counted']}/{v['surplus']}/{v['shortfall']}" for k, v in found.items()} == expected, number


def test_example_1_is_never_met_on_provisional_rules():
    answer = outcome(formal(40), informal(20), SIXTY)
    assert answer["status"] == "on_track"
    assert {line["shortfall"] for line in answer["requirements"].values()} == {"0.00"}
    assert "met" not in {line["status"] for line in answer["requirements"].values()}


@pytest.mark.parametrize(
    ("number", "entry", "points", "reason"),
    [
        (6, reflection((45, 0), form="leertafel"), "0.00", "session_too_short"),
        (7, reflection(*[(120, 0)] * 5), "10.00", None),
        (8, reflection(*[(90, 0)] * 8), "12.00", None),
        (10, reflection((60, 90), form="leertafel"), "1.00", None),
        (11, reflection((0, 150), form="leertafel"), "0.00", "case_consult_only"),
        (12, reflection((120, 0), form="guided_intervision", hierarchy=True), "0.00", "hierarchy"),
        (12, reflection((120, 0), form="dialogue_in_autonomy", hierarchy=True), "0.00", "manual_review"),
        (12, reflection((120, 0), form="dialogue_in_autonomy"), "2.00", None),
        (13, {"form": "self_reflection", "hours": "4"}, "0.00", "self_reflection"),
        (14, formal(6, completed_on="2021-12-31"), "0.00", "outside_period"),
        (14, formal(6, completed_on="2022-01-01"), "6.00", None),
        (14, formal(6, completed_on="2026-12-31"), "6.00", None),
        (14, formal(6, completed_on="2027-01-01"), "0.00", "outside_period"),
        (17, formal(6, accreditor="NVO", chamber=""), "6.00", None),
        (17, formal(6, chamber="PED"), "0.00", "wrong_chamber"),
        (21, formal(3, form="e_learning", test_required=True), "0.00", "test_missing"),
        (21, formal(3, form="e_learning"), "0.00", "test_missing"),
        (21, formal(3, form="e_learning", test_required=True, test_passed=True), "3.00", None),
        (23, formal(20, hours="20"), "0.00", "test_missing"),
        (28, {"form": "supervision", "group_size": 1, "sessions": [{"minutes": 60}] * 10}, "10.00", None),
        (31, {"form": "training", "hours": "6"}, "0.00", "not_accredited"),
        (31, informal(6), "6.00", None),
        (32, {"form": "kijkje", "hours": "4"}, "0.00", "not_accredited"),
        (0, formal(6, accredited_from="2024-03-02"), "0.00", "outside_accreditation"),
        (0, formal(6, accredited_to="2024-02-29"), "0.00", "outside_accreditation"),
        (0, formal(6, accredited_from=DAY, accredited_to=DAY), "6.00", None),
        (0, formal(6, attended_pct=99), "0.00", "attendance_short"),
        (0, {"form": "case_consultation", "hours": "2"}, "0.00", "case_consult_only"),
    ],
)
def test_one_entry_of_jgp(number, entry, points, reason):
    (found,) = outcome(entry)["entries"]
    assert (found["points"], found["reason"]) == (points, reason), number


@pytest.mark.parametrize(
    ("number", "code", "entry", "points", "reason"),
    [
        (11, "REGISTERPLEIN-MW", reflection((0, 150), form="leertafel"), "2.50", None),
        (17, "SKJ-MASTER-1-LT3648", formal(6), "0.00", "wrong_chamber"),
        (17, "SKJ-MASTER-1-LT3648", formal(6, accreditor="NIP", chamber=""), "6.00", None),
        (18, "SKJ-MASTER-1-LT3648", {"form": "supervision", "group_size": 2, "hours": "45"}, "40.00", None),
        (20, "SKJ-MASTER-1-GT3648", {"form": "supervision", "group_size": 3, "hours": "25"}, "20.00", None),
        (20, "SKJ-MASTER-1-GT3648", {"form": "supervision", "group_size": 4, "hours": "25"}, "0.00", "manual_review"),
        (28, "SKJ-JZW-OLD", {"form": "supervision", "sessions": [{"minutes": 60}] * 10}, "50.00", None),
        (30, "REGISTERPLEIN-SW", {"form": "training", "accreditor": "registerplein", "minutes": 330}, "5.50", None),
        (0, "BIG", formal(6), "0.00", "not_accredited"),
    ],
)
def test_one_entry_elsewhere(number, code, entry, points, reason):
    (found,) = outcome(entry, ruleset=code)["entries"]
    assert (found["points"], found["reason"]) == (points, reason), number


def test_example_10_says_what_was_left_out():
    (found,) = outcome(reflection((60, 90)))["entries"]
    assert found["notes"] == [{"code": "case_consult_only", "minutes": 90}]


def test_example_15_after_submission_counts_in_the_new_period():
    course = formal(6, completed_on="2025-12-05")
    old = {"start": "2021-03-01", "end": "2026-03-01", "submitted_on": "2025-11-10"}
    new = {"start": "2025-11-10", "end": "2030-11-10"}
    assert outcome(course, period=old)["entries"][0]["reason"] == "outside_period"
    assert outcome(course, period=new)["entries"][0]["points"] == "6.00"
    assert following_period(date(2025, 11, 10), 5) == (date(2025, 11, 10), date(2030, 11, 10))
    assert latest_submission(date(2026, 3, 1)) == date(2026, 2, 28)
    same_day = formal(6, completed_on="2025-11-10")
    assert outcome(same_day, period=old)["entries"][0]["reason"] == "manual_review"


def test_example_16_ethics_is_not_carried_over():
    old = {"start": "2021-03-01", "end": "2026-03-01", "submitted_on": "2025-11-10"}
    course = formal(6, form="ethics_training", completed_on="2025-12-05")
    assert outcome(course, period=old)["entries"][0]["reason"] == "manual_review"


def test_example_18_adds_up_to_the_total():
    answer = outcome(
        formal(40, accreditor="NIP"),
        {"form": "supervision", "group_size": 2, "hours": "45"},
        informal(40),
        ruleset="SKJ-MASTER-1-LT3648",
        work={"hours": "2500"},
    )
    assert answer["requirements"]["TOTAL"]["counted"] == "120.00"
    assert {line["shortfall"] for line in answer["requirements"].values()} == {"0.00"}
    assert answer["status"] == "on_track"


def test_example_23_is_a_fault_of_the_accreditation():
    rules = shipped_rules(JGP)
    assert [f.code for f in accreditation_faults(rules, form="training", minutes=1200, test_required=False)] == [
        "test_required"
    ]
    assert accreditation_faults(rules, form="training", minutes=1200, test_required=True) == ()
    assert accreditation_faults(rules, form="training", minutes=1079, test_required=False) == ()
    assert accreditation_faults(rules, form="blended", minutes=60, test_required=False) != ()


def test_example_24_twice_on_a_day_is_once():
    lesson = formal(3, form="e_learning", test_passed=True)
    assert [e["reason"] for e in outcome(lesson, lesson)["entries"]] == [None, "duplicate"]
    course = formal(3, external_id="123456")
    assert [e["reason"] for e in outcome(course, course)["entries"]] == [None, "duplicate"]
    assert [e["reason"] for e in outcome(formal(3), formal(3))["entries"]] == [None, None]


def test_somebody_of_another_chamber_gets_nothing():
    answer = outcome(formal(6), person={"registers": ["SKJ:PED"]})
    assert answer["entries"][0]["reason"] == "wrong_chamber"
    assert outcome(formal(6), person={"registers": ["SKJ:PED", "SKJ:JGP"]})["entries"][0]["points"] == "6.00"


def test_series_is_rounded_once():
    parts = [reflection((100, 0)) for _ in range(3)]
    assert [e["points"] for e in outcome(*parts)["entries"]] == ["1.66", "1.67", "1.67"]
    alone = [{**part, "series": ""} for part in parts]
    assert [e["points"] for e in outcome(*alone)["entries"]] == ["1.66", "1.66", "1.66"]
