"""Every form that a page of ours shows, filled with nonsense: it says in Dutch what is wrong, and nothing is written.

A form is found as its reader finds it: on a page that somebody may open. Text may be anything that is text, so emoji
or HTML in a free field may be kept; what no field can mean (NUL, half a character, a choice that was not offered) may not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode, urljoin

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.urls import reverse

from tests.permissions import walker
from tests.permissions.makers import MAKERS, Try
from tests.permissions.routes import CLOSED, mapped, permissions
from tests.permissions.world import ROLES

pytestmark = [pytest.mark.xdist_group("permissions"), pytest.mark.django_db]
LINES, TABLE = mapped(), permissions()
PAGES = [
    line
    for line in LINES.values()
    if line.method == "GET" and line.permission != CLOSED and not line.name.startswith("api")
]
# The door is the library's, in our look: its pages are no line of ours.
AT_THE_DOOR = {
    "/account/login/": "an",
    "/account/signup/": "an",
    "/account/password/reset/": "an",
    "/account/password/change/": "st",
    "/account/email/": "st",
}
TYPED = ("text", "search", "email", "url", "tel", "password", "number", "date", "time", "datetime-local", "month")
TEXTS = {
    "10,000 characters": "x" * 10_000,
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈" * 20,
    "right to left": "\u202e" + "שלום עולם ",
    "html": "<script>alert(1)</script><b>x",
    "look-alike": "аdmin@voorbееld.example",
    "nul": "a\x00b",
    "half a character": "a\udcffb",
}
# A key is shown in the answer, and never again.
SHOWS_WHAT_IT_MADE = "/account/sleutels/nieuw/"
# What no field can mean.
NEVER = ("nul", "half a character")
UNREADABLE = "Er staat een teken in dat we niet kunnen lezen."
NOT_OFFERED = "niet-aangeboden"
ENGLISH = re.compile(r"\b(This field|Enter a|Ensure this|Select a valid|is required|Invalid|not allowed|Traceback)\b")
# Not content: sessions, what was tried how often, and who looked at what.
NO_CONTENT = re.compile(
    r'^\s*(INSERT INTO|UPDATE|DELETE FROM) "?(people_limitcounter|people_auditentry|django_session|usersessions_)'
)
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE)", re.IGNORECASE)


@dataclass
class Form:
    """One form as a browser would send it; ``typed`` are the names one can type in, ``chosen`` those one picks from."""

    action: str
    # Else the browser speaks first, in its own language and one field at a time.
    answers_itself: bool
    values: list[tuple[str, str]] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, element, address):
        form = cls(urljoin(address, element.get("action") or address), element.has_attr("novalidate"))
        for control in element.select("input[name], textarea[name], select[name], button[name]"):
            form.take(control)
        return form

    def take(self, control):
        name, kind = control["name"], control.get("type", "text") if control.name == "input" else control.name
        if kind in TYPED or kind == "textarea":
            self.typed.append(name)
            self.values.append((name, control.get("value", "") or control.text.strip()))
        elif kind in {"select", "radio"}:
            if name not in self.chosen:
                self.chosen.append(name)
            options = control.select("option") if kind == "select" else [control]
            filled = [option.get("value", "") for option in options if option.get("value")]
            if name not in dict(self.values):
                self.values.append((name, filled[0] if filled else ""))
        elif kind == "hidden":
            self.values.append((name, control.get("value", "")))

    def with_text(self, text):
        return [(name, text if name in self.typed else value) for name, value in self.values]

    def with_choice(self):
        return [(name, NOT_OFFERED if name in self.chosen else value) for name, value in self.values]


def forms_of(client, address):
    """The forms on a page that keep something when they are sent."""
    response = walker.whole(client.get(address))
    if response.status_code != 200 or "html" not in response.get("Content-Type", ""):
        return []
    page = BeautifulSoup(response.content, "html.parser")
    found = [Form.read(one, address) for one in page.select("main form[method=post], main form[method=POST]")]
    return [form for form in found if form.typed or form.chosen]


class Written:
    """The statements that changed content."""

    def __init__(self):
        self.statements = []

    def __call__(self, execute, sql, params, many, context):
        if WRITES.match(sql) and not NO_CONTENT.match(sql):
            self.statements.append(sql[:80])
        return execute(sql, params, many, context)


def send(client, form, values):
    """As a browser sends a form, byte for byte, half a character too."""
    body = urlencode([(name, value) for name, value in values], errors="surrogateescape")
    written = Written()
    with connection.execute_wrapper(written):
        response = walker.whole(client.post(form.action, body, content_type="application/x-www-form-urlencoded"))
    return response, written.statements


def told(response):
    """What the page says is wrong."""
    page = BeautifulSoup(response.content, "html.parser")
    if UNREADABLE in page.get_text():
        return UNREADABLE
    return " ".join(
        one.get_text(" ", strip=True)
        for one in page.select("[role=alert], .field__error, .errorlist, .notice, .error-summary")
    )


def faults_of(response, written, what, text):
    found = []
    if response.status_code >= 500:
        found.append(f"{what}: {response.status_code}")
    body = response.content.decode(errors="replace")
    if "<script>alert(1)</script>" in body:
        found.append(f"{what}: the text comes back as HTML")
    went_on = response.status_code in walker.MOVED or (what.startswith(SHOWS_WHAT_IT_MADE) and not told(response))
    if not went_on and written:
        found.append(f"{what}: refused, and yet wrote {written[:2]}")
    if text in NEVER and written:
        found.append(f"{what}: kept {written[:2]}")
    if not went_on and response.status_code in {200, 400, 409, 422} and "html" in response.get("Content-Type", ""):
        said = told(response)
        if not said:
            found.append(f"{what}: {response.status_code} without a word about what is wrong")
        elif ENGLISH.search(said):
            found.append(f"{what}: not in Dutch: {said[:120]}")
    return found


def tried(world, role, address):
    """Every form on a page with every nonsense; what was wrong."""
    client, found = world.client(role), []
    for form in forms_of(client, address):
        where = f"{form.action} as {role}"
        if not form.answers_itself:
            found.append(f"{where}: without novalidate")
        if form.typed:
            for name, text in TEXTS.items():
                found += faults_of(*send(client, form, form.with_text(text)), f"{where}, {name}", name)
        if form.chosen:
            found += faults_of(
                *send(client, form, form.with_choice()), f"{where}, a choice that was not offered", "nul"
            )
    return found


def page_of(world, line, role):
    make = MAKERS[line.maker] if line.maker else lambda *_: Try()
    attempt = make(world, world.people.get(role), TABLE[line.permission][role], True)
    address = attempt.address or reverse(line.name, kwargs=attempt.arguments)
    return f"{address}?{urlencode(attempt.query, quote_via=quote)}" if attempt.query else address


def whoever_may(line):
    return next((role for role in reversed(ROLES) if TABLE[line.permission][role] not in {"-", ""}), "ad")


@pytest.mark.parametrize("line", PAGES, ids=lambda line: line.name)
def test_forms_of_a_page_refuse_nonsense(world, again, line):
    role = whoever_may(line)
    faults = again(lambda: tried(world, role, page_of(world, line, role)))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("address", "role"), AT_THE_DOOR.items())
def test_forms_at_the_door_refuse_nonsense(world, again, address, role):
    assert forms_of(world.client(role), address)
    faults = again(tried, world, role, address)
    assert not faults, "\n".join(faults)
