"""Forgetting a person, table by table as the privacy registry says (AVG art. 17)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from academy.people.domain.erasing import close_for_good, empty_account
from academy.people.models import User
from academy.portal import privacy
from academy.portal.domain.belonging import Table, tables


@dataclass(frozen=True, slots=True)
class Fate:
    """What an erasure does with the rows of one table, and for what stays: on what ground and how long."""

    what: str
    rows: int
    erase: str
    ground: str
    retention: str


@dataclass(frozen=True, slots=True)
class Fates:
    gone: tuple[Fate, ...]
    nameless: tuple[Fate, ...]
    kept: tuple[Fate, ...]

    @property
    def reasons(self) -> dict[tuple[str, str], list[Fate]]:
        """What stays, by the ground on which and the time for which it does."""
        found: dict[tuple[str, str], list[Fate]] = {}
        for fate in self.kept:
            found.setdefault((fate.ground, fate.retention), []).append(fate)
        return found


@transaction.atomic
def erase_person(*, person: User, by: User | None) -> User:
    """Forget ``person``: seats are given back, sessions end, rows go or lose their name. It cannot be undone.

    ``by`` is the person herself, or None when a term passed. A second call changes nothing. Raises DomainError, and
    changes nothing, for the last administrator and for who leads something that then has no lead.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.erased_at is not None:
        return person
    close_for_good(person=person, by=by)
    account = None
    for table in tables():
        if table.model is User:
            account = table
        else:
            _empty(table, person)
    return empty_account(person=person, personal=_personal(account))


def fates_of(person: User) -> Fates:
    """What would go, lose its name, and stay; tables without rows of hers are left out."""
    text = privacy.words()
    sorted_out: dict[str, list[Fate]] = {"delete": [], "anonymise": [], "keep": []}
    for table in reversed(tables()):
        rows = table.rows_of(person).count()
        if rows:
            line = _deciding(table)
            sorted_out[line.erase].append(
                Fate(
                    what=table.title,
                    rows=rows,
                    erase=text["erase"][line.erase],
                    ground=text["ground"][line.ground],
                    retention=text["retention"][line.retention],
                )
            )
    return Fates(tuple(sorted_out["delete"]), tuple(sorted_out["anonymise"]), tuple(sorted_out["keep"]))


def _deciding(table: Table) -> privacy.Line:
    """The line that decides about a row: one that must stay, else that of the key to the person."""
    own = {path.partition("__")[0] for path in table.paths}
    kept = [line for line in table.lines if line.erase == "keep"]
    keys = [line for line in table.lines if line.field in own or line.field == privacy.ANY]
    return (kept or keys or list(table.lines))[0]


def _empty(table: Table, person: User) -> None:
    """Delete the rows; or, of rows that stay, the fields that go. A row without a name points at an empty account."""
    rows = table.rows_of(person)
    if _deciding(table).erase == "delete":
        rows.delete()
        return
    gone = [table.model._meta.get_field(name) for name in table.names(erase="delete")]
    if gone:
        rows.update(**{field.name: _nothing(field) for field in gone})


def _nothing(field: Any) -> Any:
    return None if field.null else field.get_default()


def _personal(account: Table | None) -> list[str]:
    unsaid = {"full_name", "email", "is_active", "password", "left_at", "erased_at"}  # these get a value of their own
    return [name for name in account.names(erase="delete") if name not in unsaid] if account else []
