"""What holds for every page in ``pages.py``; each is opened once, by whoever is logged in already."""

import pytest

from tests.browser.pages import IN_THE_DARK, PAGES, WEIGHED

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
FIRST_VISIT, LATER_VISIT = 120_000, 25_000


def carried(page, address: str) -> int:
    """How many bytes came over the line for one visit."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    bytes_in = []
    session.on("Network.loadingFinished", lambda event: bytes_in.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    session.detach()
    return int(sum(bytes_in))


def judge(page, address, check_accessibility):
    """In order for axe at three widths and in the dark, never wider than the screen."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(address)
    assert page.locator("h1").count() == 1
    for width in (320, 768, 1280):  # 320 px is also 1280 px at 400 %
        page.set_viewport_size({"width": width, "height": 900})
        check_accessibility(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} schuift op {width} px"


@pytest.mark.parametrize(("address", "account"), PAGES)
def test_page_is_accessible_at_every_width(window, site, check_accessibility, address, account):
    judge(window(account), site.url + address, check_accessibility)


@pytest.mark.parametrize(("address", "account"), IN_THE_DARK)
def test_page_is_accessible_in_the_dark(new_page, site, log_in, check_accessibility, address, account):
    page = new_page(width=360, color_scheme="dark")
    if account:
        log_in(page, account)
    page.goto(site.url + address)
    check_accessibility(page)


@pytest.mark.parametrize(("address", "account"), WEIGHED)
def test_page_is_light(new_page, site, log_in, address, account):
    page = new_page()
    if account:
        log_in(page, account)
    assert carried(page, site.url + address) <= FIRST_VISIT
    assert carried(page, site.url + address) <= LATER_VISIT


def test_first_visit_to_the_home_page_is_light(page, site):
    assert 20_000 < carried(page, f"{site.url}/") <= FIRST_VISIT
