"""The lessons and the closing test of the e-learning about the Meldcode, in the words of the academy."""

from academy.portal.demo.teaching import Lesson, Question

LESSONS = (
    Lesson(
        "Waarom er een meldcode is",
        25,
        "<p>De wet verplicht sinds 1 juli 2013 organisaties in zorg, onderwijs, kinderopvang, maatschappelijke "
        "ondersteuning, jeugdhulp en justitie om een meldcode te hebben. De code helpt jou om bij vermoedens van "
        "huiselijk geweld en kindermishandeling niet te blijven tobben, maar stap voor stap te handelen.</p>"
        "<p>De code telt vijf stappen. Sinds 1 januari 2019 zijn stap 4 en 5 aangescherpt: je weegt met het "
        "afwegingskader van je beroepsgroep en je neemt aan het eind twee besluiten.</p>"
        "<p>Bij direct gevaar wacht je niet op de stappen: bel 112.</p>",
        (
            Question(
                "Voor wie geldt de verplichting om een meldcode te hebben?",
                ("Voor organisaties in onder meer zorg, onderwijs, kinderopvang, jeugdhulp en justitie",),
                ("Alleen voor Veilig Thuis", "Alleen voor ziekenhuizen en huisartsen"),
                "De wet noemt zes sectoren; elke organisatie daarin heeft een eigen meldcode.",
            ),
            Question(
                "Er is nu gevaar voor een kind. Wat doe je?",
                ("Ik bel 112",),
                ("Ik begin bij stap 1 en vraag later advies", "Ik wacht tot de aandachtsfunctionaris er weer is"),
                "Bij acuut gevaar gaat directe veiligheid voor de stappen.",
            ),
        ),
    ),
    Lesson(
        "Stap 1 en 2: signalen en overleg",
        30,
        "<p><strong>Stap 1</strong>: breng signalen in kaart. Schrijf op wat je ziet en hoort, wanneer en van wie. "
        "Houd feiten en je eigen uitleg uit elkaar. Noteer ook wat je geruststelt.</p>"
        "<p><strong>Stap 2</strong>: overleg met een collega, het liefst de aandachtsfunctionaris. Je kunt ook Veilig "
        "Thuis om advies vragen: 0800-2000, gratis, dag en nacht. Bij advies noem je geen naam van het gezin en ligt "
        "het besluit bij jou.</p>",
        (
            Question(
                "Wat hoort in je aantekeningen bij stap 1?",
                ("Wat je zag en hoorde, met datum", "Feiten die je geruststellen"),
                ("Je oordeel over de ouders als vaststaand feit",),
                "Feiten en uitleg staan apart; ook wat meevalt hoort erbij.",
            ),
            Question(
                "Met wie overleg je bij stap 2?",
                ("Met een collega, bij voorkeur de aandachtsfunctionaris",),
                ("Met de buren van het gezin", "Met niemand: je beslist alleen"),
                "Overleg maakt je oordeel beter. Zo nodig vraag je ook Veilig Thuis om advies.",
            ),
        ),
    ),
    Lesson(
        "Stap 3: het gesprek",
        25,
        "<p><strong>Stap 3</strong>: praat met wie het aangaat: ouders, partners en waar het kan het kind. Vertel wat "
        "je hebt gezien, vraag hoe zij dat zien en wat er al gebeurt. Spreek af hoe het verder gaat.</p>"
        "<p>Soms is een gesprek niet veilig, bijvoorbeeld als iemand daarna meer gevaar loopt. Bespreek dat eerst met "
        "de aandachtsfunctionaris of met Veilig Thuis. Een gesprek met beide partners samen kan bij dwang en controle "
        "het gevaar juist vergroten.</p>",
        (
            Question(
                "Hoe begin je het gesprek van stap 3?",
                ("Met wat je zelf hebt gezien en gehoord",),
                ("Met een verwijt", "Met de mededeling dat je al hebt gemeld"),
                "Eigen waarnemingen zijn toetsbaar en laten ruimte voor het verhaal van de ander.",
            ),
            Question(
                "Wanneer stel je het gesprek uit?",
                ("Als het gesprek iemand in gevaar kan brengen",),
                ("Als de ouders het druk hebben", "Als je het spannend vindt"),
                "Overleg dan eerst over hoe het wel veilig kan.",
            ),
        ),
    ),
    Lesson(
        "Stap 4 en 5: wegen en twee besluiten",
        40,
        "<p><strong>Stap 4</strong>: weeg met het afwegingskader van je beroep hoe ernstig het is. Twijfel je, vraag "
        "dan Veilig Thuis om advies.</p>"
        "<p><strong>Stap 5</strong>: neem twee besluiten, in deze volgorde. Is melden bij Veilig Thuis noodzakelijk? "
        "En is hulp verlenen of organiseren (ook) mogelijk? Melden is de norm bij acute en bij structurele "
        "onveiligheid en als jij niet genoeg hulp kunt bieden of regelen. Melden en hulp bieden kunnen samengaan.</p>"
        "<p>Leg beide besluiten vast met je redenen.</p>",
        (
            Question(
                "Welke twee besluiten neem je in stap 5?",
                ("Of melden noodzakelijk is", "Of hulp verlenen of organiseren mogelijk is"),
                ("Of de ouders gelijk hebben",),
                "Eerst melden, dan hulp: twee vragen, die allebei een antwoord krijgen.",
            ),
            Question(
                "Wanneer is melden de norm?",
                ("Bij acute onveiligheid", "Bij structurele onveiligheid", "Als je niet genoeg hulp kunt bieden"),
                ("Bij elke twijfel, ook als er niets aan de hand blijkt",),
                "Bij twijfel vraag je eerst advies.",
            ),
            Question(
                "Je meldt. Mag je daarnaast hulp bieden?",
                ("Ja, melden en hulp kunnen samengaan",),
                ("Nee, na een melding stop je", "Alleen als Veilig Thuis dat schriftelijk goedkeurt"),
                "De besluiten sluiten elkaar niet uit.",
            ),
            Question(
                "Wat doe je als je bij stap 4 twijfelt?",
                ("Advies vragen bij Veilig Thuis",),
                ("Wachten tot het duidelijk is", "De stap overslaan"),
                "Advies vragen kan altijd, ook zonder naam.",
            ),
        ),
    ),
)
