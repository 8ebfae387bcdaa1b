"""What waits at the desks of somebody who works for the academy, so that her first page says where to begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from academy.gatherings.models import Gathering
from academy.outbox.domain.failures import count_failures
from academy.partners.models import InformationRequest, Outreach
from academy.people.enums import Role
from academy.people.models import Membership
from academy.people.rules import has_role, role_assignments
from academy.portal import office_reading
from academy.portal.office_reading import Task
from leertafels.cases.models import BreachRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from academy.people.models import User


@dataclass(frozen=True, slots=True)
class Desk:
    """A page somebody works at, and what waits there; no tasks means that nothing does."""

    title: str
    text: str
    url: str
    tasks: tuple[Task, ...]


def desks_of(user: User) -> list[Desk]:
    """One for each role that has a page of its own; no query for who has none."""
    return [make(user) for roles, make in DESKS if has_role(user, *roles)]


def _groups(user: User) -> Desk:
    waiting = Gathering.objects.led_by(user).to_close().count()
    words = ngettext(
        "groep wacht op aanwezigheid en afsluiten", "groepen wachten op aanwezigheid en afsluiten", waiting
    )
    url = reverse("groups")
    text = _("Wie er komt, de aanwezigheid en het afsluiten.")
    return Desk(_("Mijn groepen"), text, url, _some(Task(waiting, words, url, "soon")))


def _team(user: User) -> Desk:
    waiting = Membership.objects.waiting_for(user).count() if has_role(user, Role.COORDINATOR) else 0
    words = ngettext("collega wacht op bevestiging", "collega's wachten op bevestiging", waiting)
    text = _("Wie wat volgt, wie nieuw is en wat eraan komt.")
    return Desk(
        _("Team"), text, reverse("team_overview"), _some(Task(waiting, words, reverse("manage_approvals"), "soon"))
    )


def _office(user: User) -> Desk:
    waiting = Gathering.objects.to_close().count()
    words = ngettext("groep wacht op afsluiten", "groepen wachten op afsluiten", waiting)
    url = reverse("office")
    tasks = (*_some(Task(waiting, words, url, "soon")), *office_reading.tasks(user))
    return Desk(_("Bureau"), _("Plannen, plaatsen, aanvragen en wat bleef liggen."), url, tasks)


def _hr(_user: User) -> Desk:
    text = _("Wie op koers ligt met de registratie, de uren en wat naar het register moet.")
    return Desk(_("HR"), text, reverse("hr_overview"), ())


def _partners(_user: User) -> Desk:
    late, new = Outreach.objects.overdue().count(), InformationRequest.objects.waiting().count()
    tasks = _some(
        Task(late, ngettext("stap is te laat", "stappen zijn te laat", late), reverse("partners_week"), "late"),
        Task(new, ngettext("nieuwe aanvraag", "nieuwe aanvragen", new), reverse("partner_requests"), "soon"),
    )
    return Desk(_("Partners"), _("De witte vlekken, en wat je deze week doet."), reverse("partners"), tasks)


def _municipality(user: User) -> Desk:
    names = [str(one.municipality) for one in role_assignments(user) if one.role == Role.MUNICIPALITY]
    text = _("Wie we samen bereiken in %(places)s, en wat eraan komt.") % {"places": ", ".join(names)}
    return Desk(_("Gemeente"), text, reverse("municipality"), ())


def _privacy(_user: User) -> Desk:
    waiting, url = BreachRecord.objects.filter(closed_at__isnull=True).count(), reverse("breaches")
    words = ngettext("melding wacht op je oordeel", "meldingen wachten op je oordeel", waiting)
    text = _("Teksten waarvan iemand zegt dat ze herleidbaar zijn.")
    return Desk(_("Herleidbaar"), text, url, _some(Task(waiting, words, url, "late")))


def _keeping(_user: User) -> Desk:
    failed = count_failures()
    words = ngettext("mail of taak bleef liggen", "mails of taken bleven liggen", failed)
    tasks = _some(Task(failed, words, reverse("failed_jobs"), "late"))
    return Desk(_("Beheer"), _("Accounts, rollen, organisaties en accreditaties."), reverse("manage_home"), tasks)


def _editing(_user: User) -> Desk:
    text = _("Wat op je oordeel wacht en wat over zijn leesdatum is.")
    return Desk(_("Redactie"), text, reverse("wagtailadmin_home"), ())


def _some(*tasks: Task) -> tuple[Task, ...]:
    return tuple(task for task in tasks if task.number)


# In the order of the menu.
DESKS: tuple[tuple[Iterable[Role], Callable[[User], Desk]], ...] = (
    ((Role.TRAINER, Role.FACILITATOR, Role.HOST, Role.EXPERT), _groups),
    ((Role.TEAM_MANAGER, Role.COORDINATOR), _team),
    ((Role.OFFICE,), _office),
    ((Role.HR,), _hr),
    ((Role.PARTNERSHIP,), _partners),
    ((Role.MUNICIPALITY,), _municipality),
    ((Role.PRIVACY,), _privacy),
    ((Role.ADMIN,), _keeping),
    ((Role.EDITOR,), _editing),
)
