"""What people do in the stories, so that each story tells only what is its own.

A step waits for what its reader would wait for: a button, an address, a sentence; never for a while.
"""

from __future__ import annotations

import re
import time
from urllib.parse import urlsplit

from tests.browser.conftest import DEMO_PASSWORD
from tests.portal.demo_facts import answers

DAY = 86_400
# What the worker does stands there within this time; the certificate is the longest.
SECONDS_TO_CERTIFICATE = 60
# A step that takes this long on a busy machine is slow, not wrong.
SLOW_MACHINE = 60_000
PHONE = {"width": 360, "height": 740}
OWN_PASSWORD = "een-zin-die-niemand-raadt"


class Visitor:
    """Somebody with a browser of her own at the academy under test."""

    def __init__(self, new_page, academy, *, host: str = "127.0.0.1", **options):
        self.page, self.academy = new_page(**options), academy
        self.page.set_default_timeout(SLOW_MACHINE)
        self.origin = f"http://{host}:{academy.port}"
        self.password = DEMO_PASSWORD

    def at(self, address):
        self.page.goto(f"{self.origin}{address}")
        return self.page

    def log_in(self, account):
        self.at("/account/login/")
        self.page.get_by_label("E-mailadres").fill(account if "@" in account else f"{account}@voorbeeld.example")
        self.page.get_by_label("Wachtwoord", exact=True).fill(self.password)
        self.press("Inloggen")
        self.page.wait_for_url(lambda url: "/account/login/" not in url)
        return self

    def press(self, name):
        """Press a button; what follows waits for the page that it brings."""
        self.page.locator("main").get_by_role("button", name=name).first.click()

    def follow(self, name):
        self.page.locator("main").get_by_role("link", name=name).first.click()

    def open(self, css, **options):
        """Follow the first link in the page that fits; returns where it leads."""
        self.page.locator(f"main {css}", **options).first.click()
        self.page.wait_for_load_state()
        return urlsplit(self.page.url).path

    def sees(self, words):
        """Wait until ``words`` stand in the page."""
        self.page.locator("main").get_by_text(words).first.wait_for()
        return self

    @property
    def text(self):
        return self.page.locator("main").inner_text()

    def prove_it_is_me(self):
        """Type the password once more where the page asks for it."""
        if "/account/reauthenticate/" in self.page.url:
            self.page.get_by_label("Wachtwoord", exact=True).fill(self.password)
            self.press("Ga verder")
            self.page.wait_for_url(lambda url: "/account/reauthenticate/" not in url)
        return self


def later(academy, days):
    """Stop everything and start again ``days`` days further; everybody's session goes on."""
    for process in academy.processes:
        academy.kill(process)
    return academy.serve(ACADEMY_CLOCK_OFFSET=str(days * DAY))


