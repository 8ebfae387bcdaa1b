"""The themes that a new academy starts with: name, pillar and what falls under it."""

from academy.knowledge.enums import Pillar

_K, _S, _V = Pillar.KNOWLEDGE, Pillar.SKILLS, Pillar.VITALITY

THEMES: dict[str, tuple[Pillar, tuple[str, ...]]] = {
    "Patronen van geweld": (_K, ("Gezinsprofielen", "Intieme terreur", "Femicide", "Stalking")),
    "Gefaseerde ketenzorg": (_K, ("TOP-3", "Oranje Huis-aanpak", "Nazorg")),
    "Meldcode en afwegingskader": (_K, ("Informatiepositie Veilig Thuis", "Aandachtsfunctionaris")),
    "Veiligheidsplannen en veiligheidsafspraken": (_S, ()),
    "Traumasensitief werken": (_S, ("Psycho-educatie", "Intergenerationele overdracht")),
    "Kinderen en jongeren": (_K, ("Kinderen in de opvang", "Opvoedgeweld door (jong)volwassen kinderen")),
    "Plegeraanpak en de andere partner": (_S, ()),
    "Ouderenmishandeling": (_K, ("Oudermishandeling",)),
    "Digitale veiligheid": (_K, ("Shaming en sexting", "Online geweld")),
    "Eergerelateerd geweld": (_K, ("Cultuur- en gendersensitief werken", "Transgender personen")),
    "Mensenhandel": (_K, ()),
    "Licht verstandelijke beperking": (_K, ()),
    "Verslaving, schulden en GGZ": (_K, ("Bestaanszekerheid",)),
    "Straf en zorg": (_K, ("MDA++", "ZSM", "Tijdelijk huisverbod", "Casusregie op veiligheid")),
    "Ervaringsdeskundigheid": (_S, ("Herstelgroepen",)),
    "Motiverende houding": (_S, ()),
    "Samenwerken in netwerken": (_S, ("Leertafels en intervisie", "Kijkje in de Keuken")),
    "Vakmanschap en registratie": (_S, ()),
    "Vitaliteit": (_V, ()),
    "AI en digitale hulpmiddelen": (_S, ()),
    "Toekomstscenario en beleid": (_K, ("Regionaal Veiligheidsteam", "Filomena", "Hervormingsagenda Jeugd")),
}
