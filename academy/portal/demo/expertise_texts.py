"""The terms and the pages for groups of the demo, in own words."""

# ruff: noqa: E501 -- running text reads better unbroken

from __future__ import annotations

from dataclasses import dataclass

from academy.knowledge.domain.glossary import Entry

TERMS = (
    Entry(
        "aandachtsfunctionaris",
        "Collega die in een organisatie het aanspreekpunt is voor huiselijk geweld en kindermishandeling, en die anderen "
        "helpt de Meldcode te volgen.",
        "aandachtsfunctionarissen",
        "aandachtsfunctionaris",
    ),
    Entry(
        "accreditatie",
        "De erkenning van een training door een beroepsregister. Daarin staat hoeveel punten je krijgt en tot wanneer dat "
        "geldt.",
        article="skj-punten",
    ),
    Entry(
        "afwegingskader",
        "De vragen waarmee je bij stap 4 en 5 van de Meldcode weegt of melden nodig is en of je zelf hulp kunt bieden.",
        "afwegingskaders",
        "vijf-stappen-meldcode",
    ),
    Entry(
        "casusoverleg",
        "Een gesprek waarin je samen bekijkt hoe je in een situatie kunt handelen. Aan een leertafel gaat dat over een "
        "situatie die niet herleidbaar is.",
        "casuïstiek, casusbespreking",
        "casus-anoniem-maken",
    ),
    Entry(
        "deskundigheidsbevordering",
        "Alles wat je doet om je vak bij te houden: trainingen, e-learning, symposia. Een deel ervan telt mee voor je "
        "beroepsregistratie.",
        article="skj-punten",
    ),
    Entry(
        "dwang en controle",
        "Een patroon waarin de een het leven van de ander inperkt: met regels, dreigen, geld inhouden of in de gaten houden.",
        "dwingende controle",
        "intieme-terreur-of-ruzie",
    ),
    Entry(
        "gedragswetenschapper",
        "Psycholoog of orthopedagoog die meedenkt over wat er speelt en welke aanpak daarbij past.",
    ),
    Entry(
        "gezinsprofielen",
        "Vijf patronen van geweld in gezinnen. Ze helpen je kijken wat eronder ligt; het zijn geen etiketten.",
        "gezinsprofiel",
        "vijf-gezinsprofielen",
    ),
    Entry(
        "herregistratie",
        "Het verlengen van je beroepsregistratie, meestal na vijf jaar. Je laat dan zien wat je hebt geleerd en hoeveel je "
        "hebt gewerkt.",
        article="skj-punten",
    ),
    Entry(
        "intervisie",
        "Een gesprek van gelijken over hun eigen handelen. De vraag is wat een situatie met jou doet, en niet wat het gezin "
        "moet doen.",
        article="casus-anoniem-maken",
    ),
    Entry(
        "intieme terreur",
        "Geweld waarbij één partner de macht heeft en de ander klein houdt met dwang, angst en controle.",
        article="intieme-terreur-of-ruzie",
    ),
    Entry(
        "Kijkje in de Keuken",
        "Een bezoek bij Veilig Thuis waarbij je meekijkt hoe collega's daar werken. Ook de voorbereiding en het napraten "
        "horen erbij.",
        article="kijkje-in-het-inwerkprogramma",
    ),
    Entry(
        "leertafel",
        "Een vaste groep vakgenoten die een paar keer per jaar samenkomt om van elkaars werk te leren, met een gespreksleider.",
        article="casus-anoniem-maken",
    ),
    Entry(
        "leervraag",
        "Wat jij wilt leren van een situatie, in één zin en zonder gegevens over een gezin.",
        "leervragen",
        "casus-anoniem-maken",
    ),
    Entry(
        "lokaal team",
        "Het team van een gemeente waar inwoners terechtkunnen met vragen over opvoeden, geld, zorg en veiligheid. Het heet "
        "ook wijkteam, sociaal team of jeugdteam.",
        "lokale teams, wijkteam",
    ),
    Entry(
        "Meldcode",
        "Vijf stappen die je volgt als je vermoedt dat er thuis geweld of verwaarlozing is. De wet vraagt van beroepskrachten "
        "dat zij haar gebruiken.",
        article="vijf-stappen-meldcode",
    ),
    Entry(
        "Oranje Huis",
        "Opvang op een bekend adres, waar veiligheid komt van goede afspraken en niet van geheimhouding.",
        article="oranje-huis-aanpak",
    ),
    Entry(
        "psycho-educatie",
        "Uitleg over wat geweld en stress doen met lichaam, gedrag en gevoel, zodat iemand zichzelf en haar kinderen beter "
        "begrijpt.",
        article="psycho-educatie-kinderen",
    ),
    Entry(
        "SKJ",
        "Het Kwaliteitsregister Jeugd: het beroepsregister voor professionals die met jeugdigen en gezinnen werken.",
        article="skj-punten",
    ),
    Entry(
        "Veilig Thuis",
        "Het advies- en meldpunt voor huiselijk geweld en kindermishandeling. Je belt gratis 0800-2000, dag en nacht, ook "
        "voor alleen advies.",
        article="advies-of-melden",
    ),
    Entry(
        "veiligheidsbeoordeling",
        "De inschatting die Veilig Thuis na een melding maakt: hoe onveilig is het, voor wie, en hoe snel is er iets nodig?",
        "veiligheidsbeoordelingen",
        "veilig-thuis-na-een-melding",
    ),
)