def wait_until(look, seconds=SECONDS_TO_CERTIFICATE):
    """What ``look`` answers once it answers something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.5)
    raise AssertionError(f"Niet gebeurd binnen {seconds} s.")


def read_mail(person, subject, *, to):
    """Open the newest mail with ``subject`` to the person named ``to``, once it is there."""

    def sent():
        rows = person.at("/demo/mail/").locator("main tr", has_text=to).filter(has_text=subject)
        return rows.count() and rows.first

    wait_until(sent).get_by_role("link").first.click()
    person.sees(subject)
    return person


def sign_up(person, *, name, email):
    """Make an account and confirm the address by the mail; ends where the workplace is asked."""
    person.password = OWN_PASSWORD
    person.at("/account/signup/")
    person.page.get_by_label("Je naam").fill(name)
    person.page.get_by_label("E-mailadres").fill(email)
    person.page.get_by_label("Wachtwoord").fill(OWN_PASSWORD)
    person.press("Maak mijn account")
    person.sees("Klik op de link")
    read_mail(person, "Bevestig je e-mailadres", to=name)
    person.open("a[href*='/account/confirm-email/']")
    person.page.locator("main form button").first.click()
    person.page.wait_for_url(re.compile(r"/account/werkplek/"))
    return person


# Something of the focus is seen: not wholly under what sticks to the edge of the screen (WCAG 2.4.11).
FOCUS_SHOWS = """element => { const box = element.getBoundingClientRect();
const points = [[.5, .5], [.05, .5], [.95, .5], [.5, .1], [.5, .9]];
return points.some(([x, y]) => { const top = document.elementFromPoint(box.x + box.width * x, box.y + box.height * y);
return top && (element.contains(top) || top.contains(element) || top.closest('label') !== null); }) }"""
# What is drawn as a button around its field shows the outline itself.
OUTLINE = """element => { const drawn = [element, element.closest('label')].filter(Boolean).map(one => getComputedStyle(one));
const style = drawn.find(one => one.outlineStyle !== 'none') ?? drawn[0]; return [style.outlineStyle, parseFloat(style.outlineWidth)] }"""


def check_focus(page):
    """What has the focus has an outline of two pixels and is not hidden; returns it."""
    focused = page.evaluate_handle("document.activeElement")
    style, thickness = focused.evaluate(OUTLINE)
    assert style != "none", focused.evaluate("element => element.outerHTML")
    assert thickness >= 2
    assert focused.evaluate(FOCUS_SHOWS), focused.evaluate("element => element.outerHTML")
    return focused


DATE = ":is(a[href^='/uitvoering/'], a[href^='/leertafel/'], a[href^='/bezoek/'])"


def take_seat(person, address):
    """Take a seat on the first date of an offering; returns the address of that date."""
    person.at(address)
    person.open(DATE)
    person.press("Schrijf me in")
    person.sees("Je plek is vast.")
    return urlsplit(person.page.url).path


def prepare_visit(person, address):
    """Do the lessons of a Kijkje and sign its statement; ends at its dates."""
    person.at(address)
    person.press("Begin met de voorbereiding")
    person.follow("Begin met les 1")
    read_lessons(person, last="Klaar")
    person.sees("Je voorbereiding is klaar.")
    person.follow("Ga verder")
    person.open("a[href$='/verklaring/']")
    person.page.get_by_label("Ik heb dit gelezen en houd me eraan").check()
    person.press("Onderteken")
    person.sees("je hebt getekend")


def read_lessons(person, *, last):
    """Go through the lessons from the first one on; ``last`` is the button of the last one."""
    following = re.compile("^Klaar, volgende les")
    person.sees(re.compile(r"^Les 1 van"))
    number = 1
    while person.page.get_by_role("button", name=following).count():
        person.press(following)
        number += 1
        person.sees(re.compile(rf"^Les {number} van"))
    person.press(re.compile(f"^{last}"))


def hand_in(person, slug, *, wrong):
    """Answer the test of course ``slug`` as the lessons teach, the first ``wrong`` questions otherwise."""
    right = answers(slug)
    person.page.get_by_role("button", name="Lever in").wait_for()
    for number, group in enumerate(person.page.locator("main form fieldset").all()):
        for choice in group.locator("label").all():
            should = choice.inner_text().strip() in right
            if should != (number < wrong):
                choice.click()
    person.press("Lever in")


def sign_table(person):
    """Sign the agreements of the leertafel whose page is open."""
    person.follow("Lees en onderteken")
    person.page.get_by_label("Ik houd me aan deze afspraken").check()
    person.press("Onderteken")
    person.sees("Je hebt de afspraken ondertekend.")


def bring_in(person, question):
    """Bring a learning question in at the leertafel whose page is open."""
    person.follow("Breng iets in")
    person.page.get_by_label("Leervraag").fill(question)
    person.page.get_by_label("Dit is niet herleidbaar").check()
    person.press("Breng in")
    person.page.wait_for_url(re.compile(r"/inbreng/(?!voor/)"))


def add_registration(person, since):
    """Stand in the register as a youth and family professional, with a period from day ``since``."""
    person.at("/mijn/registratie/nieuw/")
    person.page.get_by_label("In welk register sta je?").select_option(
        label="Kwaliteitsregister Jeugd (SKJ): Jeugd- en gezinsprofessional"
    )
    person.page.get_by_label("Wanneer begon je huidige periode?").fill(since)
    person.press("Voeg toe")
    person.sees("Je registratie staat erin.")


def approve_place(colleague, name):
    colleague.at("/beheer/bevestigen/")
    colleague.press(name)
    colleague.sees(f"De plek van {name} is bevestigd.")


def fill_everybody(lead, *, everybody="Iedereen aanwezig"):
    """On a sheet of attendance: everybody was there."""
    lead.press(everybody)
    lead.page.locator("[data-sheet-count]", has_text=re.compile(r"^([1-9]\d*) van \1 ")).wait_for()


def group_of(date):
    """The page of who leads, of the date at an address of participants."""
    return f"/mijn-groepen/{date.split('/')[2]}/"


def close_evening(lead, table):
    """Who was there, the two clocks and the end of the last meeting so far, on one page."""
    lead.at(group_of(table))
    lead.page.locator("main a[href*='/aanwezigheid/']", has_text=re.compile("^Aanwezigheid")).last.click()
    fill_everybody(lead)
    lead.press("Bewaar en sluit af")
    lead.sees("afgesloten")


def close_group(lead, date):
    """Record that everybody was there in the one session of a run or visit, and close it."""
    lead.at(group_of(date))
    lead.open("a[href*='/aanwezigheid/']")
    fill_everybody(lead)
    lead.press("Bewaar")
    lead.sees(re.compile("bewaard", re.IGNORECASE))
    lead.at(f"{group_of(date)}afsluiten/")
    with lead.page.expect_response(lambda answer: answer.request.method == "POST"):
        lead.press("Sluit definitief af")


def expected(person, requirement):
    """What the meter says of one requirement, as the person reads it."""
    said = person.at("/mijn/registratie/").locator("main").inner_text()
    return re.search(rf"{requirement}\s+(\d+(?:,\d+)?) van", said)[1]


def codes_of(person):
    links = person.at("/mijn/portfolio/").locator("main a[href*='/certificaat/']")
    addresses = dict.fromkeys(link.get_attribute("href") for link in links.all())
    return [urlsplit(address).path for address in addresses if not address.endswith("/pdf/")]
