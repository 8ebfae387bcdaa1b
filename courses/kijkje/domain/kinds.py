"""What a visit and its preparation answer when the kernel asks."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from academy.common.errors import DomainError
from academy.gatherings.kinds import Kind, Mark
from courses.kijkje.domain.readiness import lacking, readiness_among, readiness_of
from courses.kijkje.enums import MOST_VISITORS, PREPARATION, VISIT
from courses.kijkje.models import KijkjePage, Visit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from academy.common.errors import Reason
    from academy.gatherings.models import Gathering, Seat
    from academy.people.models import User
    from certificates.achievement import Achievement
    from courses.kijkje.domain.readiness import Readiness


class VisitKind(Kind):
    name = VISIT

    def url(self, gathering: Gathering) -> str:
        return f"/bezoek/{gathering.public_id}/"

    def reasons(self, person: User, gathering: Gathering) -> tuple[Reason, ...]:
        page = page_of(gathering)
        return tuple(lacking(page, readiness_of(page, person)))

    def place_reasons(self, seat: Seat) -> tuple[Reason, ...]:
        return self.reasons(seat.person, seat.gathering)

    def marks(self, seats: Sequence[Seat]) -> dict[int, tuple[Mark, ...]]:
        """Beside each name whether she prepared and signed."""
        found: dict[int, tuple[Mark, ...]] = {}
        by_page: dict[int, list[Seat]] = defaultdict(list)
        for seat in seats:
            by_page[seat.gathering.offering_id].append(seat)
        for page in KijkjePage.objects.filter(pk__in=by_page):
            held = by_page[page.pk]
            ready = readiness_among(page, {seat.person_id for seat in held})
            found |= {seat.pk: _marks_of(ready[seat.person_id]) for seat in held}
        return found

    def achievements(self, seat: Seat) -> tuple[Achievement, ...]:
        from courses.kijkje.domain.earning import visited  # noqa: PLC0415 -- brings the ledger along; few processes ask

        return visited(seat)

    def terms_changed(self, gathering: Gathering) -> None:
        """Refuses more visitors than a host can have around her; else the visit follows its gathering."""
        if gathering.capacity is None or gathering.capacity > MOST_VISITORS:
            raise DomainError(
                "too_many",
                _("Een bezoek is voor 1 tot %(most)d bezoekers. Plan een tweede bezoek voor wie er niet bij past.")
                % {"most": MOST_VISITORS},
                field="capacity",
            )
        Visit.objects.filter(gathering=gathering).update(visitors=gathering.capacity)


class PreparationKind(Kind):
    name = PREPARATION
    learned = gettext_lazy("Je voorbereiding is klaar. Kijk bij het Kijkje wat je nu nog doet.")
    is_listed = False

    def url(self, gathering: Gathering) -> str:
        return f"/aanbod/{gathering.offering.slug}/"

    def achievements(self, seat: Seat) -> tuple[Achievement, ...]:
        from courses.kijkje.domain.earning import prepared  # noqa: PLC0415 -- idem

        return prepared(seat)


def page_of(gathering: Gathering) -> KijkjePage:
    page: KijkjePage = KijkjePage.objects.get(pk=gathering.offering_id)
    return page


def _marks_of(ready: Readiness) -> tuple[Mark, ...]:
    prepared = Mark(_("voorbereid"), "done") if ready.is_prepared else Mark(_("nog niet voorbereid"), "soon")
    if not ready.needs_signature:
        return (prepared,)
    return prepared, Mark(_("getekend"), "done") if ready.is_signed else Mark(_("nog niet getekend"), "soon")
