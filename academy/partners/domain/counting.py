"""Which offerings count for the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from academy.partners.models import CountedOffering
from academy.people.domain.audit import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from academy.gatherings.models import Offering
    from academy.partners.enums import CountsAs
    from academy.people.models import User


@transaction.atomic
def choose_offerings(*, offerings: Iterable[Offering], counts_as: CountsAs | str, by: User | None) -> None:
    """Let exactly these count; the figures follow at once, also those of the past."""
    wanted = {offering.pk for offering in offerings}
    rows = CountedOffering.objects.select_for_update().filter(counts_as=counts_as)
    held = set(rows.values_list("offering_id", flat=True))
    if wanted == held:
        return
    rows.exclude(offering__in=wanted).delete()
    CountedOffering.objects.bulk_create(
        CountedOffering(offering_id=key, counts_as=counts_as) for key in sorted(wanted - held)
    )
    record(action="partners.count", by=by, data={"counts_as": str(counts_as), "offerings": sorted(wanted)})
