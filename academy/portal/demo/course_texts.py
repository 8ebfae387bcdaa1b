"""The courses of the demo, in the words of the academy. Points and numbers are made up (``DEMO-``)."""

from __future__ import annotations

from dataclasses import dataclass

from academy.gatherings.enums import Audience, Form
from academy.knowledge.enums import Pillar
from academy.portal.demo import meldcode
from academy.portal.demo.teaching import Lesson, Question


@dataclass(frozen=True)
class Course:
    """``points`` are those of SKJ for the chamber JGP ("" is none), ``minutes`` the study load."""

    slug: str
    title: str
    introduction: str
    goals: tuple[str, ...]
    audience_text: str
    programme: str
    form: Form
    minutes: int
    theme: str
    points: str = ""
    requirement: str = "DB.FORM"
    lessons: tuple[Lesson, ...] = ()
    pillar: Pillar = Pillar.KNOWLEDGE
    audience: Audience = Audience.EVERYONE
    is_mandatory: bool = False


_SPOTTING = (
    Lesson(
        "Signalen per gezinslid",
        90,
        "<p>Kinderen laten spanning vaak in hun gedrag zien, volwassenen in wat zij vermijden. Een los signaal zegt "
        "weinig: kijk naar het patroon, de duur en wat er veranderde. Noteer wat je zag, niet wat je dacht.</p>"
        "<p>Open een gesprek met een waarneming en een open vraag. Vraag niet door als een ander kan meeluisteren.</p>",
        (
            Question(
                "Wat zegt een los signaal?",
                ("Weinig: ik kijk naar het patroon",),
                ("Dat er geweld is", "Niets, dus ik vergeet het"),
            ),
            Question(
                "Wanneer vraag je niet door?",
                ("Als een ander kan meeluisteren",),
                ("Als iemand stil wordt", "Als het gesprek lang duurt"),
            ),
        ),
    ),
)
_PROFILES = (
    Lesson(
        "Vijf gezinsprofielen",
        120,
        "<p>Onderzoek onderscheidt vijf profielen: intieme terreur, gezin in de stress, langdurige zorg, kindgedrag en "
        "opvoedstress, en complexe conflictscheidingen. Het profiel bepaalt niet wat waar is, wel welke eerste stap "
        "past. Bij intieme terreur is er een verschil in macht, met dwang en controle door een partner.</p>",
        (
            Question(
                "Waaraan herken je intieme terreur?",
                ("Aan dwang en controle door een partner",),
                ("Aan hoe vaak er ruzie is", "Aan geldzorgen"),
            ),
            Question(
                "Wat doe je met een profiel?",
                ("Er een passende eerste stap bij kiezen",),
                ("Het gezin een etiket geven", "Er de schuld mee vaststellen"),
            ),
        ),
    ),
)
_SAFETY_PLAN = (
    Lesson(
        "Voorwaarden die je kunt zien",
        60,
        "<p>Een veiligheidsplan beschrijft wat er wel gebeurt: wie doet wat, wanneer, en hoe weten we dat het lukt? "
        "Het netwerk en de kinderen horen erbij. Spreek af wanneer je samen kijkt of het plan nog klopt.</p>",
        (
            Question(
                "Welke afspraak past in een veiligheidsplan?",
                ("Oma haalt de kinderen op woensdag en belt bij zorgen",),
                ("Iedereen doet zijn best", "Er is geen ruzie meer"),
            ),
            Question(
                "Wie maken het plan?",
                ("Het gezin, de kinderen en het netwerk, met jou",),
                ("Alleen de hulpverlener", "Alleen de ouders"),
            ),
        ),
    ),
)
_ORANGE = (
    Lesson(
        "Niet geheim, wel veilig",
        120,
        "<p>Het Oranje Huis is een opvang op een bekend adres. Veiligheid zit niet in geheimhouding maar in goede "
        "afspraken, een veilig gebouw en werken met iedereen van het gezin. Het gezinsactieplan houdt die afspraken "
        "bij elkaar.</p>",
        (
            Question(
                "Wat betekent “niet geheim, wel veilig”?",
                ("Het adres is bekend; afspraken en gebouw maken het veilig",),
                ("Iedereen mag altijd binnenlopen", "Het adres is geheim"),
            ),
            Question(
                "Met wie werk je in de Oranje Huis-aanpak?",
                ("Met alle leden van het gezin",),
                ("Alleen met de moeder", "Alleen met de kinderen"),
            ),
        ),
    ),
)