@dataclass(frozen=True, slots=True)
class GroupText:
    """A page for a group: what it says first, which themes bring offers, and which articles stand on it."""

    group: str
    introduction: str
    themes: tuple[str, ...]
    articles: tuple[str, ...]
    text: str
    shows_moments: bool = False


GROUP_PAGES = (
    GroupText(
        "lokale-teams",
        "Je werkt in een wijkteam, sociaal team of jeugdteam. Leer signalen zien, het gesprek voeren en samen optrekken.",
        ("meldcode-en-afwegingskader", "samenwerken-in-netwerken", "patronen-van-geweld", "motiverende-houding"),
        ("vijf-stappen-meldcode", "advies-of-melden", "kijkje-in-het-inwerkprogramma"),
        "<p>Je hoort en ziet veel, vaak als eerste. Met drie momenten bouw je op wat je nodig hebt: eerst de mensen van "
        "Veilig Thuis leren kennen, dan oefenen, dan blijven leren met vakgenoten.</p>",
        shows_moments=True,
    ),
    GroupText(
        "aandachtsfunctionarissen",
        "Collega's kloppen bij jou aan als ze zich zorgen maken. Hier houd je je kennis van de Meldcode scherp.",
        ("meldcode-en-afwegingskader", "aandachtsfunctionaris", "informatiepositie-veilig-thuis", "intieme-terreur"),
        ("aandachtsfunctionaris", "vijf-stappen-meldcode", "intieme-terreur-of-ruzie"),
        "<p>Je bent de vraagbaak én degene die het onderwerp levend houdt. Een leertafel met andere "
        "aandachtsfunctionarissen is een plek waar jij zelf kunt overleggen.</p>",
    ),
    GroupText(
        "informele-organisaties",
        "Je bent vrijwilliger of werkt in een buurthuis, kerk of moskee. Leer wat je kunt doen als je je zorgen maakt.",
        ("meldcode-en-afwegingskader", "kinderen-en-jongeren", "samenwerken-in-netwerken"),
        ("advies-of-melden", "psycho-educatie-kinderen"),
        "<p>Je hoeft het niet op te lossen en ook niet zeker te weten. Wat helpt: opmerken, rustig vragen en op tijd iemand "
        "erbij halen. Een account bij een organisatie is niet nodig; je kunt op uitnodiging meedoen.</p>",
    ),
    GroupText(
        "beleidsmedewerkers",
        "Je werkt bij een gemeente of aan beleid. Hier lees je hoe de keten werkt en wat teams nodig hebben.",
        (
            "toekomstscenario-en-beleid",
            "gefaseerde-ketenzorg",
            "informatiepositie-veilig-thuis",
            "samenwerken-in-netwerken",
        ),
        ("veilig-thuis-na-een-melding", "kijkje-in-het-inwerkprogramma", "vijf-gezinsprofielen"),
        "<p>Wil je dat teams in jouw gemeente meedoen? Vraag bij het bureau een voorlichting aan; het adres staat onderaan "
        "elke pagina.</p>",
    ),
    GroupText(
        "procesbegeleiders-en-managers",
        "Je begeleidt het proces of geeft leiding. Werk aan jezelf als instrument en aan een team dat blijft leren.",
        ("vakmanschap-en-registratie", "leertafels-en-intervisie", "gefaseerde-ketenzorg", "casusregie-op-veiligheid"),
        ("skj-punten", "casus-anoniem-maken", "veilig-thuis-na-een-melding"),
        "<p>Intervisie hoort bij het werk van elk team. Zit niet met je eigen medewerkers aan één intervisietafel: daar "
        "spreekt men vrijuit als er geen gezag aan tafel zit.</p>",
    ),
    GroupText(
        "opvang-en-verblijf",
        "Je werkt waar mensen wonen: als gastvrouw, gastheer of begeleider. Korte lessen die je tussendoor kunt volgen.",
        (
            "kinderen-in-de-opvang",
            "oranje-huis-aanpak",
            "traumasensitief-werken",
            "veiligheidsplannen-en-veiligheidsafspraken",
        ),
        ("oranje-huis-aanpak", "psycho-educatie-kinderen"),
        "<p>Jij ziet hoe het gaat aan het ontbijt en op de gang. Wat je opmerkt doet ertoe; hier leer je het duiden en "
        "delen.</p>",
    ),
    GroupText(
        "collegas",
        "Je werkt bij ons. Houd je vak bij, zie je uren en punten, en lever je registratie zonder zoeken aan.",
        ("vakmanschap-en-registratie", "vitaliteit", "traumasensitief-werken", "meldcode-en-afwegingskader"),
        ("skj-punten", "vijf-gezinsprofielen", "intieme-terreur-of-ruzie"),
        "<p>Na het inloggen vind je onder “Mijn overzicht” wat je eerstvolgende bijeenkomst is en hoe ver je registratie "
        "is.</p>",
    ),
    GroupText(
        "trainers-en-gespreksleiders",
        "Je begeleidt een groep. Alles voor je bijeenkomst staat klaar: deelnemers, draaiboek en aanwezigheid.",
        ("leertafels-en-intervisie", "ervaringsdeskundigheid", "motiverende-houding"),
        ("casus-anoniem-maken", "vijf-gezinsprofielen"),
        "<p>Na het inloggen staan jouw groepen onder “Mijn groepen”: wie er komt, wat je nog moet vastleggen en hoe je "
        "afsluit.</p>",
    ),
)
