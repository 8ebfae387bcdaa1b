"""The own profile, and the note that somebody else opened it."""

from __future__ import annotations

import re
from datetime import time

from django.db import transaction

from academy.common import clock
from academy.common.errors import DomainError
from academy.people.domain.audit import record
from academy.people.domain.signing_in import is_plain_name
from academy.people.models import AuditEntry, User

LONGEST_NAME = 80
PHONE = re.compile(r"\+?[0-9 ()\-]{6,30}")


@transaction.atomic
def change_profile(*, person: User, display_name: str, phone: str) -> User:
    """Set the name that others see (empty: the full name) and the telephone number."""
    display_name, phone = " ".join(display_name.split()), phone.strip()
    if phone and not PHONE.fullmatch(phone):
        raise DomainError("phone", "Schrijf het nummer met cijfers, bijvoorbeeld 06 1234 5678.", field="phone")
    if len(display_name) > LONGEST_NAME:
        raise DomainError("name", f"Kies een naam van hoogstens {LONGEST_NAME} tekens.", field="display_name")
    if display_name and not is_plain_name(display_name):
        raise DomainError("name", "Kies een naam in gewone letters, zonder < of >.", field="display_name")
    person.display_name, person.phone = display_name, phone
    person.save(update_fields=["display_name", "phone"])
    return person


@transaction.atomic
def note_opened(*, person: User, by: User) -> AuditEntry | None:
    """Record that ``by`` opened somebody else's profile; once a day per reader."""
    if person.pk == by.pk:
        return None
    midnight = clock.amsterdam(clock.today(), time(0))
    seen: AuditEntry | None = AuditEntry.objects.filter(
        subject=person, actor=by, action="person.open", at__gte=midnight
    ).first()
    return seen or record(action="person.open", by=by, subject=person)
