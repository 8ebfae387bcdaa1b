"""Mails about places at partners: somebody waits, the answer, and whether people still work there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from academy.common import clock
from academy.outbox.domain.heartbeat import beat, last_beat
from academy.outbox.domain.messages import send_message
from academy.people.enums import Role
from academy.people.models import Membership, Organisation, PersonalInvitation, User

if TYPE_CHECKING:
    from collections.abc import Iterable

WAITING, RENEW, CONFIRMED, DECLINED = "people.waiting", "people.renew", "people.confirmed", "people.declined"
INVITED, ASKED = "people.invited", "people.renewals"


class Mails:
    """Hears of externals and writes to who must know. No names of those who wait: they stand behind the log-in."""

    def waiting(self, *, organisation: Organisation | None) -> None:
        """At most one mail a day to each who may answer, however many people sign up."""
        name = organisation.name if organisation else _("een organisatie die de academie nog niet kent")
        link = [reverse("manage_approvals"), _("Bekijk wie er wacht")]
        for reader in readers(organisation):
            send_message(
                trigger=WAITING,
                subject_key=f"organisation:{organisation.public_id if organisation else ''}",
                occurrence=clock.today().isoformat(),
                person=reader,
                facts={"organisation": name, "link": link},
            )

    def confirmed(self, *, person: User, place: str) -> None:
        _answer(CONFIRMED, person, {"place": place, "link": [reverse("mine"), _("Naar je overzicht")]})

    def declined(self, *, person: User, place: str, reason: str) -> None:
        facts: dict[str, Any] = {
            "place": place,
            "reason": reason,
            "link": [reverse("workplace"), _("Pas je werkplek aan")],
        }
        _answer(DECLINED, person, facts)

    def invited(self, *, invitation: PersonalInvitation, path: str, days: int) -> None:
        send_message(
            trigger=INVITED,
            subject_key=f"invitation:{invitation.public_id}",
            address=invitation.email,
            facts={
                "organisation": invitation.organisation.name,
                "days": days,
                "link": [path, _("Bekijk de uitnodiging")],
            },
        )


def readers(organisation: Organisation | None) -> Iterable[User]:
    """The coordinators of an organisation; the office for one without."""
    people = User.objects.get_queryset().active()
    if organisation is not None:
        found = people.with_role(Role.COORDINATOR, organisation=organisation)
        if found:
            return found
    return people.with_role(Role.OFFICE)


def ask_again() -> int:
    """Once a day: ask who speaks for an organisation whether its people still work there; one mail a month at most."""
    last = last_beat(ASKED)
    today = clock.today()
    if last is not None and last.astimezone(clock.AMSTERDAM).date() == today:
        return 0
    due = Membership.objects.to_renew().values("organisation").annotate(people=Count("person", distinct=True))
    counted = {row["organisation"]: row["people"] for row in due.order_by()}
    asked = 0
    for organisation in Organisation.objects.filter(pk__in=counted).order_by("pk"):
        for reader in readers(organisation):
            send_message(
                trigger=RENEW,
                subject_key=f"organisation:{organisation.public_id}",
                occurrence=f"{today:%Y-%m}",
                person=reader,
                facts={
                    "organisation": organisation.name,
                    "people": counted[organisation.pk],
                    "link": [reverse("manage_approvals"), _("Bekijk de lijst")],
                },
            )
            asked += 1
    beat(ASKED)
    return asked


def _answer(trigger: str, person: User, facts: dict[str, Any]) -> None:
    send_message(
        trigger=trigger,
        subject_key=f"person:{person.public_id}",
        occurrence=clock.now().isoformat(),
        person=person,
        facts=facts,
    )
