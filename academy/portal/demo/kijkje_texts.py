"""The three Kijkjes of the demo, in the words of the academy; the statement is an example, no legal advice."""

from __future__ import annotations

from dataclasses import dataclass

from academy.gatherings.enums import Audience
from academy.portal.demo.teaching import Lesson

STATEMENT = """Ik ga op bezoek en hoor of zie daar misschien iets over mensen.

1. Ik vertel niemand wie ik daar zag of over wie het ging, ook niet aan mijn team en ook niet later.
2. Ik schrijf niets op over cliënten en maak geen foto's of opnames.
3. Hoor ik over iemand die ik ken, dan zeg ik dat meteen tegen mijn ontvanger en ga ik uit het gesprek.
4. Ik deel het adres van een opvanglocatie met niemand.
5. Ik bekijk geen dossiers.

Dit geldt ook als ik niet meer bij mijn organisatie werk."""

QUESTIONS = ("Wat verraste je?", "Wat ga je in je werk anders doen?")


@dataclass(frozen=True)
class Kijkje:
    """``provider`` is the key of the organisation whose guest one is."""

    slug: str
    title: str
    introduction: str
    audience_text: str
    programme: str
    provider: str
    audience: Audience
    lessons: tuple[Lesson, ...]
    minutes: int


KIJKJES = (
    Kijkje(
        "kijkje-veilig-thuis-flevoland",
        "Kijkje in de Keuken bij Veilig Thuis Flevoland",
        "Een halve dag meekijken bij Veilig Thuis: van het eerste telefoontje tot de overdracht aan jouw team.",
        "Voor wie begint in een lokaal team. Kom in je eerste 90 dagen.",
        "<p>Je wordt ontvangen door een medewerker van Veilig Thuis. Je praat mee over verzonnen en onherkenbaar "
        "gemaakte voorbeelden: wat vragen we een beller, wat gebeurt er in de eerste vijf werkdagen, en hoe dragen we "
        "over aan een lokaal team?</p><p>Je hoort geen namen van gezinnen en ziet geen dossiers.</p>",
        "vtf",
        Audience.EXTERNAL,
        (
            Lesson(
                "Advies of melding?",
                15,
                "<p>Een beroepskracht belt Veilig Thuis om advies te vragen of om te melden. Advies vragen kan zonder "
                "de naam van het gezin te noemen; jij houdt dan zelf de regie. Bij een melding noem je om wie het gaat "
                "en doet Veilig Thuis een veiligheidsbeoordeling.</p><p>Veilig Thuis is gratis en dag en nacht "
                "bereikbaar: 0800-2000. Is er nu gevaar? Bel 112.</p>",
            ),
            Lesson(
                "De eerste vijf werkdagen",
                10,
                "<p>Na een melding kijkt Veilig Thuis binnen vijf werkdagen hoe onveilig het nu is en wat er eerst "
                "moet gebeuren. Soms pakt een lokaal team het meteen op, soms doet Veilig Thuis zelf onderzoek. Dat "
                "duurt hoogstens tien weken.</p>",
            ),
            Lesson(
                "Wat Veilig Thuis mag weten en vertellen",
                10,
                "<p>Veilig Thuis mag zonder toestemming informatie opvragen als de veiligheid dat vraagt. Wat jij te "
                "horen krijgt, hangt af van je rol in het vervolg. Vraag dus altijd: wat weten we samen, en wie "
                "vertelt het aan het gezin?</p>",
            ),
            Lesson(
                "Wat je van elkaar verwacht",
                10,
                "<p>Na de overdracht ben jij het gezicht voor het gezin en blijft Veilig Thuis volgen of het veiliger "
                "wordt. Spreek af wie wat doet, wanneer jullie elkaar weer spreken, en wat je doet "
                "als het misgaat.</p>",
            ),
        ),
        255,
    ),
    Kijkje(
        "kijkje-oranje-huis-en-ambulant",
        "Kijkje in de Keuken: Oranje Huis en ambulante hulp",
        "Drie uur te gast bij de opvang: hoe werken we open en veilig, en wat vraagt dat van wie daarna komt?",
        "Voor lokale teams en beleidsmedewerkers van gemeenten; ook voor collega's die nooit in de opvang waren.",
        "<p>Je krijgt een rondleiding en spreekt met een hulpverlener en een ervaringsdeskundige. Zij vertelt wat haar "
        "hielp en wat niet. Je kunt alles vragen; zij kiest wat ze vertelt.</p>",
        "blijf",
        Audience.EVERYONE,
        (
            Lesson(
                "Niet geheim, wel veilig",
                15,
                "<p>Een Oranje Huis staat in de straat en is geen geheim adres. Veiligheid maken we samen: met de "
                "bewoner, met afspraken en met wie er om het gezin heen staat. Toch deel je het adres met niemand: wie "
                "er woont, bepaalt zelf wie het weet.</p>",
            ),
            Lesson(
                "Te gast bij mensen thuis",
                15,
                "<p>Je komt in een huis waar mensen wonen. Je groet, je vraagt of het uitkomt en je stelt geen vragen "
                "aan bewoners die zij niet zelf beginnen. Komt er iemand langs die je kent? Zeg het meteen tegen je "
                "ontvanger.</p>",
            ),
        ),
        210,
    ),
    Kijkje(
        "andersom-te-gast-bij-het-lokale-team",
        "Andersom: te gast bij het lokale team",
        "Een halve dag bij een lokaal team: hoe komen vragen binnen, en hoe spreken we elkaar voor het te laat is?",
        "Voor medewerkers van Veilig Thuis en Blijf Groep.",
        "<p>Je schuift aan bij een teamoverleg zonder namen, leert de toegang kennen en spreekt vaste contactmomenten "
        "af.</p>",
        "lelystad",
        Audience.INTERNAL,
        (
            Lesson(
                "Hoe een lokaal team werkt",
                20,
                "<p>Een lokaal team helpt bij geld, opvoeden, wonen en veiligheid tegelijk. Onveiligheid is er zelden "
                "de eerste vraag. Let op je bezoek op wanneer het team aan Veilig Thuis denkt, en wanneer niet.</p>",
            ),
        ),
        230,
    ),
)
