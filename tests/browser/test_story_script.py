"""An evening led with the script: whole on one page, one step at a time on the screen, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def script(site, log_in):
    """``script(page)`` opens the script of the first leertafel that Marjan leads."""

    def open_it(page) -> None:
        log_in(page, "marjan")
        page.goto(f"{site.url}/mijn-groepen/")
        page.get_by_role("link", name=re.compile("^Intervisietafel")).first.click()
        page.get_by_role("link", name=re.compile("draaiboek", re.IGNORECASE)).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Draaiboek: incidentmethode")

    return open_it


@pytest.mark.parametrize("width", [320, 1280])
def test_the_script_and_a_step_are_accessible(new_page, script, check_accessibility, width):
    page = new_page(width=width, reduced_motion="reduce")
    script(page)
    for step in (False, True):
        if step:
            page.get_by_role("link", name="Begin met stap 1").click()
        check_accessibility(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_step_counts_down_and_the_arrows_turn_the_pages(page, script):
    page.clock.install()
    script(page)
    page.get_by_role("link", name="Begin met stap 1").click()
    clock = page.get_by_role("timer")
    expect(clock).to_have_text(re.compile(r"^(5:00|4:[0-5]\d)"))
    page.clock.run_for(61_000)
    expect(clock).to_have_text(re.compile(r"^[23]:[0-5]\d"))
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rondje")
    page.keyboard.press("ArrowLeft")
    expect(clock).to_have_text(re.compile(r"^[23]:[0-5]\d"))
    page.clock.run_for(300_000)
    expect(page.get_by_role("status")).to_have_text("De tijd voor deze stap is om.")
    page.get_by_role("button", name="Zet de klok terug").click()
    expect(clock).to_have_text(re.compile(r"^(5:00|4:[0-5]\d)"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1)).to_have_text("Draaiboek: incidentmethode")


def test_without_java_script_a_step_says_how_long_and_when(new_page, script):
    page = new_page(width=360, java_script_enabled=False)
    script(page)
    page.get_by_role("link", name="Begin met stap 1").click()
    expect(page.get_by_role("timer")).to_have_text(re.compile("5 minuten"))
    expect(page.get_by_text(re.compile(r"Volgens plan \d\d\.\d\d-\d\d\.\d\d uur"))).to_be_visible()
    page.get_by_role("link", name="Volgende stap").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rondje")
