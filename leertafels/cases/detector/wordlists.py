"""Words that decide what a find means. Lists of names stand in ``data/``."""

from __future__ import annotations

from importlib.resources import files


def words_of(name: str) -> frozenset[str]:
    lines = (files(__package__) / "data" / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FIRST_NAMES = words_of("first_names.txt")
SURNAMES = words_of("surnames.txt")
# Names that are words too: only a warning, and nothing at the beginning of a sentence.
WORDY_NAMES = words_of("wordy_names.txt")
PLACES = words_of("places.txt")
PEOPLES = words_of("peoples.txt")
ORGANISATIONS = words_of("organisations.txt")

# Numbers of services and organisations, which anybody may call.
SERVICES = ("0800", "0900", "0906", "0909", "088")
# Words of two letters that stand behind a year or an amount, and short units.
SMALL_WORDS = _words(
    "is in en de ze we ik al er of om op te na nu uw mw hr km kg mg ml cm mm cc eu je me ja zo we dr ca st nr pp"
    " ad af as bv ca do dd ec eg ex fa go ha he hm ho hi ie jo ka ko la le li lo ma mo of oh pa pc pi re ro so tv ui um vs wc"
    " gb mb kb ma di wo vr za zo 's xl et au ok om mt gi vt om ab ib ots uhp"
)
AFTER_A_YEAR = _words(
    "VT GI MT OM ZM HR PO VO MO JB JR OT UH WB IB KJ TL EU EN IN DE IS OP AB BG NJ CJ RK ST PB CE BC AD BW SR SV TV PC WC"
)
AFTER_A_NUMBER = _words(
    "keer maal jaar jaren week weken uur uren dag dagen maand maanden minuut minuten seconden nacht nachten kind kinderen"
    " mensen personen vrouwen mannen jongens meisjes gezinnen collega's euro procent meter kilometer km m x malen avonden"
    " ochtenden middagen bijeenkomsten gesprekken sessies huizen woningen auto's agenten leden deelnemers plekken"
    " meldingen incidenten broers zussen zonen dochters jongeren ouders verdiepingen etages stappen punten vragen"
    " verschillende andere grote kleine nieuwe oude of tot à a per kwartier"
)
STREET_ENDINGS = _words(
    "straat straatje laan laantje weg plein gracht kade dijk singel dreef steeg plantsoen hof hofje pad park baan burg wal ring oord"
    " veld akker kamp erf tuin dam brink allee boulevard poort zoom gaarde horst donk weide meent waard stede haven schans marke stee"
    " hoek markt brug wold mors rak werf kreek vaart wijk bos duin hage hoeve heide rode berg eng enk beek eind einde buurt daal dorp es"
    " esch ven loo hout kanaal sloot vliet wetering zijde rust zicht stein land tuinen molen made vest heuvel passage promenade bolwerk"
    " spoor terras kruis meer zand velden akkers hil terp zijl straten steen dreven warande plantage gang slag str. str ln. ln pln. pln"
    " plnts. dyk strjitte leane strasse avenue reed rotonde haag hiem tocht"
)
NO_STREETS = _words(
    "onderweg snelweg hoofdweg spoorweg autoweg halverweg uitweg omweg bijweg luchtweg zijweg binnenweg landweg voorweg weg"
    " schoolplein speelplein dorpsplein marktplein plein pleintje straat laan hof park tuin veld baan markt brug wijk bos"
    " kring ring pad berg dam wal haven hoek oord kamp eng rak enk erf zoom kerf stede vaart marke stee horst heide"
    " achterbaan rijbaan loopbaan autobaan tuinhoek speeltuin moestuin kindertuin achtertuin voortuin voetbalveld speelveld sportveld"
    " sportpark speelpark pretpark vakantiepark bedrijventerrein woonwijk achterstandswijk buurtwijk netwerk huiswerk pagina"
    " onderzoek bezoek verzoek boek hoek kwartier arbeidsmarkt woningmarkt supermarkt rommelmarkt jaarmarkt jeugdhaven"
    " eiland asielzoekerscentrum loverboyring contactring aandeel oorveeg streng ontwerf verwerf bederf baangarantie"
    " aanbrug bescherm afkomst wederik landbouw vangrail afscheid huisstraat bijbaan vakantiebaan banenmarkt stad rechtbank"
    " einde eind weekeinde weekeind uiteinde levenseinde jaareinde land eiland buitenland binnenland thuisland platteland buurt dorp geboorteland"
    " kerkhof voorhof gang ingang uitgang voorgang toegang omgang overgang zwangerschap slag aanslag uitslag bijslag toeslag opslag neerslag hoeslag"
    " molen steen baksteen kruis spoor rust onrust inzicht uitzicht overzicht toezicht gezicht opzicht voorhand achterland zijde weerszijde gerechtshof"
    " les proces succes adres meer zand hout stof ven straten tuinen"
    " levensweg doorweg tussenweg gulden-middenweg middenweg uitvaart opvaart luchthaven thuishaven woonerf"
)
KNOWN_SITES = _words(
    "veiligthuis.nl ikvermoedhuiselijkgeweld.nl huiselijkgeweld.nl rijksoverheid.nl overheid.nl skjeugd.nl blijfgroep.nl moviera.nl"
    " augeo.nl kindertelefoon.nl slachtofferhulp.nl 113.nl politie.nl nji.nl movisie.nl rechtspraak.nl vng.nl vnog.nl"
    " autoriteitpersoonsgegevens.nl lvak.nl centrumseksueelgeweld.nl fier.nl kadera.nl arosa-zhz.nl valente.nl huisartsen.nl"
    " jeugdzorgnederland.nl kinderbescherming.nl rvdk.nl ggdghor.nl ncj.nl thuisarts.nl verwey-jonker.nl kennisnet.nl chatmetfier.nl"
    " registerplein.nl bpsw.nl veiligheidvoorop.nl samenveilig.nl blijvendveilig.nl mantelzorg.nl voorbeeld.example kenniscentrum-kjp.nl"
)
TITLES = _words(
    "mevrouw mevr mvr mvrouw mevrw mw mej mejuffrouw meneer mijnheer menheer meneertje mnr dhr heer hr familie fam gezin juf juffrouw meester tante oom"
    " zuster broeder dr drs dokter ds mr prof imam dominee pastoor"
)
PARTICLES = _words(
    "vd vdr van de der den het 't ter ten te el al ben bin abu ou ait la le du da dos del di von zu op in 'd d' 's st"
)
CALLED = _words("heet heette heten genaamd noemt noemde roepnaam voornaam achternaam bijnaam naam geheten alias")
RELATIONS = _words(
    "zoon zoontje dochter dochtertje broer broertje broers zus zusje zussen kleinzoon kleindochter neef neefje nicht nichtje vriend vriendin"
    " vriendje vriendinnetje ex ex-man ex-vrouw ex-partner exman buurman buurvrouw buurjongen buurmeisje stiefvader stiefmoeder stiefzoon"
    " stiefdochter pleegvader pleegmoeder pleegzoon pleegdochter moeder vader man vrouw partner echtgenoot echtgenote oma opa tante oom"
    " baby peuter kleuter jongetje meisje jongen tweeling mama papa verloofde klasgenoot cliente"
)
# Words that may begin with a capital without being a name of somebody.
NO_NAMES = _words(
    "de het een ik hij zij ze we wij je jij u jullie er dit dat die deze dan toen nu na voor met in op aan om uit van bij tot door over"
    " onder naar zonder tegen tijdens sinds als of en maar want omdat hoewel terwijl zodat wat wie waar wanneer hoe waarom welke"
    " is was heeft had wordt werd kan kon wil wilde moet moest mag mocht zal zou gaat ging komt kwam zegt zei vertelt geeft"
    " moeder vader kind kinderen partner ex man vrouw ouder ouders oma opa baby zoon dochter broer zus gezin familie client cliente"
    " mijn onze ons zijn haar hun hen hem mij geen niet ook al alle alles iemand niemand ieder iedereen veel weinig soms vaak altijd nooit"
    " vandaag gisteren morgen eerst daarna later vorige volgende zo toch wel nog weer eerder inmiddels ondanks vanuit volgens binnen buiten"
    " veilig thuis meldcode blijf groep groeien academie oranje huis raad bescherming kinderbescherming jeugd jeugdzorg jeugdwet wmo avg"
    " ggz ggd jgz skj mdt mt vt gi ots politie school wijkteam lokaal team leertafel kijkje keuken nederland nederlandse flevoland gelderland"
    " noord zuid oost west maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei juni juli augustus"
    " september oktober november december pasen kerst kerstmis sinterklaas ramadan suikerfeest eid advent pinksteren hemelvaart koningsdag"
    " signs safety triple top3 mda zsm huisverbod expertiseoverleg intervisie incidentmethode balint methode fase stap kind1"
    " islam christendom islamitisch moslim koran bijbel god allah whatsapp facebook instagram tiktok snapchat teams zoom google"
    " artikel wet besluit burgerlijk wetboek strafrecht openbaar ministerie rechtbank kinderrechter officier justitie reclassering"
    " gecertificeerde instelling crisisdienst huisarts slachtofferhulp opvang vrouwenopvang stichting gemeente ministerie universiteit hogeschool"
    " audi bmw citroen clio corsa dacia fiat fiesta honda hyundai ibiza kia lexus mazda mercedes nissan opel peugeot picanto porsche renault"
    " skoda suzuki tesla toyota twingo volkswagen volvo yaris"
    " europa europese unie corona covid havo vwo vmbo mbo hbo cao azc coa ind uwv svb cjg kdv bso dr mr iemands beide twee drie vier vijf zes"
)
# What follows one of these is the name of a thing: a method, a house, a league.
THINGS = _words(
    "methode methodiek model programma training cursus module app stichting organisatie instelling vragenlijst instrument verdrag lijst project"
    " ziekenhuis kliniek boek film serie spel merk theorie schaal test protocol richtlijn website site platform bedrijf fonds vereniging"
    " typologie visie indeling opvatting leer gedachtegoed tabel kaart onderzoek studie artikel proefschrift hoogleraar professor"
    " aanpak interventie syndroom concept cirkel piramide driehoek toolkit tool wet akkoord partij krant tijdschrift zender winkel bureau"
)
ARTICLES = _words("de het een onze elke iedere zo'n 't")
# What this happens to is no person: ``Quilm is aangevraagd``.
DONE_TO_THINGS = _words(
    "aangevraagd ingezet afgerond opgestart gestart ingevuld afgenomen gegeven geadviseerd geindiceerd gevolgd"
)
LIKE_A_SURNAME = ("stra", "sma", "ema", "inga", "enga", "owski", "owska", "oglu", "ovic")
# What follows one of these is a place.
IN_A_PLACE = _words(
    "in uit naar te rond rondom nabij vanuit tot binnen buiten omgeving gemeente gemeentes gemeenten regio provincie stad dorp wijk buurt richting"
    " eiland polder station land"
)
SCHOOLS = _words(
    "basisschool obs cbs rkbs school college lyceum scholengemeenschap kinderdagverblijf kdv peuterspeelzaal bso kinderopvang"
    " voetbalclub sportclub zwemclub hockeyclub turnvereniging voetbalvereniging scouting moskee kerk gymnasium mavo praktijkschool"
)
# How long an account number of each country is.
IBAN_LENGTHS = {
    part[:2]: int(part[2:])
    for part in [
        "NL18",
        "BE16",
        "DE22",
        "FR27",
        "GB22",
        "ES24",
        "IT27",
        "PL28",
        "TR26",
        "MA28",
        "PT25",
        "RO24",
        "BG22",
        "LU20",
        "AT20",
        "CH21",
        "SE24",
        "DK18",
        "NO15",
        "FI18",
        "IE22",
        "LT20",
        "LV21",
        "EE20",
        "HU28",
        "CZ24",
        "SK24",
        "SI19",
        "GR27",
        "HR21",
        "CY28",
        "MT31",
        "UA29",
        "RS22",
        "BA20",
        "AL28",
        "MK19",
        "ME22",
        "XK20",
        "TN24",
        "AE23",
        "SA24",
        "IL23",
        "PK24",
        "JO30",
        "EG29",
        "GE22",
        "MD24",
        "LI21",
        "MC27",
    ]
}
# Names that are a word too, and without a capital still a name when a surname follows.
NAMELY = _words(
    "mark max bas jan bob rob rik roos iris fleur nova ben don stef stan han hein cor ad ger ward teun kees piet hans wies tijn floor dick frans noor"
)
# Surnames that say something else behind ``mevrouw`` when they have no capital.
NO_SURNAMES = _words("bent lange groot jonge wit zwart oost nat hal post made lier dam wal lee wil mark")
# People whose name is that of an idea, a scale or a syndrome: who cites them names nobody at home.
CITED = _words(
    "leary johnson maslow vogtlander arum bowlby ainsworth erikson rogers freud jung bronfenbrenner turnell gottman walker duluth glasgow apgar kempe"
    " munchhausen asperger tourette karpman ofman kolb covey cochem beck bandura piaget kohlberg korczak pinel schein lencioni kubler patterson"
    " minuchin nagy boszormenyi winnicott finkelhor felitti herman siegel perry porges levine shapiro linehan miller prochaska diclemente"
    " hare rorschach beavers olson lazarus selye pavlov skinner watzlawick satir gordon rosenberg glasl kilmann belbin balint"
    " lewin deming tuckman hart harter stark campbell sherman straus dutton"
)
# Verbs of people: behind a name that is a word too they say that it is a name.
HUMAN_VERBS = _words(
    "zegt vertelt woont durft huilt belt slaapt vindt denkt voelt schreeuwt slaat vertelde zei belde huilde vroeg vraagt appt mailt schrok"
    " weigert liegt lacht zwijgt vluchtte durfde woonde sliep werkt speelt tekent hoort ziet snapt antwoordt loog"
)
