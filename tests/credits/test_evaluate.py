"""``manage.py evaluate``: the contract's dossier, and whatever somebody may hand it instead."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from hypothesis import HealthCheck, given, settings, strategies as st

from academy.common.errors import DomainError
from certificates.credits.engine.dossier import parse_json, read_dossier, write_result
from certificates.credits.engine.evaluation import evaluate
from certificates.credits.engine.files import shipped_rules
from certificates.credits.models import RuleSet
from tests.credits.test_examples import dossier, formal, reflection


def run(path, capsys):
    call_command("evaluate", str(path))
    return json.loads(capsys.readouterr().out)


@pytest.mark.django_db
def test_evaluate_answers_as_the_contract_says(tmp_path, capsys):
    path = tmp_path / "dossier.json"
    path.write_text(json.dumps(dossier(formal(6, test_required=True, test_passed=True), reflection((100, 20)))))
    answer = run(path, capsys)
    assert set(answer) == {"status", "requirements", "entries"}
    assert answer["entries"][1] == {
        "index": 1,
        "requirement": "REFL",
        "points": "1.66",
        "reason": None,
        "notes": [{"code": "case_consult_only", "minutes": 20}],
    }
    assert answer["requirements"]["REFL"]["shortfall"] == "58.34"
    RuleSet.objects.all().delete()
    with pytest.raises(CommandError, match="ruleset"):
        run(path, capsys)


def test_evaluate_without_a_database_uses_the_shipped_rules(tmp_path, capsys, monkeypatch):
    def broken(*args, **values):
        raise DatabaseError

    monkeypatch.setattr(RuleSet.objects, "filter", broken)
    path = tmp_path / "dossier.json"
    path.write_text(json.dumps(dossier()))
    assert run(path, capsys)["entries"] == []


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"a": NaN}', b"9" * 5000, b"[]", b"null", b"3"]
)
def test_evaluate_refuses_what_is_no_dossier(content, tmp_path):
    path = tmp_path / "dossier.json"
    path.write_bytes(content)
    with pytest.raises(CommandError) as refused:
        call_command("evaluate", str(path))
    assert refused.value.returncode == 2


def test_evaluate_refuses_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("evaluate", str(tmp_path / "niets.json"))
    assert refused.value.returncode == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ruleset": None}, "ruleset"),
        ({"ruleset": 3}, "ruleset"),
        ({"ruleset": "ONBEKEND"}, "ruleset"),
        ({"period": []}, "period"),
        ({"period": None}, "period.start"),
        ({"period": {"start": "20220101", "end": "2026-12-31"}}, "period.start"),
        ({"period": {"start": "2022-01-01", "end": "2022-02-30"}}, "period.end"),
        ({"period": {"start": "2022-01-01", "end": "2021-01-01"}}, "period.end"),
        ({"period": {"start": "2022-01-01", "end": "9999-12-31"}}, "period.end"),
        ({"period": {"start": "2022-01-01", "end": "2026-12-31", "submitted_on": "2027-01-01"}}, "period.submitted_on"),
        ({"today": 5}, "today"),
        ({"work": {"hours": "-1"}}, "work.hours"),
        ({"work": {"hours": True}}, "work.hours"),
        ({"work": {"hours": "١٢"}}, "work.hours"),
        ({"documents": "VOG"}, "documents"),
        ({"documents": [1]}, "documents"),
        ({"person": {"registers": {}, "flags": "x"}}, "person.flags"),
        ({"entries": {}}, "entries"),
        ({"entries": [1]}, "entries[0]"),
        ({"entries": [{"form": "onbekend"}]}, "entries[0].form"),
        ({"entries": [{"form": "training"}]}, "entries[0].completed_on"),
        ({"entries": [formal("zes", completed_on="2024-01-01")]}, "entries[0].points"),
        ({"entries": [formal(6, completed_on="2024-01-01", test_passed="ja")]}, "entries[0].test_passed"),
        ({"entries": [formal(6, completed_on="2024-01-01", group_size=0)]}, "entries[0].group_size"),
        ({"entries": [formal(6, completed_on="2024-01-01", minutes="1.5")]}, "entries[0].minutes"),
        ({"entries": [formal(6, completed_on="2024-01-01", series="x" * 201)]}, "entries[0].series"),
        (
            {"entries": [reflection(completed_on="2024-01-01", sessions=[{"minutes": 5, "case_minutes": 6}])]},
            "entries[0].sessions[0].minutes",
        ),
    ],
)
def test_wrong_field_is_named(change, field):
    with pytest.raises(DomainError) as refused:
        read_dossier({**dossier(), **change}, shipped_rules)
    assert refused.value.field == field
    assert f"'{field}'" in refused.value.message


def test_period_is_needed():
    data = dossier()
    del data["period"]
    with pytest.raises(DomainError, match="'period'"):
        read_dossier(data, shipped_rules)


nonsense = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text("ab1-. é", max_size=8)
    | st.just("2024-01-01"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["start", "end", "hours", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = ("ruleset", "period", "today", "person", "work", "documents", "entries")
ENTRY = (
    "form",
    "completed_on",
    "points",
    "sessions",
    "minutes",
    "hours",
    "group_size",
    "accreditor",
    "hierarchy",
    "test_passed",
)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.dictionaries(st.sampled_from(FIELDS), nonsense, max_size=2),
    st.dictionaries(st.sampled_from(ENTRY), nonsense, max_size=3),
)
def test_nonsense_is_refused_or_evaluated_but_never_a_crash(change, entry):
    data = {**dossier({"form": "training", **entry}), **change}
    try:
        answer = write_result(evaluate(read_dossier(parse_json(json.dumps(data)), shipped_rules)))
    except DomainError as refused:
        assert refused.message  # noqa: PT017 -- either outcome is good, a crash is not
    else:
        assert json.dumps(answer)
