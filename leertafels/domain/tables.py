"""Planning and changing leertafels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain.locking import lock_gathering
from academy.gatherings.domain.planning import plan_gathering
from academy.gatherings.models import Gathering
from academy.gatherings.rules import can_plan
from academy.people.domain.audit import record
from academy.people.enums import Role
from academy.people.models import Membership
from academy.people.rules import has_role
from leertafels.cases.domain.bringing import set_case_rules
from leertafels.domain.leertafel_kind import NAME, check_size
from leertafels.enums import SMALLEST, largest
from leertafels.models import Leertafel
from leertafels.rules import can_plan_tables, leading_at, seated_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from academy.gatherings.domain.planning import Plan
    from academy.people.models import User
    from leertafels.models import LeertafelPage

# What a table takes from its page unless it is planned otherwise.
FROM_PAGE = ("mode", "level", "region", "agreements")


@transaction.atomic
def plan_leertafel(
    *,
    page: LeertafelPage,
    sessions: Sequence[Plan],
    by: User | None,
    capacity: int | None = None,
    minimum: int = SMALLEST,
    asks_text: bool = False,
    allow_past: bool = False,
    own: dict[str, Any] | None = None,
    **terms: Any,
) -> Leertafel:
    """A table in draft: mode, level, region and agreements are those of the page unless ``own`` says otherwise.

    With ``asks_text`` who brings something in may describe a case. ``terms`` are those of ``plan_gathering``. Raises
    DomainError without a date, or when the size does not fit.
    """
    if by is not None and not can_plan_tables(by):
        raise NotAllowedError("not_allowed", _("Een leertafel plant een gespreksleider of het bureau."))
    if not sessions:
        raise DomainError("sessions_missing", _("Plan minstens een bijeenkomst."), field="sessions")
    values = _known({**{name: getattr(page, name) for name in FROM_PAGE}, **(own or {})})
    size = largest(values["mode"]) if capacity is None else capacity
    check_size(values["mode"], size, minimum)
    sized = {"capacity": size, "minimum": minimum}
    gathering = plan_gathering(
        kind=NAME, offering=page, sessions=sessions, by=by, allow_past=allow_past, **sized, **terms
    )
    table = Leertafel(gathering=gathering, **values)
    table.full_clean(exclude=["gathering", "region"])
    table.save()
    set_case_rules(gathering=gathering, asks_text=asks_text, by=by)
    return table


@transaction.atomic
def change_leertafel(
    *, leertafel: Leertafel, by: User | None, asks_text: bool | None = None, **terms: Any
) -> Leertafel:
    """Change mode, level, region, agreements, or with ``asks_text`` whether one may describe a case.

    Other agreements are a new version: everybody signs again. Raises DomainError when the size does not fit the mode,
    or when a table becomes one for intervision with a manager and a report at it.
    """
    gathering: Gathering = lock_gathering(leertafel.gathering_id)
    if by is not None and not can_plan(by, gathering):
        raise NotAllowedError("not_allowed", _("Een leertafel wijzigt de gespreksleider of het bureau."))
    table = Leertafel.objects.select_for_update(of=("self",)).get(pk=gathering.pk)
    before = (table.agreements, table.has_intervision)
    for name, value in _known(terms).items():
        setattr(table, name, value)
    check_size(table.mode, gathering.capacity, gathering.minimum, field="mode")
    table.agreements = table.agreements.strip()
    if table.agreements != before[0]:
        table.agreements_version += 1
    if table.has_intervision and not before[1]:
        _check_no_authority(gathering)
    table.full_clean(exclude=["gathering", "region"])
    table.save()
    if asks_text is not None:
        set_case_rules(gathering=gathering, asks_text=asks_text, by=by)
        terms["asks_text"] = asks_text
    record(action="leertafel.change", by=by, target=gathering.public_id, data={"terms": sorted(terms)})
    return table


def leads_own_tables(by: User) -> bool:
    """Whether who plans this table leads it: a facilitator who does not work at the office."""
    return can_plan_tables(by) and not has_role(by, Role.OFFICE)


def _known(terms: dict[str, Any]) -> dict[str, Any]:
    if unknown := terms.keys() - set(FROM_PAGE):
        raise TypeError(f"Niet te wijzigen: {', '.join(sorted(unknown))}")
    return terms


def _check_no_authority(gathering: Gathering) -> None:
    seated = seated_at(gathering)
    held = Membership.objects.current().filter(person__in=seated, manager__in=[*seated, *leading_at(gathering)])
    if held.exists():
        raise DomainError(
            "authority",
            _("Er zit een leidinggevende met een eigen medewerker aan deze tafel. Zoek voor een van hen een andere."),
            field="mode",
        )
