"""What others must hear of externals: the hook for whoever writes to them (this package knows no mail of its own)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from academy.people.models import Organisation, PersonalInvitation, User


class Teller(Protocol):
    """What is called inside the transaction of the change."""

    def waiting(self, *, organisation: Organisation | None) -> object:
        """Somebody waits for the coordinators of ``organisation``; of the office when it is not there yet."""

    def confirmed(self, *, person: User, place: str) -> object:
        """Her place was confirmed."""

    def declined(self, *, person: User, place: str, reason: str) -> object:
        """Her place was not confirmed."""

    def invited(self, *, invitation: PersonalInvitation, path: str, days: int) -> object:
        """Somebody is invited; ``path`` opens the invitation for ``days``."""


_TELLERS: dict[str, Teller] = {}


def register_teller(name: str, teller: Teller) -> None:
    """Have ``teller`` hear of it (from ``AppConfig.ready``). The same name again takes the place of the first."""
    _TELLERS[name] = teller


def tell_waiting(*, organisation: Organisation | None) -> None:
    for teller in _TELLERS.values():
        teller.waiting(organisation=organisation)


def tell_confirmed(*, person: User, place: str) -> None:
    for teller in _TELLERS.values():
        teller.confirmed(person=person, place=place)


def tell_declined(*, person: User, place: str, reason: str) -> None:
    for teller in _TELLERS.values():
        teller.declined(person=person, place=place, reason=reason)


def tell_invited(*, invitation: PersonalInvitation, path: str, days: int) -> None:
    for teller in _TELLERS.values():
        teller.invited(invitation=invitation, path=path, days=days)
