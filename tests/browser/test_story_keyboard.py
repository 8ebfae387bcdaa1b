"""The core tasks with Tab, Shift, Enter, Space, the arrows and typing alone; the focus is seen at every stop."""

import re

import pytest

from tests.browser.conftest import DEMO_PASSWORD
from tests.browser.steps import check_focus, later

pytestmark = [pytest.mark.browser, pytest.mark.soak, pytest.mark.story, pytest.mark.xdist_group("stories")]
MOST_STOPS = 250
PEOPLE = 30
IS_IT = """([css, words]) => { const here = document.activeElement;
const said = (here.labels && here.labels[0] ? here.labels[0].innerText : here.getAttribute('aria-label') || here.innerText || '').trim();
return here.matches(css) && said.startsWith(words) }"""
# The webinar of the demo has fifty places and nobody in them.
FILL = f"""
from academy.gatherings.domain.seats import take_seat
from academy.gatherings.models import Gathering
from academy.people.models import User
webinar = Gathering.objects.open().filter(offering__slug="online-geweld-en-stalking", capacity=50).get()
for person in User.objects.filter(email__startswith="deelnemer").order_by("email")[:{PEOPLE}]:
    take_seat(person=person, gathering=webinar, by=person)
print(webinar.public_id)
"""
AFTER_THE_WEBINAR = 24


class Keyboard:
    """A browser without a mouse."""

    def __init__(self, new_page, academy, **options):
        self.page, self.academy = new_page(**options), academy

    def at(self, address):
        self.page.goto(f"{self.academy.url}{address}")

    def reach(self, css, words=""):
        """Tab on until the element that fits has the focus."""
        for _stop in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            if not self.page.evaluate("document.activeElement === document.body"):
                check_focus(self.page)
            if self.page.evaluate(IS_IT, [css, words]):
                return
        raise AssertionError(f"{css} {words} is op {self.page.url} niet te bereiken.")

    def press(self, css, words="", key="Enter"):
        self.reach(css, words)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def type(self, css, words, text):
        self.reach(css, words)
        self.page.keyboard.type(text)

    def log_in(self, account):
        self.at("/account/login/")
        self.type("input", "E-mailadres", f"{account}@voorbeeld.example")
        self.type("input", "Wachtwoord", DEMO_PASSWORD)
        self.press("button", "Inloggen", key="Space")
        assert "/account/login/" not in self.page.url
        return self

    @property
    def text(self):
        return self.page.locator("main").inner_text()


def test_find_enrol_and_cancel_without_a_mouse(shared_academy, new_page):
    noor = Keyboard(new_page, shared_academy, width=360).log_in("noor")
    noor.at("/aanbod/")
    noor.type("main input", "Zoek op een woord", "oranje huis")
    with noor.page.expect_navigation():
        noor.page.keyboard.press("Enter")
    noor.press("main a", "De Oranje Huis-aanpak in de praktijk")
    noor.press("main a[href^='/uitvoering/']")
    noor.press("main button", "Schrijf me in", key="Space")
    assert "Je plek is vast." in noor.text
    noor.press("main button", "Meld me af")
    assert "Je plek is vast." not in noor.text
    noor.at("/mijn/portfolio/")
    noor.press("main a[href*='/certificaat/']")
    assert "Dit bewijs is echt en geldt." in noor.text


def test_sign_and_bring_in_without_a_mouse(shared_academy, new_page):
    proces = Keyboard(new_page, shared_academy).log_in("deelnemer057")
    proces.at("/aanbod/leertafel-veiligheid-in-het-gezin/")
    proces.press("main a[href^='/leertafel/']")
    proces.press("main button", "Schrijf me in")
    proces.press("main a", "Lees en onderteken")
    proces.reach("main input[type=checkbox]")
    proces.page.keyboard.press("Space")
    proces.press("main button", "Onderteken")
    proces.press("main a", "Breng iets in")
    proces.type("main textarea", "Leervraag", "Hoe houd ik het gesprek open als iemand steeds wegkijkt?")
    proces.reach("main input[type=checkbox]", "Dit is niet herleidbaar")
    proces.page.keyboard.press("Space")
    proces.press("main button", "Breng in")
    assert "/inbreng/voor/" not in proces.page.url


def test_attendance_of_thirty_and_closing_without_a_mouse(demo_sandbox, new_page):
    webinar = demo_sandbox.python(FILL)
    later(demo_sandbox, AFTER_THE_WEBINAR)
    marjan = Keyboard(new_page, demo_sandbox).log_in("marjan")
    marjan.at(f"/mijn-groepen/{webinar}/")
    marjan.press("main a[href*='/aanwezigheid/']")
    marjan.reach("main button", "Iedereen aanwezig")
    marjan.page.keyboard.press("Space")
    marjan.page.locator("[data-sheet-count]", has_text=f"{PEOPLE} van {PEOPLE}").wait_for()
    marjan.reach("main input[type=radio]")
    marjan.page.keyboard.press("ArrowRight")  # within one choice the arrows move, as everywhere
    marjan.press("main button", "Bewaar")
    assert re.search(r"bewaard", marjan.text, re.IGNORECASE)
    marjan.at(f"/mijn-groepen/{webinar}/afsluiten/")
    marjan.press("main button", "Sluit definitief af")
    assert "afgesloten" in marjan.text.lower()
