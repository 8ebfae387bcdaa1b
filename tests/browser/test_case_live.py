"""What leads to somebody is pointed at while it is typed, and refused when it is sent all the same."""

import re

import pytest

from tests.browser.conftest import DEMO_PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
TYPED = "Hoe praat ik met het gezin in 1312 AB?"


def at_the_form(page, academy):
    """``samir`` on the page where something is brought in for the next meeting of his table."""
    page.goto(f"{academy.url}/account/login/")
    page.locator("input[name=login]").fill("samir@voorbeeld.example")
    page.locator("input[name=password]").fill(DEMO_PASSWORD)
    page.locator("main form:has(input[name=password]) button").first.click()
    page.wait_for_url(lambda url: "/account/login/" not in url)
    tables = page.request.get(f"{academy.url}/api/v1/gatherings?kind=leertafel&mine=true").json()["items"]
    bring_in = page.get_by_role("link", name="Breng iets in")
    for table in tables:
        page.goto(f"{academy.url}/leertafel/{table['id']}/")
        if bring_in.count():
            bring_in.first.click()
            return
    raise AssertionError("Samir kan nergens iets inbrengen.")


def type_before_the_script_is_there(page):
    """The same page over a slow line, by somebody who does not wait for it."""
    held = []

    def hold(route):
        held.append(route)

    page.route("**/js/case*.js", hold)
    with page.expect_request("**/js/case*.js"):
        page.goto(page.url, wait_until="commit")
    page.locator("textarea").first.fill(TYPED)
    held.pop().continue_()
    page.unroute("**/js/case*.js")


def test_a_postcode_is_pointed_at_while_typing_and_refused_without_javascript(
    demo_sandbox, new_page, check_accessibility
):
    academy = demo_sandbox
    academy.serve()
    plain = new_page(java_script_enabled=False)
    at_the_form(plain, academy)
    plain.locator("textarea").first.fill(TYPED)
    plain.locator("input[name=untraceable]").check()
    plain.get_by_role("button", name="Breng in").click()
    assert plain.locator("mark.hit--stop").inner_text() == "1312 AB"
    assert "Haal de postcode weg" in plain.locator("main").inner_text()

    page = new_page(width=360)
    at_the_form(page, academy)
    address = page.url
    pointed_at = page.locator("[data-case-live] li", has_text="Haal de postcode weg")
    type_before_the_script_is_there(page)
    pointed_at.wait_for()
    page.goto(address)
    page.locator("textarea").first.press_sequentially(TYPED)
    pointed_at.wait_for()
    assert page.locator("[data-case-live] [role=status]").inner_text() == "moet weg: 1"
    assert page.url == address
    check_accessibility(page)
    # With the keyboard alone: to the hit, into the text where it stands selected, and something else in its place.
    page.locator("[data-case-live] button").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("de regio")
    assert page.locator("textarea").first.input_value() == TYPED.replace("1312 AB", "de regio")
    page.get_by_text("Er valt niets meer op.").wait_for()
    assert page.locator("[data-case-live] li").count() == 0
    page.locator("input[name=untraceable]").check()
    page.get_by_role("button", name="Breng in").click()
    assert re.search("versleuteld bewaard", page.locator("body").inner_text())
