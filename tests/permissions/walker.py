"""Tries one cell of the permission table and says what was wrong with the answer."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse

from tests.permissions.makers import MAKERS, Try
from tests.permissions.routes import CLOSED

EVERYWHERE = ("Y", "agg", "lnk", "two", "tmp", "brk")
# What a person who may do something can get, besides success: her input was wrong, or the thing is not ready for it.
FINE = {
    HTTPStatus.OK,
    HTTPStatus.CREATED,
    HTTPStatus.ACCEPTED,
    HTTPStatus.NO_CONTENT,
    HTTPStatus.NOT_MODIFIED,
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.CONFLICT,
    HTTPStatus.PRECONDITION_FAILED,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.PRECONDITION_REQUIRED,
}
DENIED = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
HEALTH = "system.health_live"
MOVED = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}


def to_log_in(response) -> bool:
    return response.status_code in MOVED and urlsplit(response["Location"]).path == resolve_url(settings.LOGIN_URL)


def allowed(response) -> bool:
    return response.status_code in FINE or (response.status_code in MOVED and not to_log_in(response))


def ask(client, route_name: str, method: str, attempt: Try):
    address = attempt.address or reverse(route_name, kwargs=attempt.arguments)
    if attempt.query:
        address += "?" + "&".join(f"{name}={value}" for name, value in attempt.query.items())
    if method == "GET":
        return whole(client.get(address))
    kind = {} if method == "POST" and not address.startswith("/api/") else {"content_type": "application/json"}
    return whole(getattr(client, method.lower())(address, attempt.data, **kind))


def whole(response):
    """The answer, read to its end when it is a file: a file left open is blamed on whichever test comes later."""
    if response.streaming:
        b"".join(response)  # closes its file; close() would also close the connection under the cast
    return response


def refusals(line) -> set[int]:
    """The codes that tell this person no, without telling anything else."""
    return (
        {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
        if line.maker and line.refused == HTTPStatus.NOT_FOUND
        else {line.refused}
    )


def try_cell(world, line, role: str, cell: str, *, inside: bool) -> str | None:
    """None when the answer is the one that the table asks for, else a sentence that says what it was."""
    person = world.people.get(role)
    make = MAKERS[line.maker] if line.maker else lambda *_: Try()
    response = ask(world.client(role), line.name, line.method, make(world, person, cell, inside))
    where = f"{line.method} {line.name} as {role} ({cell}, {'inside' if inside else 'outside'})"
    got = f"{response.status_code} {response.get('Location', '')}".strip()
    if line.permission == CLOSED:
        ok = response.status_code in {*MOVED, *DENIED} and "Set-Cookie" not in response
        return None if ok else f"{where}: should be closed, got {got}"
    if line.permission == HEALTH and response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        return None  # it answers; that nothing runs here is what it says
    if cell in EVERYWHERE or (cell != "-" and inside):
        return None if allowed(response) else f"{where}: should be let in, got {got}"
    if person is None:
        if to_log_in(response) or (line.name.startswith("api") and response.status_code == HTTPStatus.UNAUTHORIZED):
            return None
        return f"{where}: should go to the log-in, got {got}"
    outside = HTTPStatus.NOT_FOUND if line.maker else HTTPStatus.FORBIDDEN
    codes, words = (refusals(line), "refused") if cell == "-" else ({outside}, f"{outside:d}")
    return None if response.status_code in codes else f"{where}: should be {words}, got {got}"
