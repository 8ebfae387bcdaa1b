"""Pictures to look at, made only when ``SCREENSHOTS=folder`` asks for them."""

import os
import re

import pytest

from tests.browser.pages import PAGES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif("SCREENSHOTS" not in os.environ, reason="SCREENSHOTS names no folder"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("address", "account"), PAGES)
def test_picture(new_page, site, log_in, screenshot, address, account, scheme):
    for width in (360, 1280):
        page = new_page(width=width, color_scheme=scheme)
        if account:
            log_in(page, account)
        page.goto(site.url + address)
        name = re.sub(r"\W+", "-", address).strip("-") or "voorpagina"
        screenshot(page, f"{name}-{scheme}", width)
