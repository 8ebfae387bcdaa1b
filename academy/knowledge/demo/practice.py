"""Articles about patterns of violence, children, and learning together."""

# ruff: noqa: E501 -- running text reads better unbroken

from academy.knowledge.demo.shape import Article, callout, head, points, steps, text
from academy.knowledge.enums import ArticleKind

PROFILES = ("Augeo Magazine, over de gezinsprofielen van het Verwey-Jonker Instituut", "https://www.augeomagazine.nl/")
HOUSE = ("Blijf Groep, over het Oranje Huis", "https://www.blijfgroep.nl/")
OWN = ("Werkwijze van de academie", "")

ARTICLES = (
    Article(
        slug="vijf-gezinsprofielen",
        title="De vijf gezinsprofielen op één pagina",
        introduction="Niet elk geweld in een gezin is hetzelfde. Vijf profielen helpen je zien welk patroon eronder ligt.",
        themes=("patronen-van-geweld", "gezinsprofielen"),
        body=(
            text(
                "Het Verwey-Jonker Instituut onderzocht gezinnen waar geweld speelt. Daaruit kwamen vijf profielen. Ze laten zien dat geweld verschillende oorzaken heeft, en dus een verschillende aanpak vraagt. Een profiel is geen etiket voor het gezin, maar een bril voor jou."
            ),
            head("De vijf profielen"),
            steps(
                (
                    "Intieme terreur",
                    "Eén partner heeft de macht en houdt de ander onder dwang en controle. Het slachtoffer past haar of zijn hele leven aan. Veiligheid gaat hier voor alles.",
                ),
                (
                    "Gezin in de stress",
                    "Er komt te veel tegelijk: geldzorgen, ziekte, te klein wonen. De spanning loopt op en slaat om in geweld. Lucht geven helpt, naast veiligheid.",
                ),
                (
                    "Langdurige zorg",
                    "Problemen spelen al lang en op veel gebieden, vaak over generaties. Dit gezin heeft iemand nodig die blijft.",
                ),
                (
                    "Kindgedrag en opvoedstress",
                    "Ouders krijgen geen grip op het gedrag van een kind en raken uitgeput. Hulp bij opvoeden hoort bij het plan.",
                ),
                (
                    "Complexe conflictscheidingen",
                    "De strijd tussen ex-partners gaat door en de kinderen zitten ertussen. De kunst is het kind weer in het midden te zetten van de aandacht, niet van de ruzie.",
                ),
            ),
            head("Zo gebruik je ze"),
            points(
                "Begin bij feiten: wie doet wat, sinds wanneer, en wat ging eraan vooraf?",
                "Vraag door naar macht en angst. Kan ieder gezinslid vrij praten?",
                "Houd rekening met mengvormen. Een gezin kan in meer dan één profiel passen.",
                "Kijk opnieuw als je meer weet. Wat op stress lijkt, kan intieme terreur zijn.",
            ),
            callout(
                "careful",
                "Zie je dwang en controle?",
                "Nodig de partners dan niet zomaar samen uit voor een gesprek. Vraag eerst advies, bijvoorbeeld bij Veilig Thuis: 0800-2000.",
            ),
            text(
                "Bespreek je beeld altijd met een collega. Twee mensen zien meer, en samen merk je eerder dat je te snel een verhaal rond maakt. Een leertafel is een goede plek om te oefenen met een casus die niet herleidbaar is."
            ),
        ),
        sources=(PROFILES,),
        see=("intieme-terreur-of-ruzie", "psycho-educatie-kinderen", "casus-anoniem-maken"),
    ),
    Article(
        slug="intieme-terreur-of-ruzie",
        title="Intieme terreur of escalerende ruzie?",
        introduction="Van buiten lijken ze soms op elkaar. Voor de veiligheid maakt het een groot verschil.",
        themes=("intieme-terreur", "patronen-van-geweld"),
        body=(
            text(
                "Bij een ruzie die uit de hand loopt, verliezen twee mensen de rem. Bij intieme terreur is geweld een middel: de een houdt de ander klein. Er is een verschil in macht, en er is dwang en controle. Een klap kan in beide gevallen vallen. Vraag daarom niet alleen wat er gebeurde, maar vooral hoe het leven er tussendoor uitziet."
            ),
            head("Let op het patroon"),
            points(
                "Wie bepaalt waar het geld heen gaat, wie er langskomt en hoe laat je thuis bent?",
                "Is er angst, ook op dagen zonder geweld?",
                "Wordt iemand gevolgd, bijvoorbeeld via de telefoon?",
                "Praat de een steeds voor de ander?",
                "Zijn familie en vrienden stap voor stap verdwenen?",
                "Is er gedreigd met zelfdoding, met de kinderen of met doodslag?",
            ),
            text(
                "Eén vinkje zegt weinig. Een rij van vinkjes zegt veel. Let ook op stilte: wie bang is, vertelt niet alles in het eerste gesprek."
            ),
            head("Bij een escalerende ruzie"),
            text(
                "De macht is ongeveer gelijk. Beide partners zijn boos en voelen zich niet gehoord. Ze schamen zich vaak achteraf. Hier kun je met beiden werken: afspraken om ruzie te stoppen, hulp bij stress en geld, en leren praten. Kinderen hebben nog steeds last; hun veiligheid blijft de eerste vraag."
            ),
            head("Bij intieme terreur"),
            text(
                "Werk eerst aan veiligheid. Spreek de partners apart. Deel geen informatie die de een tegen de ander kan gebruiken, zoals een adres, een afspraak of een nieuw nummer. Het moment van weggaan is gevaarlijk: plan dat samen met mensen die er verstand van hebben.",
                "Relatietherapie past hier niet. Zij doet alsof beiden evenveel te zeggen hebben, en kan het slachtoffer in gevaar brengen.",
            ),
            callout(
                "careful",
                "Verwurging is een alarm",
                "Is er ooit een hand om de keel geweest? Neem dat heel serieus en overleg dezelfde dag met Veilig Thuis (0800-2000). Is er nu gevaar? Bel 112.",
            ),
            text("Twijfel je? Ga dan uit van de onveiligste mogelijkheid tot je meer weet."),
        ),
        sources=(PROFILES, ("Veilig Thuis", "https://veiligthuis.nl/")),
        see=("vijf-gezinsprofielen", "oranje-huis-aanpak", "advies-of-melden"),
    ),
    Article(
        slug="casus-anoniem-maken",
        title="Zo maak je een casus anoniem voor de leertafel",
        introduction="Op een leertafel zitten mensen van verschillende organisaties. Daarom mag niemand te herkennen zijn. Zo doe je dat.",
        themes=("leertafels-en-intervisie", "samenwerken-in-netwerken"),
        body=(
            text(
                "Een leertafel draait om jouw leervraag. Het gezin is de aanleiding, niet het onderwerp. Je hoeft dus veel minder te vertellen dan je denkt. Namen weglaten is niet genoeg: ook wie de buurt kent, mag het gezin niet herkennen."
            ),
            head("Stap voor stap"),
            steps(
                (
                    "Begin met je vraag",
                    "Wat wil jij leren? Schrijf dat in één zin op. Alles wat niet helpt bij die vraag, laat je weg.",
                ),
                (
                    "Maak van mensen rollen",
                    "Schrijf moeder, partner, kind 1. Gebruik geen voorletters en geen schuilnamen die op de echte lijken.",
                ),
                (
                    "Maak getallen grof",
                    "Geen geboortedatum maar een leeftijdsgroep. Geen datum maar “dit voorjaar”. Geen adres maar “de regio”.",
                ),
                (
                    "Haal het bijzondere eruit",
                    "Een zeldzame ziekte, een opvallend beroep of een zaak uit de krant verraadt een gezin meteen. Laat het weg of verander het.",
                ),
                (
                    "Lees het als een buur",
                    "Zou iemand uit de wijk, van school of van de sportclub dit gezin herkennen? Dan ben je nog niet klaar.",
                ),
            ),
            head("Dit hoort er nooit in"),
            points(
                "namen, telefoonnummers, e-mailadressen en dossiernummers",
                "een postcode, een straat, de naam van een school of een opvanglocatie",
                "foto's, berichten of bijlagen",
                "een link naar een profiel op sociale media",
            ),
            head("Wat de academie doet"),
            text(
                "Breng je een tekst in, dan kijkt een controle mee. Die stopt je bij bijvoorbeeld een telefoonnummer en waarschuwt bij woorden die op een naam lijken. De controle is een hulpmiddel, jij blijft verantwoordelijk. De tekst is alleen te lezen voor wie aan tafel zit en verdwijnt na de bijeenkomst."
            ),
            callout(
                "remember",
                "Zie je iets herleidbaars?",
                "Zeg het meteen. Met de knop “Dit is herleidbaar” is de tekst direct verborgen. Niemand neemt je dat kwalijk.",
            ),
            text(
                "Een leertafel is geen overleg over hulp en geen melding. Maak je je nu zorgen over een gezin? Volg dan de Meldcode."
            ),
        ),
        sources=(
            OWN,
            (
                "Spelregels casusoverleg en persoonsgegevens",
                "https://adoc.pub/uitwisseling-persoonsgegevens-in-een-multidisciplinair-casus.html",
            ),
        ),
        see=("vijf-stappen-meldcode", "skj-punten", "kijkje-in-het-inwerkprogramma"),
    ),
    Article(
        slug="psycho-educatie-kinderen",
        title="Psycho-educatie: wat geweld doet met kinderen",
        introduction="Kinderen zijn geen toeschouwers. Leg ouders en kinderen in gewone woorden uit wat spanning met een lijf doet.",
        themes=("psycho-educatie", "kinderen-en-jongeren", "traumasensitief-werken"),
        body=(
            text(
                "“Ze sliepen, ze hebben er niets van gemerkt.” Ouders zeggen het vaak, en ze hopen het. Toch merken kinderen bijna altijd iets: een stem, een deur, de stilte aan het ontbijt. Getuige zijn van geweld is ook kindermishandeling. Psycho-educatie helpt ouders en kinderen begrijpen wat er gebeurt."
            ),
            head("Wat er in het lijf gebeurt"),
            text(
                "Bij gevaar gaat het alarm in de hersenen aan. Het lijf kiest: vechten, vluchten of bevriezen. Dat is knap en het helpt om te overleven. Maar gaat het alarm steeds af, dan blijft het aanstaan. Een kind schrikt dan van kleine dingen, slaapt slecht of wordt boos zonder dat je ziet waarom.",
                "Denken en leren lukken minder goed als het alarm aanstaat. Druk gedrag in de klas is dus soms angst.",
            ),
            head("Wat je kunt zien"),
            points(
                "Baby's en peuters: veel huilen, niet willen eten, vastklampen of juist heel stil zijn.",
                "Basisschool: buikpijn, nachtmerries, ruzie zoeken, voor iedereen willen zorgen.",
                "Pubers: weglopen, somber zijn, blowen, zelf slaan of in een onveilige relatie belanden.",
            ),
            text("Geen van deze signalen bewijst dat er geweld is. Ze zijn wel een reden om te vragen."),
            head("Zo leg je het uit aan een kind"),
            points(
                "“Wat er thuis gebeurde is niet jouw schuld.”",
                "“Je lijf heeft een alarm. Dat van jou is hard aan het werk.”",
                "“Grote mensen moeten zorgen dat het stopt. Dat is niet jouw taak.”",
                "“Je mag van papa én van mama houden.”",
            ),
            head("En aan ouders"),
            text(
                "Vertel het zonder verwijt. De meeste ouders willen het beste voor hun kind en schrikken als ze horen wat spanning doet. Vraag wat zij zelf merken. Geef daarna hoop: kinderen herstellen goed als het veilig wordt, als er vaste gewoontes zijn en als er één volwassene is die blijft luisteren."
            ),
            callout(
                "tip",
                "Eerst veilig, dan verwerken",
                "Uitleg geven kan altijd. Met verwerken begin je pas als het geweld is gestopt.",
            ),
        ),
        sources=(("Nederlands Jeugdinstituut, dossier kindermishandeling", "https://www.nji.nl/kindermishandeling"),),
        see=("vijf-gezinsprofielen", "oranje-huis-aanpak", "veilig-thuis-na-een-melding"),
    ),
    Article(
        slug="oranje-huis-aanpak",
        title="De Oranje Huis-aanpak: niet geheim, wel veilig",
        introduction="Opvang hoeft geen onderduikplek te zijn. In een Oranje Huis werk je open aan veiligheid, met het hele gezin.",
        themes=("oranje-huis-aanpak", "veiligheidsplannen-en-veiligheidsafspraken"),
        body=(
            text(
                "Vroeger was vrouwenopvang altijd geheim. Wie binnenkwam, verdween uit beeld: geen school, geen werk, geen familie. Dat beschermt, maar het kost ook veel. Bij de Oranje Huis-aanpak is de opvang open en herkenbaar. Het huis is niet geheim, wel veilig."
            ),
            head("Waarom oranje?"),
            text(
                "Oranje is de middelste kleur van het stoplicht. Groen: het gaat goed. Rood: er is direct gevaar en iemand moet uit het zicht blijven. Oranje zit ertussen: er is geweld, en er is hulp nodig om het patroon te doorbreken. Voor dat midden is deze aanpak bedoeld."
            ),
            head("Vier gedachten"),
            points(
                "<b>Veiligheid maak je samen.</b> Met sloten en camera's, maar vooral met afspraken die iedereen kent.",
                "<b>Het hele gezin doet mee.</b> Ook de partner die geweld gebruikt, krijgt hulp en wordt aangesproken.",
                "<b>Kinderen zijn zelf cliënt.</b> Zij krijgen een eigen plan en iemand die naar hen luistert.",
                "<b>De blik gaat vooruit.</b> Werk, school en het netwerk gaan zoveel mogelijk door.",
            ),
            head("Elke dag opnieuw kijken"),
            text(
                "Bij aankomst maak je samen een inschatting van het gevaar. Is het rood, dan is een open huis niet de goede plek en zoek je een andere. Is het oranje, dan maak je een veiligheidsplan: wie weet waar je bent, wat doe je als hij voor de deur staat, wie bel je?",
                "De inschatting is nooit klaar. Een rechtszaak, een scheiding of een nieuwe relatie kan alles veranderen. Vraag er dus steeds opnieuw naar.",
            ),
            head("Wat betekent dit voor jou?"),
            text(
                "Ook buiten de opvang kun je zo werken. Noem het geweld bij de naam. Nodig uit in plaats van te oordelen. En maak afspraken die een gezin zelf kan uitvoeren. Deel nooit een adres van een opvang of van een cliënt met iemand die dat niet hoeft te weten, ook niet als een huis open is."
            ),
            callout(
                "careful",
                "Open is niet hetzelfde als altijd passend",
                "Bij intieme terreur en ernstige dreiging gaat bescherming voor. Overleg dan eerst.",
            ),
        ),
        sources=(HOUSE,),
        see=("intieme-terreur-of-ruzie", "psycho-educatie-kinderen"),
    ),
    Article(
        slug="kijkje-in-het-inwerkprogramma",
        title="Zo bouwde een wijkteam het Kijkje in de Keuken in het inwerkprogramma",
        introduction="Een verzonnen voorbeeld: hoe een lokaal team nieuwe collega's in hun eerste weken laat kennismaken met Veilig Thuis.",
        themes=("kijkje-in-de-keuken", "samenwerken-in-netwerken"),
        kind=ArticleKind.BEST_PRACTICE,
        body=(
            callout(
                "remember",
                "Dit is een verzonnen voorbeeld",
                "Het team en de mensen bestaan niet. De aanpak kun je zo overnemen.",
            ),
            text(
                "Team Waterwijk kreeg in één jaar zes nieuwe collega's. Ze kenden Veilig Thuis alleen van de telefoon. Bellen voor advies vonden ze spannend. “Je bent bang dat je iets doms vraagt”, vertelde een van hen. De teammanager wilde dat veranderen, zonder er een groot project van te maken."
            ),
            head("Wat ze deden"),
            steps(
                (
                    "Een vaste plek in de agenda",
                    "In het inwerkprogramma staat nu: in week vier een dagdeel Kijkje in de Keuken. De teammanager boekt het op de dag dat iemand tekent.",
                ),
                (
                    "Een korte voorbereiding",
                    "Nieuwe collega's lezen twee artikelen uit de kennisbank en schrijven drie vragen op. Dat kost een half uur.",
                ),
                (
                    "Samen op pad",
                    "Wie nieuw is, gaat met een ervaren collega die er nog nooit was. Zo leren twee mensen tegelijk.",
                ),
                (
                    "Vertellen in het team",
                    "In het eerste overleg daarna krijgen ze tien minuten: wat verraste je, en wat gaan wij anders doen?",
                ),
            ),
            head("Wat het opleverde"),
            points(
                "Nieuwe collega's bellen eerder voor advies, en beter voorbereid.",
                "Het team heeft een gezicht bij Veilig Thuis, en andersom.",
                "De aandachtsfunctionaris krijgt meer vragen op het goede moment: vroeg.",
            ),
            head("Wat tegenviel"),
            text(
                "De eerste maand waren alle plekken vol. Sindsdien kijkt het team een kwartaal vooruit. Ook vergat iemand de voorbereiding; die ochtend bleef aan de oppervlakte. Nu vraagt de ontvanger vooraf om de drie vragen.",
                "En een dag verschuiven gebeurt. Afspraak in het team: kun je niet, ruil dan met een collega in plaats van af te zeggen.",
            ),
            head("Zelf beginnen?"),
            text(
                "Je hebt geen beleid nodig. Kies één nieuwe collega, boek één dagdeel en plan tien minuten in het volgende overleg. Daarna is het een gewoonte. Sluit na een paar maanden aan bij een leertafel: dan ken je de mensen al."
            ),
        ),
        sources=(("Verzonnen voorbeeld van de academie", ""),),
        see=("advies-of-melden", "casus-anoniem-maken", "aandachtsfunctionaris"),
    ),
)