COURSES = (
    Course(
        "meldcode-in-vijf-stappen",
        "De Meldcode in vijf stappen",
        "Je leert de vijf stappen van de Meldcode en oefent met wegen en beslissen. Wanneer het jou uitkomt.",
        (
            "de vijf stappen in de goede volgorde zetten",
            "wegen met het afwegingskader",
            "de twee besluiten nemen en vastleggen",
        ),
        "Voor iedereen die met gezinnen werkt, en voor nieuwe collega's.",
        "<p>Vier lessen van ongeveer een half uur en een toets. Je mag stoppen en later verdergaan.</p>",
        Form.E_LEARNING,
        120,
        "meldcode-en-afwegingskader",
        "2",
        lessons=meldcode.LESSONS,
    ),
    Course(
        "herkennen-signaleren-bespreken",
        "Herkennen, signaleren, bespreken: het eerste gesprek",
        "Je leert signalen te zien bij elk gezinslid en het eerste gesprek veilig te voeren.",
        ("signalen per gezinslid herkennen", "een gesprek veilig openen", "inschatten wanneer je beter niet vraagt"),
        "Voor lokale teams en voor vrijwilligers en mantelzorgorganisaties.",
        "<p>Thuis een les van anderhalf uur, daarna een dagdeel oefenen met een acteur.</p>",
        Form.BLENDED,
        330,
        "meldcode-en-afwegingskader",
        "5.5",
        lessons=_SPOTTING,
        pillar=Pillar.SKILLS,
    ),
    Course(
        "patronen-van-geweld",
        "Patronen van geweld en de vijf gezinsprofielen",
        "Niet elk geweld is hetzelfde. Je leert patronen lezen en per profiel een eerste stap kiezen.",
        (
            "de vijf profielen benoemen",
            "per profiel een andere eerste stap kiezen",
            "het patroon in een overdracht beschrijven",
        ),
        "Voor lokale teams, Veilig Thuis en maatschappelijk werkers.",
        "<p>Twee uur online voorbereiding en een dag met casussen die verzonnen zijn.</p>",
        Form.BLENDED,
        480,
        "gezinsprofielen",
        "8",
        lessons=_PROFILES,
    ),
    Course(
        "intieme-terreur",
        "Intieme terreur: dwang en controle herkennen",
        "Je leert het verschil tussen dwang en ruzie, en wat je beter niet doet als er gevaar is.",
        (
            "dwang en controle onderscheiden van ruzie",
            "gezamenlijke gesprekken vermijden die het gevaar vergroten",
            "bescherming regelen",
        ),
        "Voor maatschappelijk werkers, Veilig Thuis en lokale teams.",
        "<p>Een dag: het patroon, de risico's rond uit elkaar gaan, en oefenen met het gesprek met een persoon.</p>",
        Form.CLASSROOM,
        360,
        "intieme-terreur",
        "6",
    ),
    Course(
        "samenwerken-volgens-top3",
        "Samenwerken aan veiligheid volgens TOP-3 (basis)",
        "Eerst directe veiligheid, dan wat het risico in stand houdt, dan herstel. Je leert die volgorde samen houden.",
        ("werk in de goede volgorde zetten", "een gefaseerd plan maken", "afspreken wie de regie heeft"),
        "Voor iedereen in het primaire proces.",
        "<p>Twee dagen met een week ertussen, waarin je een stap in je eigen werk probeert.</p>",
        Form.CLASSROOM,
        720,
        "top-3",
        "12",
    ),
    Course(
        "veiligheidsplan-met-het-gezin",
        "Veiligheidsplan maken met het hele gezin",
        "Je maakt een plan dat het gezin zelf kan uitvoeren, met het netwerk en de kinderen erbij.",
        (
            "voorwaarden voor veiligheid concreet maken",
            "netwerk en kinderen betrekken",
            "een plan samen bijstellen",
        ),
        "Voor lokale teams en ambulant hulpverleners.",
        "<p>Een uur online, daarna een dagdeel waarin je een plan schrijft en laat beoordelen.</p>",
        Form.BLENDED,
        300,
        "veiligheidsplannen-en-veiligheidsafspraken",
        "5",
        lessons=_SAFETY_PLAN,
        pillar=Pillar.SKILLS,
    ),
    Course(
        "oranje-huis-aanpak",
        "De Oranje Huis-aanpak in de praktijk",
        "Niet geheim, wel veilig: je leert hoe de opvang met het hele gezin aan veiligheid werkt.",
        ("uitleggen wat “niet geheim, wel veilig” is", "werken met alle gezinsleden", "het gezinsactieplan gebruiken"),
        "Voor eigen medewerkers.",
        "<p>Twee uur online en een dag in het Oranje Huis, met een ervaringsdeskundige.</p>",
        Form.BLENDED,
        480,
        "oranje-huis-aanpak",
        "8",
        lessons=_ORANGE,
        audience=Audience.INTERNAL,
        is_mandatory=True,
    ),
    Course(
        "traumasensitief-werken",
        "Traumasensitief werken in opvang en wijk",
        "Je leert stressreacties herkennen en rust brengen, ook in een drukke groep.",
        ("stressreacties herkennen", "iemand helpen kalmeren", "de omgeving aanpassen"),
        "Voor eigen medewerkers, ook in het verblijf, en voor lokale teams.",
        "<p>Een dag met korte uitleg en veel oefenen.</p>",
        Form.CLASSROOM,
        360,
        "traumasensitief-werken",
        "6",
        pillar=Pillar.SKILLS,
    ),
    Course(
        "motiverende-gespreksvoering",
        "Motiverende gespreksvoering bij onveiligheid",
        "Je leert motivatie versterken zonder de veiligheid uit het oog te verliezen.",
        ("ambivalentie horen en benoemen", "veiligheid op tafel houden", "in gesprek gaan met de andere partner"),
        "Voor lokale teams en ambulant hulpverleners.",
        "<p>Twee dagdelen. Tussendoor neem je een eigen gesprek op papier mee terug.</p>",
        Form.CLASSROOM,
        480,
        "motiverende-houding",
        "8",
        pillar=Pillar.SKILLS,
    ),
    Course(
        "opfrisdag-aandachtsfunctionaris",
        "Aandachtsfunctionaris: opfrisdag",
        "Een dag om je kennis van de Meldcode bij te werken en van andere aandachtsfunctionarissen te leren.",
        ("vertellen wat er nieuw is in de Meldcode", "collega's coachen", "de invoering in je organisatie plannen"),
        "Voor aandachtsfunctionarissen.",
        "<p>Een studiedag met tafels per sector.</p>",
        Form.INFORMATION,
        360,
        "aandachtsfunctionaris",
    ),
    Course(
        "online-geweld-en-stalking",
        "Online geweld en stalking: eerste hulp bij digitale sporen",
        "Je leert digitale controle herkennen en samen met iemand telefoon en accounts veiliger maken.",
        ("digitale controle herkennen", "apparaten veiliger maken met wie het treft", "op tijd doorverwijzen"),
        "Voor iedereen.",
        "<p>Een webinar van anderhalf uur met vragen tussendoor.</p>",
        Form.WEBINAR,
        90,
        "online-geweld",
    ),
    Course(
        "stevig-blijven-staan",
        "Stevig blijven staan: vitaal werken met geweld",
        "Werken met geweld raakt je. Je leert je eigen signalen kennen en herstel te plannen.",
        ("je eigen signalen herkennen", "steun van je team gebruiken", "herstel inplannen"),
        "Voor eigen medewerkers en Veilig Thuis.",
        "<p>Een workshop van een dagdeel in een kleine groep.</p>",
        Form.WORKSHOP,
        180,
        "vitaliteit",
        pillar=Pillar.VITALITY,
        audience=Audience.INTERNAL,
    ),
)
