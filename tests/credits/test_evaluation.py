from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from certificates.credits.engine.eligibility import points_of
from certificates.credits.engine.evaluation import evaluate, stand
from certificates.credits.engine.files import shipped_rules
from certificates.credits.engine.values import Booking, Dossier, Entry, Sitting

JGP = shipped_rules("SKJ-JGP-2018")
FULL = [
    Booking(requirement="DB.FORM", points=Decimal(60)),
    Booking(requirement="REFL", points=Decimal(60)),
]


def dossier(**values) -> Dossier:
    return Dossier(
        **{
            "rules": JGP,
            "start": date(2022, 1, 1),
            "due": date(2027, 1, 1),
            "today": date(2024, 7, 1),
            "work_hours": Decimal(3368),
            "work_hours_specific": Decimal(1684),
            "documents": ("VOG",),
            **values,
        }
    )


def line(result, key):
    return next(part for part in result.requirements if part.key == key)


def test_met_only_on_verified_rules():
    assert stand(dossier(), FULL).status == "on_track"
    verified = replace(JGP, status="verified")
    assert stand(dossier(rules=verified), FULL).status == "met"
    assert stand(dossier(rules=verified, work_hours=None), FULL).status == "on_track"
    assert stand(dossier(rules=replace(JGP, status="unverified")), FULL).status == "unknown"


@pytest.mark.parametrize(
    ("points", "today", "status"),
    [
        ("30", date(2024, 7, 1), "on_track"),
        ("29", date(2024, 7, 1), "behind"),
        ("23", date(2024, 7, 1), "behind"),
        ("22", date(2024, 7, 1), "at_risk"),
        ("59", date(2026, 6, 30), "on_track"),
        ("59", date(2026, 7, 1), "at_risk"),
        ("0", date(2021, 1, 1), "on_track"),
        ("59.99", date(2030, 1, 1), "at_risk"),
    ],
)
def test_pace(points, today, status):
    result = stand(dossier(today=today), [Booking(requirement="REFL", points=Decimal(points))])
    assert line(result, "REFL").status == status


def test_missing_document_is_behind_until_the_end_comes_near():
    assert line(stand(dossier(documents=()), FULL), "VOG").status == "behind"
    assert line(stand(dossier(documents=(), today=date(2026, 10, 1)), FULL), "VOG").status == "at_risk"
    assert stand(dossier(documents=()), FULL).status == "behind"


def test_unknown_hours_are_not_zero_hours():
    result = stand(dossier(work_hours=None, work_hours_specific=None), FULL)
    assert (line(result, "WORK").status, line(result, "WORK.JGP").status) == ("unknown", "unknown")
    assert result.status == "on_track"
    assert stand(dossier(rules=shipped_rules("BIG"), work_hours=None), []).status == "unknown"


def test_practice_programme_needs_its_report_within_a_year():
    flags = ("practice_programme_required",)
    done = [*FULL, Booking(requirement="DB.FORM", points=Decimal(0), fulfils="PRACTICE")]
    assert line(stand(dossier(flags=flags), done), "PRACTICE").status == "at_risk"
    assert line(stand(dossier(flags=flags, today=date(2022, 6, 1)), done), "PRACTICE").status == "behind"
    papers = ("VOG", "LEERVERSLAG")
    assert line(stand(dossier(flags=flags, documents=papers), done), "PRACTICE").shortfall == 0
    assert [part.key for part in stand(dossier(), done).requirements].count("PRACTICE") == 0


minutes = st.integers(0, 400)
divisors = st.sampled_from([Decimal(1), Decimal("1.125"), Decimal("1.25"), Decimal("0.2")])


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(minutes, divisors), max_size=30), st.randoms())
def test_points_never_round_up_and_know_no_order(parts, random):
    total = points_of(parts)
    exact = sum((Decimal(m) / d / 60 for m, d in parts), Decimal(0))
    assert total <= exact + Decimal("1e-20")
    assert exact - total < Decimal("0.01") + Decimal("1e-20")
    shuffled = list(parts)
    random.shuffle(shuffled)
    assert points_of(shuffled) == total


entries = st.builds(
    Entry,
    form=st.sampled_from(["intervision", "supervision", "training", "informal", "self_reflection"]),
    completed_on=st.dates(date(2021, 1, 1), date(2028, 1, 1)),
    accreditor=st.sampled_from(["", "SKJ", "NIP"]),
    points=st.none() | st.decimals(0, 20, places=2),
    series=st.sampled_from(["", "A", "B"]),
    sittings=st.lists(st.builds(Sitting, minutes, minutes, minutes), max_size=3).map(tuple),
    hierarchy=st.booleans(),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(entries, max_size=12), st.randoms())
def test_totals_do_not_depend_on_the_order_of_a_dossier(parts, random):
    once = evaluate(dossier(entries=tuple(parts)))
    shuffled = list(parts)
    random.shuffle(shuffled)
    again = evaluate(dossier(entries=tuple(shuffled)))
    assert once.requirements == again.requirements
    assert sum(e.points for e in once.entries) == sum(e.points for e in again.entries)
    assert all(bool(e.requirement) != bool(e.reason) for e in once.entries)
