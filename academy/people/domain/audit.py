"""The one function that writes the log of who did or opened what."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from academy.common import clock
from academy.people.models import AuditEntry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from academy.people.models import User

# A closed vocabulary: a word that is not here cannot be written. Packages above add theirs in ``AppConfig.ready``.
ACTIONS: dict[str, object] = {
    "role.assign": _("rol gegeven"),
    "role.end": _("rol beëindigd"),
    "person.create": _("account gemaakt"),
    "person.open": _("gegevens bekeken"),
    "person.erase": _("account gewist"),
    "person.export": _("eigen gegevens opgehaald"),
    "person.leave": _("uit dienst gemeld"),
    "person.import": _("ingelezen uit een personeelslijst"),
    "membership.add": _("plek in een organisatie toegevoegd"),
    "membership.end": _("plek in een organisatie beëindigd"),
    "membership.manager": _("leidinggevende gewijzigd"),
    "organisation.change": _("organisatie gewijzigd"),
    "team.change": _("team gewijzigd"),
    "municipality.merge": _("gemeenten samengevoegd"),
    "account.approve": _("account bevestigd"),
    "account.decline": _("plek niet bevestigd"),
    "account.renew": _("plek opnieuw bevestigd"),
    "account.suspend": _("bevestiging van de plek vervallen"),
    "organisation.ask": _("gevraagd om een organisatie"),
    "invitation.send": _("iemand uitgenodigd"),
    "invitation.withdraw": _("uitnodiging ingetrokken"),
    "invitation.accept": _("uitnodiging aangenomen"),
    "second_factor.ask": _("herstel van de tweede factor gevraagd"),
    "second_factor.reset": _("tweede factor hersteld"),
    "token.create": _("toegangssleutel gemaakt"),
    "token.revoke": _("toegangssleutel ingetrokken"),
    "consent.record": _("instemming van de ondernemingsraad vastgelegd"),
    "consent.withdraw": _("instemming van de ondernemingsraad ingetrokken"),
    "log_in": _("ingelogd"),
    "log_in.refuse": _("inloggen geweigerd"),
    "session.end": _("op een ander apparaat uitgelogd"),
    "email.change": _("e-mailadres gewijzigd"),
    "job.retry": _("taak opnieuw gestart"),
    "demo.load": _("demo geladen"),
}


def register_actions(**words: object) -> None:
    """Add words to the vocabulary; ``noun__verb=...`` becomes ``noun.verb``."""
    ACTIONS.update({word.replace("__", "."): label for word, label in words.items()})


def record(
    *, action: str, by: User | None, subject: User | None = None, target: str = "", data: dict[str, Any] | None = None
) -> AuditEntry:
    """Add a row. ``by`` is None for what the academy does by itself. Raises ValueError for an unknown action."""
    if action not in ACTIONS:
        raise ValueError(f"Onbekend woord in het logboek: {action}")
    return AuditEntry.objects.create(
        at=clock.now(), actor=by, subject=subject, action=action, target=target, data=data or {}
    )


def record_many(*, action: str, by: User, subjects: Iterable[int], target: str = "") -> int:
    """A row for each person (by key) whom one act of ``by`` is about, except ``by`` herself; how many that were."""
    if action not in ACTIONS:
        raise ValueError(f"Onbekend woord in het logboek: {action}")
    moment = clock.now()
    rows = (
        AuditEntry(at=moment, actor=by, subject_id=subject, action=action, target=target)
        for subject in subjects
        if subject != by.pk
    )
    written = 0
    while part := list(islice(rows, 500)):
        written += len(AuditEntry.objects.bulk_create(part))
    return written
