"""Articles about the Meldcode, Veilig Thuis and registration."""

# ruff: noqa: E501 -- running text reads better unbroken

from academy.knowledge.demo.shape import Article, callout, head, points, steps, text

MELDCODE = (
    "Meldcode huiselijk geweld en kindermishandeling",
    "https://www.rijksoverheid.nl/onderwerpen/huiselijk-geweld/meldcode",
)
VEILIG_THUIS = ("Veilig Thuis, advies en meldpunt", "https://veiligthuis.nl/")

ARTICLES = (
    Article(
        slug="vijf-stappen-meldcode",
        title="De vijf stappen van de Meldcode, uitgelegd",
        introduction="Je maakt je zorgen over een gezin. De Meldcode helpt je in vijf stappen van een gevoel naar een besluit.",
        themes=("meldcode-en-afwegingskader",),
        body=(
            text(
                "De Meldcode huiselijk geweld en kindermishandeling is sinds 1 juli 2013 wet. Werk je in de zorg, het onderwijs, de kinderopvang, de maatschappelijke ondersteuning, de jeugdhulp of bij justitie? Dan heeft jouw organisatie een eigen meldcode en werk jij ermee.",
                "Sinds 1 januari 2019 geldt de verbeterde versie. Er zijn nog steeds vijf stappen. Stap 4 en 5 zijn veranderd: je weegt met een afwegingskader en je neemt aan het eind twee besluiten.",
            ),
            head("Dit doe je per stap"),
            steps(
                (
                    "Breng de signalen in kaart",
                    "Schrijf op wat je ziet en hoort. Houd feiten en je eigen uitleg uit elkaar. Noteer ook wat je niet weet.",
                ),
                (
                    "Overleg met een collega",
                    "Praat met de aandachtsfunctionaris of een andere deskundige collega. Vraag zo nodig advies bij Veilig Thuis. Dat kan zonder namen te noemen.",
                ),
                (
                    "Praat met de mensen om wie het gaat",
                    "Vertel wat je zag en vraag hoe zij het zien. Kan dat niet veilig? Overleg dan eerst hoe het wel kan.",
                ),
                (
                    "Weeg het geweld",
                    "Gebruik het afwegingskader van je beroepsgroep. Twijfel je? Vraag advies aan Veilig Thuis.",
                ),
                (
                    "Neem twee besluiten",
                    "Eerst: is melden noodzakelijk? Daarna: is hulp verlenen of organiseren (ook) mogelijk? Je beantwoordt altijd beide vragen.",
                ),
            ),
            head("Wanneer is melden de norm?"),
            text(
                "Je meldt bij Veilig Thuis in alle gevallen van acute onveiligheid en van structurele onveiligheid. Je meldt ook als je zelf niet genoeg hulp kunt bieden of organiseren. Dat is een professionele norm: wie ervan afwijkt, legt uit waarom.",
                "De volgorde is geen keurslijf. Soms doe je een stap twee keer, of praat je eerder met Veilig Thuis. Belangrijk is dat je alle stappen zet voordat je besluit.",
            ),
            callout(
                "careful",
                "Is er nu gevaar?",
                "Wacht dan niet op een stap of een overleg. Bel 112. Voor advies bel je Veilig Thuis: 0800-2000, gratis, dag en nacht.",
            ),
        ),
        sources=(
            MELDCODE,
            (
                "Handelingsprotocol, stap 5: hulp of melden",
                "https://handelingsprotocol.nl/utrecht-kz-stap-5-hulp-of-melden",
            ),
        ),
        see=("advies-of-melden", "aandachtsfunctionaris", "veilig-thuis-na-een-melding"),
    ),
    Article(
        slug="advies-of-melden",
        title="Advies vragen of melden: wat Veilig Thuis je vraagt",
        introduction="Bellen met Veilig Thuis kan altijd. Lees wat het verschil is tussen advies en een melding, en wat je klaarlegt.",
        themes=("meldcode-en-afwegingskader", "informatiepositie-veilig-thuis"),
        body=(
            text(
                "Veilig Thuis is er voor iedereen die zich zorgen maakt, ook voor jou als professional. Je kunt bellen voor advies en je kunt een melding doen. Dat zijn twee verschillende dingen, en het helpt als je vooraf weet wat je wilt."
            ),
            head("Advies vragen"),
            text(
                "Bij advies blijf jij verantwoordelijk. Je bespreekt de situatie zonder de naam van het gezin te noemen. De medewerker denkt mee: wat zijn je zorgen, wat is een goede volgende stap, hoe voer je het gesprek? Veilig Thuis neemt niets van je over en neemt geen contact op met het gezin.",
                "Advies past bij elke stap van de Meldcode. Je kunt ook vaker bellen over dezelfde situatie. Leg in je dossier vast dat je advies vroeg en wat je ermee doet.",
            ),
            head("Een melding doen"),
            text(
                "Bij een melding noem je de namen van de gezinsleden. Veilig Thuis beoordeelt daarna de veiligheid en besluit wat er nodig is. Vertel het gezin van tevoren dat je gaat melden, tenzij dat gevaar oplevert. Als professional meld je in de regel met je naam."
            ),
            head("Leg dit klaar"),
            points(
                "Wie wonen er in huis, en zijn er kinderen die ergens anders verblijven?",
                "Wat heb je zelf gezien of gehoord, en wanneer?",
                "Wat hoorde je van anderen? Zeg erbij van wie.",
                "Hoe acuut is het, en hoe lang speelt het al?",
                "Wat gaat er goed, en wie staat er om het gezin heen?",
                "Wat heb je al gedaan, en wat weet het gezin van jouw zorgen?",
            ),
            text(
                "Weet je iets niet? Zeg dat gewoon. Gaten in je verhaal zijn geen fout, ze laten zien wat nog uitgezocht moet worden."
            ),
            callout(
                "remember",
                "Een leertafel is geen advies",
                "Wat je op een leertafel of in intervisie bespreekt, vervangt geen enkele stap van de Meldcode. Heb je nu advies nodig? Bel 0800-2000.",
            ),
        ),
        sources=(VEILIG_THUIS, MELDCODE),
        see=("vijf-stappen-meldcode", "veilig-thuis-na-een-melding", "casus-anoniem-maken"),
    ),
    Article(
        slug="veilig-thuis-na-een-melding",
        title="Veilig Thuis na een melding: van veiligheidsbeoordeling tot overdracht",
        introduction="Je hebt gemeld. Wat gebeurt er dan, wie doet wat, en wat wordt er van jou verwacht?",
        themes=("informatiepositie-veilig-thuis", "gefaseerde-ketenzorg", "top-3"),
        body=(
            text(
                "Na een melding kijkt Veilig Thuis eerst naar één vraag: is het hier nu veilig? Pas daarna komt de vraag welke hulp past. Die volgorde hoort bij systeemgericht en veiligheidsgericht werken."
            ),
            head("De weg van een melding"),
            steps(
                (
                    "De melding komt binnen",
                    "Veilig Thuis legt vast wat jij vertelt en kijkt wat er al bekend is. Bij acuut gevaar volgt meteen actie, zo nodig met de politie.",
                ),
                (
                    "Veiligheidsbeoordeling",
                    "Binnen vijf werkdagen besluit Veilig Thuis hoe ernstig de zorgen zijn en wie verder gaat: Veilig Thuis zelf, of hulp die het gezin al kent.",
                ),
                (
                    "Voorwaarden en vervolg, of onderzoek",
                    "Soms maakt Veilig Thuis met het gezin en het netwerk afspraken over veiligheid. Is onduidelijk wat er speelt, dan volgt onderzoek.",
                ),
                (
                    "Overdracht",
                    "Het lokale team of een andere organisatie neemt het over, met afspraken over veiligheid en over wie de regie heeft.",
                ),
                ("Monitoring", "Veilig Thuis vraagt later na of het gezin nog veilig is en of de hulp loopt."),
            ),
            head("Eerst veiligheid, dan de rest"),
            text(
                "In de TOP-3-aanpak van Van Arum en Vogtländer komt hulp in fasen. Eerst stopt het geweld. Daarna pak je aan wat het geweld in stand houdt, zoals schulden, verslaving of ruzie over de omgang. Dan pas is er ruimte voor herstel. De hulpverleners werken met elkaar af wie wat wanneer doet.",
                "Voor jou betekent dat: begin niet met therapie zolang de basis niet veilig is. En stop niet met volgen als de rust terug lijkt.",
            ),
            head("Wat jij doet"),
            points(
                "Blijf beschikbaar voor vragen en voor overleg.",
                "Vertel wat je wel en niet kunt bieden.",
                "Spreek af wie het gezin wat vertelt.",
                "Meld nieuwe zorgen opnieuw. Ga er niet van uit dat een ander het al deed.",
            ),
        ),
        sources=(
            VEILIG_THUIS,
            ("Interview over TOP-3: focus eerst op directe veiligheid", "https://www.rinogroep.nl/interview/381/"),
        ),
        see=("advies-of-melden", "vijf-gezinsprofielen", "vijf-stappen-meldcode"),
        review_in=180,
    ),
    Article(
        slug="skj-punten",
        title="SKJ-punten: wat telt mee en hoe toon je het aan",
        introduction="Sta je als jeugdprofessional geregistreerd bij SKJ? Zo houd je bij wat je leert, zonder zoekwerk aan het eind.",
        themes=("vakmanschap-en-registratie",),
        body=(
            text(
                "Een registratie bij SKJ geldt vijf jaar. Daarna vraag je herregistratie aan. Je laat dan zien dat je genoeg hebt gewerkt, geleerd en op je werk hebt gereflecteerd. Welke eisen voor jou gelden, hangt af van je kamer. Hieronder staat de hoofdlijn voor de jeugd- en gezinsprofessional. Kijk altijd ook bij SKJ zelf: daar staat de geldende regel."
            ),
            head("Twee soorten punten"),
            points(
                "<b>Deskundigheidsbevordering</b>: 60 punten in vijf jaar, verdeeld over geaccrediteerde scholing en een beperkt deel informeel leren.",
                "<b>Reflectie</b>: 60 punten in vijf jaar. Een uur reflectie is een punt. Een bijeenkomst duurt minstens een uur.",
            ),
            head("Wanneer telt scholing?"),
            text(
                "Een geaccrediteerde training heeft een vast aantal punten. Dat aantal krijg je als je aan de voorwaarden voldoet, zoals aanwezig zijn en soms een toets halen. Je rekent de punten dus niet zelf uit met de duur.",
                "Let op de periode waarin de accreditatie geldt, en op de kamer waarvoor zij is afgegeven. In de academie zie je dat al voordat je je inschrijft.",
            ),
            head("Wanneer telt reflectie?"),
            text(
                "Bij reflectie gaat het om jouw handelen, niet om de beste aanpak van een zaak. In een leertafel telt daarom alleen de tijd waarin jullie aan die vraag werken. Casusoverleg is nuttig, maar is iets anders. Alleen voor jezelf reflecteren telt niet als reflectiebijeenkomst."
            ),
            head("Zo toon je het aan"),
            steps(
                ("Wees erbij", "De begeleider legt vast wie er was en hoe lang."),
                ("Bewaar je bewijs", "Je certificaat of bewijs van deelname intervisie staat in je portfolio."),
                (
                    "Zet het op tijd in je dossier",
                    "Voer je punten in bij SKJ zodra je ze hebt. Dan zie je vroeg wat er nog mist.",
                ),
            ),
            callout(
                "tip",
                "Spreid het",
                "Twaalf punten per soort per jaar is rustig vol te houden. In je overzicht zie je of je op koers ligt.",
            ),
        ),
        sources=(("SKJ informatiebank", "https://informatiebank.skjeugd.nl/"),),
        see=("casus-anoniem-maken", "aandachtsfunctionaris"),
        review_in=-10,
    ),
    Article(
        slug="aandachtsfunctionaris",
        title="Wat doet een aandachtsfunctionaris?",
        introduction="De collega die weet hoe het zit met de Meldcode. Wat mag je van haar verwachten, en wat blijft jouw werk?",
        themes=("aandachtsfunctionaris", "meldcode-en-afwegingskader"),
        body=(
            text(
                "Een aandachtsfunctionaris is in een organisatie de deskundige op het gebied van huiselijk geweld en kindermishandeling. Je komt haar tegen bij stap 2 van de Meldcode: overleg met een collega die er verstand van heeft. Het is niet verplicht om een aandachtsfunctionaris te hebben, wel sterk aan te raden."
            ),
            head("Twee kanten van het werk"),
            text("De eerste kant is de uitvoering: dicht bij collega's."),
            points(
                "Meedenken als iemand zich zorgen maakt.",
                "Helpen bij het voorbereiden van een lastig gesprek.",
                "Uitleg geven over het afwegingskader.",
                "Collega's moed geven om iets te doen met wat ze zien.",
            ),
            text("De tweede kant is het beleid: zorgen dat de organisatie haar zaken op orde heeft."),
            points(
                "De meldcode van de organisatie invullen en bijhouden.",
                "Scholing regelen voor nieuwe en ervaren collega's.",
                "Afspreken hoe je zorgen vastlegt in het dossier.",
                "Elk jaar nagaan: werkt het, en wat leren we ervan?",
            ),
            text(
                "In een kleine organisatie doet één persoon vaak beide. In een grote organisatie zijn er meer, bijvoorbeeld een per locatie."
            ),
            head("Wat ze niet doet"),
            text(
                "De aandachtsfunctionaris neemt jouw verantwoordelijkheid niet over. Jij kent het gezin, jij voert het gesprek en jij besluit. Zij loopt naast je. Is zij er niet en kan het niet wachten? Bel dan zelf Veilig Thuis voor advies.",
                "Ze is ook geen meldpunt. Een zorg die je met haar bespreekt, is nog geen melding.",
            ),
            head("Het worden"),
            text(
                "Er zijn opleidingen van ongeveer vijf dagdelen. Daarna houd je je kennis elk jaar bij. Even belangrijk is tijd: spreek met je leidinggevende af hoeveel uren je krijgt en wie je vervangt. Zoek ook andere aandachtsfunctionarissen in je gemeente op. Samen zie je meer."
            ),
            callout(
                "tip",
                "Weet jij wie het bij jullie is?",
                "Zoek de naam en het nummer vandaag nog op. Dan hoef je dat niet te doen als het spannend is.",
            ),
        ),
        sources=(("LVAK, de aandachtsfunctionaris", "https://lvak.nl/de_aandachtsfunctionaris.html"), MELDCODE),
        see=("vijf-stappen-meldcode", "advies-of-melden"),
    ),
)
