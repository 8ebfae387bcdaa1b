"""Loading the shipped rules into tables, reading them back as values, and saying that somebody verified them."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, cast

from django.apps import apps as live_apps
from django.core.cache import cache
from django.db import transaction

from academy.common.errors import DomainError
from academy.people.domain.audit import record as log
from certificates.credits.engine.files import demand_rows, form_rows, read_forms, read_registers, read_rule_sets
from certificates.credits.engine.values import Demand, FormRule, Rules
from certificates.credits.enums import RuleSetStatus
from certificates.credits.models import RuleSet

if TYPE_CHECKING:
    from datetime import date

    from academy.people.models import User


@transaction.atomic
def load_register_data(apps: Any = live_apps) -> None:
    """Bring registers, chambers, forms and rule sets of the seed files into the tables; twice is once.

    Migrations pass their historical ``apps``. Raises ValueError when the figures of a rule set that is there already
    differ: a changed figure is a new rule set with its own dates.
    """

    def model(name: str) -> Any:
        return apps.get_model("credits", name)._default_manager  # noqa: SLF001 -- Django's documented name

    chambers = {}
    for written in read_registers():
        facts = {name: value for name, value in written.items() if name not in {"code", "chambers"}}
        register, _created = model("Register").update_or_create(code=written["code"], defaults=facts)
        for part in written["chambers"]:
            rest = {name: value for name, value in part.items() if name != "code"}
            chamber, _created = model("Chamber").update_or_create(register=register, code=part["code"], defaults=rest)
            chambers[f"{register.code}:{chamber.code}"] = chamber
    for code, label in read_forms().items():
        model("ActivityForm").update_or_create(code=code, defaults={"label": label})
    for code, written in read_rule_sets().items():
        digest = hashlib.sha256(json.dumps(written, sort_keys=True, default=str).encode()).hexdigest()
        held = model("RuleSet").filter(code=code).first()
        if held is None:
            _write_rule_set(model, written, digest, chambers)
        elif held.digest != digest:
            raise ValueError(f"De regels {code} zijn gewijzigd; maak er een nieuwe versie van met een eigen datum.")


def _write_rule_set(model: Any, written: dict[str, Any], digest: str, chambers: dict[str, Any]) -> None:
    parts = {"requirement", "eligibility", "chambers"}
    facts = {name: value for name, value in written.items() if name not in parts}
    rule_set = model("RuleSet").create(**facts, digest=digest)
    rule_set.chambers.set([chambers[code] for code in written["chambers"]])
    for position, row in enumerate(demand_rows(written)):
        model("Requirement").create(rule_set=rule_set, position=position, **row)
    for position, row in enumerate(form_rows(written)):
        model("EligibilityRule").create(rule_set=rule_set, position=position, **row)


_HELD, _SECONDS = "credits.rule_sets", 300


def rule_sets() -> list[RuleSet]:
    """Every rule set once for each of its chambers, the newest first; read once in five minutes.

    They come with a release. What changes in between is that somebody verified one, and that empties the list.
    """
    return cast("list[RuleSet]", cache.get_or_set(_HELD, lambda: list(RuleSet.objects.with_chamber()), _SECONDS))


# Rules by code, digest and status; the contents of a digest never change.
_read: dict[tuple[str, str, str], Rules] = {}


def rules_of(rule_set: RuleSet) -> Rules:
    """The rule set as the engine reads it, with what somebody verified; read once per process."""
    known = (rule_set.code, rule_set.digest, rule_set.status)
    if known not in _read:
        _read[known] = _rules(rule_set)
    return _read[known]


def _rules(rule_set: RuleSet) -> Rules:
    def values(cls: type, row: Any) -> Any:
        return cls(**{name: getattr(row, name) for name in cls.__dataclass_fields__})  # type: ignore[attr-defined]

    return Rules(
        code=rule_set.code,
        name=rule_set.name,
        status=rule_set.status,
        chambers=tuple(chamber.full_code for chamber in rule_set.chambers.select_related("register")),
        demands=tuple(values(Demand, row) for row in rule_set.requirements.all()),
        forms=tuple(values(FormRule, row) for row in rule_set.eligibility.all()),
        period_years=rule_set.period_years,
        test_forms=tuple(rule_set.test_forms),
        test_from_minutes=rule_set.test_from_minutes,
    )


@transaction.atomic
def verify_rule_set(*, rule_set: RuleSet, by: User, on: date) -> RuleSet:
    """Say that the figures were checked with the register on a day; from then on somebody can be told "voldoet"."""
    rule_set = RuleSet.objects.select_for_update().get(pk=rule_set.pk)
    if not rule_set.requirements.exclude(minimum__isnull=True).exists():
        raise DomainError("no_figures", "Deze regels hebben nog geen getallen; voeg die eerst toe als nieuwe versie.")
    rule_set.status = RuleSetStatus.VERIFIED
    rule_set.verified_on, rule_set.verified_by = on, by.full_name
    rule_set.save(update_fields=["status", "verified_on", "verified_by"])
    transaction.on_commit(lambda: cache.delete(_HELD))
    log(action="rule_set.verify", by=by, target=rule_set.code)
    return rule_set
