"""Contacts at partners, and the fixed contact of a team at Veilig Thuis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from academy.common import clock
from academy.common.errors import DomainError
from academy.partners.domain.saving import Partner, about, check_exists, save_clean
from academy.partners.models import Contact, TeamContact
from academy.people.domain.audit import record

if TYPE_CHECKING:
    from datetime import date

    from academy.people.models import Team, User

CONTACT_FACTS = frozenset({"name", "function", "level", "email", "phone"})


@transaction.atomic
def add_contact(*, partner: Partner, by: User, **facts: Any) -> Contact:
    """A new contact at ``partner``. The same name there once more changes the facts of the contact that is known.

    Raises DomainError for a partner that merged away.
    """
    check_exists(partner)
    known = Contact.objects.select_for_update().filter(name=facts.get("name", ""), **about(partner)).first()
    if known is not None:
        return change_contact(contact=known, by=by, **facts)
    contact = Contact(**about(partner), **facts)
    save_clean(contact)
    record(action="partners.contact", by=by, target=contact.public_id, data={"what": "add"})
    return contact


@transaction.atomic
def change_contact(*, contact: Contact, by: User, **facts: Any) -> Contact:
    """Change what is known; what stays the same is not written."""
    if unknown := set(facts) - CONTACT_FACTS:
        raise ValueError(f"Not to be changed here: {', '.join(sorted(unknown))}")
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    changed = [name for name, value in facts.items() if getattr(contact, name) != value]
    if changed:
        for name in changed:
            setattr(contact, name, facts[name])
        save_clean(contact)
        record(action="partners.contact", by=by, target=contact.public_id, data={"what": sorted(changed)})
    return contact


@transaction.atomic
def remove_contact(*, contact: Contact, by: User) -> None:
    """Forget somebody who is a contact no more; what was done with her stays, without her name."""
    deleted, _per_table = Contact.objects.filter(pk=contact.pk).delete()
    if deleted:
        record(action="partners.contact", by=by, target=contact.public_id, data={"what": "remove"})


@transaction.atomic
def set_team_contact(
    *, team: Team, display_name: str, work_phone: str, by: User | None, days_present: str = "", on: date | None = None
) -> TeamContact:
    """Name the fixed contact of ``team`` from the day ``on`` (today); the one before ends then.

    The same facts again change nothing. Raises DomainError for a team that has ended and for a day in the future or
    before the present contact began.
    """
    on = on or clock.today()
    if team.active_to is not None:
        raise DomainError("ended", f"{team.name} bestaat niet meer; kies het team dat nu bestaat.")
    if on > clock.today():
        raise DomainError("future", "Leg dit vast op de dag dat het ingaat, niet eerder.", field="on")
    facts = {"display_name": display_name.strip(), "work_phone": work_phone.strip(), "days_present": days_present}
    held: TeamContact | None = TeamContact.objects.select_for_update().filter(team=team, ends_on__isnull=True).first()
    if held is not None:
        if all(getattr(held, name) == value for name, value in facts.items()):
            return held
        if on < held.starts_on:
            raise DomainError("dates", "De vorige contactpersoon begon later; kies een latere dag.", field="on")
        held.ends_on = on
        held.save(update_fields=["ends_on"])
    contact = TeamContact(team=team, starts_on=on, **facts)
    save_clean(contact)
    record(action="partners.team_contact", by=by, target=team.public_id)
    return contact


@transaction.atomic
def end_team_contact(*, team: Team, by: User) -> None:
    """The team has no fixed contact from today; who never began is forgotten."""
    today = clock.today()
    held = TeamContact.objects.select_for_update().filter(team=team, ends_on__isnull=True).first()
    if held is None:
        return
    held.ends_on = max(today, held.starts_on)
    held.save(update_fields=["ends_on"])
    record(action="partners.team_contact", by=by, target=team.public_id, data={"what": "end"})
