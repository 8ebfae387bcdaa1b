"""What the detector says, in words that name the way out."""

from __future__ import annotations

from dataclasses import dataclass

STOP = "stop"
WARN = "warn"

# In the order in which they win when two kinds claim the same characters. Plain Dutch; the screens translate nothing.
SUGGESTIONS = {
    "iban": "Haal het rekeningnummer weg.",
    "email": "Haal het e-mailadres weg.",
    "social": "Haal het adres of de naam op internet weg; schrijf bijvoorbeeld ‘een bericht op sociale media’.",
    "bsn": "Haal dit nummer weg: het is een burgerservicenummer.",
    "phone": "Haal het telefoonnummer weg.",
    "birth_date": "Schrijf een leeftijd, bijvoorbeeld ‘ongeveer 8 jaar’, in plaats van de datum.",
    "dossier": "Haal het dossiernummer of kenmerk weg.",
    "postcode": "Haal de postcode weg; schrijf hoogstens de regio.",
    "plate": "Haal het kenteken weg.",
    "address": "Haal straat en huisnummer weg; schrijf bijvoorbeeld ‘een flat in de regio’.",
    "name": "Schrijf de rol in plaats van de naam: ‘moeder’, ‘partner’, ‘kind 1’.",
    "number": "Is dit een nummer van iemand of van een dossier? Haal het dan weg.",
    "date": "Schrijf ‘dit voorjaar’ of ‘vorige maand’ in plaats van de dag.",
    "street": "Haal de straatnaam weg; schrijf hoogstens de regio.",
    "school": "Schrijf ‘de school’ of ‘de club’ zonder naam.",
    "place": "Schrijf ‘in de regio’ in plaats van de plaats.",
}
RANK = {kind: rank for rank, kind in enumerate(SUGGESTIONS)}


@dataclass(frozen=True, slots=True)
class Hit:
    """``text[start:end]`` may lead to somebody. ``stop`` keeps the text out, ``warn`` asks to look again."""

    kind: str
    start: int
    end: int
    level: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Found:
    """A hit in a view of the text, before its place in the text itself is known."""

    kind: str
    start: int
    end: int
    level: str = STOP
