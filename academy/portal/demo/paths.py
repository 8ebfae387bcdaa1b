"""The leerroutes of the demo: two programmes for who begins, and one for process coaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from academy.common import clock
from academy.gatherings.enums import Audience
from academy.gatherings.models import Offering
from academy.people.models import JobFunction
from academy.portal.demo.kijkje import ANDERSOM, VT
from courses.paths.domain.section import prepare_paths
from courses.paths.models import PathPage, PathStep

if TYPE_CHECKING:
    from academy.portal.demo import Demo

TABLE, INTERVISION = "leertafel-veiligheid-in-het-gezin", "intervisietafel-zaanstreek-waterland"


@dataclass(frozen=True)
class Route:
    """A step is a slug, the days after the first day of work (None: no date), and what there is to know."""

    slug: str
    title: str
    introduction: str
    audience: Audience
    functions: tuple[str, ...]
    steps: tuple[tuple[str, int | None, str], ...]


ROUTES = (
    Route(
        "start-sterk-in-het-lokale-team",
        "Start sterk in het lokale team",
        "Voor wie begint in een lokaal team: in een jaar van kennismaken, via trainen, naar de leertafel.",
        Audience.EXTERNAL,
        ("medewerker-lokaal-team",),
        (
            (VT, 90, ""),
            ("meldcode-in-vijf-stappen", 60, ""),
            ("herkennen-signaleren-bespreken", 120, ""),
            ("patronen-van-geweld", 240, ""),
            ("veiligheidsplan-met-het-gezin", 300, ""),
            (TABLE, 365, "Kies de tafel in je eigen regio."),
        ),
    ),
    Route(
        "inwerkprogramma",
        "Inwerkprogramma Blijf Groep en Veilig Thuis Flevoland",
        "Voor nieuwe collega's: wat je volgt in je eerste half jaar, en waarom in deze volgorde.",
        Audience.INTERNAL,
        (),
        (
            ("meldcode-in-vijf-stappen", 14, ""),
            ("oranje-huis-aanpak", 30, ""),
            (ANDERSOM, 60, ""),
            ("traumasensitief-werken", 60, ""),
            ("samenwerken-volgens-top3", 90, ""),
            (INTERVISION, 120, "Of de intervisie van je eigen team."),
            ("intieme-terreur", 180, "Ben je maatschappelijk werker, regel dan nu ook je SKJ-registratie."),
        ),
    ),
    Route(
        "programma-procesbegeleiders",
        "Programma voor procesbegeleiders",
        "Je begeleidt teams in hun werk aan veiligheid. Dit programma verdiept je vak, in je eigen tempo.",
        Audience.INTERNAL,
        ("procesbegeleider",),
        (
            ("samenwerken-volgens-top3", None, ""),
            ("intieme-terreur", None, ""),
            ("motiverende-gespreksvoering", None, ""),
            (ANDERSOM, None, "Kies een team waar je nog niet kwam."),
            (INTERVISION, None, ""),
            ("stevig-blijven-staan", None, ""),
        ),
    ),
)
OPTIONAL = {"stevig-blijven-staan"}
# How often one takes part before the step is done.
TIMES = {TABLE: 3, INTERVISION: 3}


def load_paths(demo: Demo) -> None:
    offerings = dict(Offering.objects.values_list("slug", "pk"))
    with demo.days_ago(290):
        for route in ROUTES:
            page = PathPage(
                slug=route.slug,
                title=route.title,
                introduction=route.introduction,
                audience=route.audience,
                review_on=clock.today() + timedelta(days=365),
                owner=demo.people["redactie"],
                live=False,
            )
            prepare_paths().add_child(instance=page)
            page.functions = list(JobFunction.objects.filter(slug__in=route.functions))
            page.steps = [
                PathStep(
                    offering_id=offerings[slug],
                    due_days=days,
                    note=note,
                    times=TIMES.get(slug, 1),
                    is_mandatory=slug not in OPTIONAL,
                )
                for slug, days, note in route.steps
            ]
            revision = page.save_revision(user=demo.people["redactie"])
            revision.publish(user=demo.people["redactie"], skip_permission_checks=True)
