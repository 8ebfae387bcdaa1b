"""The frame round every page: with the keyboard alone, without JavaScript, large and in few colours."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import check_focus

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_first_tab_offers_to_skip_to_the_content(page, site):
    page.goto(f"{site.url}/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Naar de inhoud")
    box = page.locator(".skip").bounding_box()
    assert box["width"] > 100
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    expect(page.locator("#inhoud")).to_be_focused()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", ["/", "/demo/onderdelen/"])
def test_every_stop_of_the_keyboard_is_visible(new_page, site, address, width):
    page = new_page(width=width)
    page.goto(site.url + address)
    stops = 0
    while stops < 120:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        check_focus(page)
        stops += 1
    assert stops > 5


def test_menu_opens_with_the_keyboard_and_without_java_script(new_page, site):
    page = new_page(width=360, java_script_enabled=False)
    page.goto(f"{site.url}/")
    summary = page.locator(".menu > summary")
    link = page.locator(".menu .nav__log-in")
    assert not link.is_visible()
    summary.focus()
    page.keyboard.press("Enter")
    assert link.is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.menu') !== null")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert not link.is_visible()


def test_wrong_form_puts_the_reader_at_the_summary(page, site):
    page.goto(f"{site.url}/demo/onderdelen/")
    page.get_by_label("Naam").fill("Samir")
    page.get_by_role("button", name="Schrijf me in").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.title().startswith("Fout: ")
    assert page.get_by_label("Naam").input_value() == "Samir"
    page.get_by_role("link", name="E-mailadres van je werk").click()
    expect(page.locator("[name=email]")).to_be_focused()


def test_good_form_says_what_happens_next(page, site):
    page.goto(f"{site.url}/demo/onderdelen/?formulier=gevuld")
    page.get_by_role("button", name="Schrijf me in").click()
    assert "binnen twee werkdagen" in page.get_by_role("status").inner_text()


@pytest.mark.parametrize("address", ["/", "/demo/onderdelen/?formulier=fouten"])
def test_four_hundred_percent_still_fits(new_page, site, address):
    """1280 px at 400 % is a window of 320 by 225 px."""
    page = new_page(width=320, height=225)
    page.goto(site.url + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for bar in page.locator(".exit, .actions--sticky").all():
        assert bar.evaluate("element => getComputedStyle(element).position") == "static"


def test_wider_letters_and_lines_lose_nothing(new_page, site):
    """Text spacing of WCAG 1.4.12."""
    page = new_page(width=360, bypass_csp=True)
    page.goto(f"{site.url}/demo/onderdelen/")
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    cut = page.evaluate(
        "[...document.querySelectorAll('a, button, .status, .tag, label')].filter(e => e.offsetParent && !e.closest('.table-scroll, .visually-hidden')"
        " && !e.classList.contains('skip') && e.scrollWidth > e.clientWidth + 2 && getComputedStyle(e).overflow !== 'visible').map(e => e.outerHTML)"
    )
    assert not cut


def test_forced_colours_keep_the_buttons_recognisable(new_page, site):
    page = new_page(forced_colors="active")
    page.goto(f"{site.url}/demo/onderdelen/")
    assert page.locator("button.button").first.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"


@pytest.mark.parametrize("width", [320, 1280])
def test_targets_are_large_enough(new_page, site, width):
    """24 by 24 px, or inside a sentence (WCAG 2.5.8)."""
    page = new_page(width=width)
    page.goto(f"{site.url}/demo/onderdelen/")
    small = page.evaluate(
        """[...document.querySelectorAll('a, button, summary, input, select, textarea')].filter(e => e.offsetParent
        && !e.closest('.visually-hidden, p:not(.actions, .cluster), dd') && !e.classList.contains('skip')).map(e => [e.getBoundingClientRect(), e])
        .filter(([box]) => box.width > 0 && (box.width < 24 || box.height < 23.5)).map(([, e]) => e.outerHTML)"""
    )
    assert not small


def test_quick_exit_leaves_without_a_trace_of_where_from(new_page, site):
    page = new_page(width=360)
    page.goto(f"{site.url}/demo/onderdelen/")
    link = page.get_by_role("link", name="Snel weg")
    assert link.is_visible()
    assert "noreferrer" in link.get_attribute("rel")
    assert link.get_attribute("target") is None
    assert "browsergeschiedenis" in page.locator(".exit").inner_text()
