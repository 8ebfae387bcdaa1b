"""A browser and a running demo academy, for every test that looks at pages.

``site`` is one academy per test process: look, do not change what others count on. A test that changes things takes
``demo_sandbox`` and serves it itself.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.sandbox import build_template, copy_template

DEMO_PASSWORD = "blijf-groeien-demo"
AXE = Axe().axe_script
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def site(shared_folder, tmp_path_factory):
    """A running demo academy; ``site.url`` is its address."""
    own = copy_template(build_template(shared_folder, "printed"), tmp_path_factory.mktemp("site") / "academy")
    try:
        own.serve()
        yield own
    finally:
        own.close()


@pytest.fixture(scope="session")
def shared_academy(shared_folder, tmp_path_factory):
    """A running demo academy in which stories change things; its clock stands at today and nobody kills it."""
    own = copy_template(build_template(shared_folder, "printed"), tmp_path_factory.mktemp("shared") / "academy")
    try:
        own.serve()
        yield own
    finally:
        own.close()


def open_window(chromium, complaints, width: int = 1280, height: int = 900, **options):
    """A fresh browser; what it should not do is added to ``complaints``.

    Nothing may go to another address, and the console stays silent (the browser's own line about the status of the page
    itself aside).
    """
    context = chromium.new_context(
        locale="nl-NL", timezone_id="Europe/Amsterdam", viewport={"width": width, "height": height}, **options
    )
    page = context.new_page()

    def foreign(request) -> None:
        if (
            urlsplit(request.url).hostname not in {"127.0.0.1", "localhost", None}
            and not request.is_navigation_request()
        ):
            complaints.append(f"verzoek naar {request.url}")

    def said(message) -> None:
        about_the_page = "Failed to load resource" in message.text and message.location["url"] == page.url
        if message.type in {"error", "warning"} and not about_the_page:
            complaints.append(f"{page.url}: {message.text}")

    page.on("request", foreign)
    page.on("console", said)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    return page


@pytest.fixture
def new_page(chromium):
    """``new_page(width=360, color_scheme="dark", java_script_enabled=False)``: a fresh browser, watched."""
    pages, complaints = [], []

    def make(**options):
        pages.append(open_window(chromium, complaints, **options))
        return pages[-1]

    yield make
    for page in pages:
        page.context.close()
    assert not complaints


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture(scope="session")
def signed_in():
    """The cookies of each account that went through the door already."""
    return {}


@pytest.fixture
def log_in(site, signed_in):
    """``log_in(page, "noor")``: through the door everybody uses; a second time with the session of the first."""

    def through_the_door(page, account: str) -> None:
        if account in signed_in:
            page.context.add_cookies(signed_in[account])
            return
        page.goto(f"{site.url}/account/login/")
        page.locator("input[name=login]").fill(f"{account}@voorbeeld.example")
        page.locator("input[name=password]").fill(DEMO_PASSWORD)
        page.locator("main form:has(input[name=password]) button").first.click()
        page.wait_for_url(lambda url: "/account/login/" not in url)
        page.goto("about:blank")
        signed_in[account] = [cookie for cookie in page.context.cookies() if cookie["name"] != "messages"]

    return through_the_door


@pytest.fixture(scope="session")
def kept_window(chromium):
    """One window for all pages that are only looked at, and what it complains of."""
    complaints = []
    page = open_window(chromium, complaints)
    yield page, complaints
    page.context.close()


@pytest.fixture
def window(kept_window, log_in):
    """``window("noor")``: a window in which she, or with None nobody, is logged in; watched as a new page is.

    It is the same one every time, with other cookies: a browser that starts anew has to learn all of axe again, which
    takes it as long as judging the page.
    """
    page, complaints = kept_window

    def of(account: str | None):
        page.context.clear_cookies()
        if account:
            log_in(page, account)
        return page

    yield of
    told = complaints.copy()
    complaints.clear()
    assert not told


# Only what is wrong comes back, in few words: the whole answer of axe is a megabyte for a long page.
JUDGE = """async rules => {
    const answer = await axe.run({runOnly: {type: "tag", values: rules}, resultTypes: ["violations"]});
    return answer.violations.map(rule => [rule.id, rule.impact, rule.nodes.slice(0, 4).map(node => node.html.slice(0, 160))]);
}"""


@pytest.fixture
def check_accessibility():
    """``check_accessibility(page)``: axe has nothing to say about WCAG 2.2 A and AA nor about its best practices."""

    def check(page) -> None:
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE)
        found = [f"{rule} ({impact}): {nodes}" for rule, impact, nodes in page.evaluate(JUDGE, RULES)]
        assert not found, f"{page.url} op {page.viewport_size['width']} px\n" + "\n".join(found)

    return check


@pytest.fixture
def screenshot(tmp_path):
    """``screenshot(page, "voorpagina", 360)``: the whole page at a width; kept in ``$SCREENSHOTS`` when that is set."""

    def take(page, name: str, width: int | None = None) -> Path:
        folder = Path(os.environ.get("SCREENSHOTS", tmp_path))
        folder.mkdir(parents=True, exist_ok=True)
        if width:
            page.set_viewport_size({"width": width, "height": 900})
        path = folder / f"{name}-{page.viewport_size['width']}.png"
        page.screenshot(path=path, full_page=True)
        return path

    return take
