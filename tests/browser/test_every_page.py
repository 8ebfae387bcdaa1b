"""Every page of ours that a link leads to, one of each route: found as a reader finds it, looked at as in ``test_pages``."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.browser.pages import PAGES
from tests.browser.test_pages import judge
from tests.permissions.routes import CLOSED, mapped

pytestmark = [pytest.mark.browser, pytest.mark.soak, pytest.mark.xdist_group("browser")]
LINK = re.compile(r'href="([^"#]+)')
# What ends the walk, is no page, or is looked at by others.
NOT_FOLLOWED = re.compile(
    r"^/(account/logout|demo|static|media|cms|documenten|api)/|\.(pdf|ics|csv|xlsx|zip|txt|svg|png|webmanifest)$|/bestand/$|/pdf/$"
)
NO_PAGE = {
    "health_live",
    "health_ready",
    "picture",
    "wagtaildocs_serve",
    "security_txt",
    "robots_txt",
    "mine_feed",
    "certificate_pdf",
}
NO_PAGE |= {"hr_registrations_download", "hr_hours_download", "hr_hour_rows_download"}
# The demo has nobody in this state, or the link stands in a mail.
NOT_LINKED = {
    "kijkje_invitation": "in the mail to a newcomer",
    "invitation_open": "in the mail to somebody invited",
    "passkey_remove": "nobody of the demo has a passkey",
    "breach": "nobody reported one",
    "case_change": "who brought the cases in is no account that looks",
    "certificate_withdraw": "opened from a certificate whose code one was given",
    "evaluation": "in the mail of the day after",
    "learn_test": "opens when the lessons are done",
    "office_object": "for managers who object within their days",
}
MOST_ADDRESSES = 400


def links_of(answer):
    if answer.status != 200 or "html" not in answer.headers.get("content-type", ""):
        return []
    here = urlsplit(answer.url)
    found = [urlsplit(urljoin(answer.url, link.replace("&amp;", "&"))) for link in LINK.findall(answer.text())]
    return [link.path + (f"?{link.query}" if link.query else "") for link in found if link.netloc == here.netloc]


def route_of(path):
    try:
        return resolve(urlsplit(path).path).url_name
    except Resolver404:
        return None


def pages_by_route(page, site, account, known):
    """The first address of each route that ``account`` gets to and nobody before her did."""
    ahead = [address for address, who in PAGES if who == account] + (["/mijn/"] if account else [])
    seen, tried = set(ahead), 0
    while ahead and tried < MOST_ADDRESSES:
        address = ahead.pop(0)
        name = route_of(address)
        answer = page.request.get(f"{site.url}{address}")
        tried += 1
        if answer.status == 200 and name and name not in known and urlsplit(answer.url).path == urlsplit(address).path:
            known[name] = (account, address)
        routes_seen = {}
        for link in links_of(answer):
            if NOT_FOLLOWED.search(urlsplit(link).path) or link in seen:
                continue
            # Of each route a few from one page: the next page has others.
            fellow = routes_seen.setdefault(route_of(link), [])
            if len(fellow) < 4:
                fellow.append(link)
                seen.add(link)
                ahead.append(link)
    return known


def test_one_page_of_every_route_is_accessible(new_page, site, log_in, check_accessibility):
    known, visitors = {}, {}
    for account in dict.fromkeys(account for _address, account in PAGES):
        visitors[account] = new_page()
        if account:
            log_in(visitors[account], account)
        pages_by_route(visitors[account], site, account, known)
    wanted = {
        line.name
        for line in mapped().values()
        if line.method == "GET" and line.permission != CLOSED and not line.name.startswith("api")
    }
    missing = wanted - NO_PAGE - known.keys()
    listed = {(account, address) for address, account in PAGES}
    faults = []
    for name, (account, address) in sorted(known.items()):
        if name not in wanted or (account, address) in listed:
            continue
        try:
            judge(visitors[account], site.url + address, check_accessibility)
        except AssertionError as error:
            faults.append(f"{name}: {str(error)[:600]}")
    assert not faults, "\n".join(faults)
    assert missing == set(NOT_LINKED)
