"""Entering what one did elsewhere, and taking it away again. It counts as informal hours, by one's own account."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from certificates.achievement import OWN, Achievement
from certificates.domain.recognition import correct, recognise
from certificates.models import OwnActivity

if TYPE_CHECKING:
    from academy.people.models import User

FORM = "informal"
# A period of registration and the year in which one hands in its papers.
LOOKS_BACK = timedelta(days=6 * 366)


@transaction.atomic
def enter_activity(*, person: User, title: str, provider: str, on: date, minutes: int, evidence: str) -> OwnActivity:
    """Put it in the portfolio and book its hours. The same once more returns what is there.

    Raises DomainError for a day to come or long ago, and for the same activity of that day with another length.
    """
    today = clock.today()
    if not today - LOOKS_BACK <= on <= today:
        raise DomainError("invalid", _("Kies een dag van de afgelopen zes jaar, niet in de toekomst."), field="on")
    title, provider, evidence = (" ".join(words.split()) for words in (title, provider, evidence))
    held: OwnActivity | None = OwnActivity.objects.filter(person=person, title=title, on=on).first()
    if held is not None:
        if held.minutes == minutes:
            return held
        raise DomainError("duplicate", _("Deze activiteit staat er al op die dag. Haal die eerst weg."), field="title")
    activity = OwnActivity(
        person=person, title=title, provider=provider, on=on, minutes=minutes, evidence=evidence, entered_at=clock.now()
    )
    activity.full_clean(exclude=["person"])
    activity.save()
    recognise(achievement=_achievement(activity), by=person)
    return activity


@transaction.atomic
def remove_activity(*, activity: OwnActivity, by: User) -> None:
    """Take it out of the portfolio and book its hours back; the words are wiped."""
    if by.pk != activity.person_id:
        raise NotAllowedError("not_allowed", _("Een eigen activiteit haal je zelf weg."))
    activity = OwnActivity.objects.select_for_update(of=("self",)).select_related("person").get(pk=activity.pk)
    nothing = replace(_achievement(activity), minutes=0, planned_minutes=0)
    correct(achievement=nothing, by=by, reason="Zelf weggehaald")
    activity.delete()


def _achievement(activity: OwnActivity) -> Achievement:
    """Without the words: what is in the ledger stays there."""
    return Achievement(
        person=activity.person.public_id,
        source_key=f"{OWN}{activity.public_id}",
        form=FORM,
        title="Eigen activiteit",
        provider="Zelf ingevoerd",
        first_day=activity.on,
        last_day=activity.on,
        completed_on=activity.on,
        minutes=activity.minutes,
        planned_minutes=activity.minutes,
    )
