"""Somebody who calls the API, and what there is to call about."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from academy.people.domain.tokens import create_token
from academy.people.enums import TokenKind


class Caller:
    """Asks with a bearer token, or as nobody; answers are (status, JSON)."""

    def __init__(self, person=None, **client):
        self.client, self.headers, self.person = Client(**client), {}, person
        if person is not None:
            _token, secret = create_token(person=person, kind=TokenKind.API, name="proef")
            self.headers["Authorization"] = f"Bearer {secret}"

    def ask(self, method, path, body=None, **headers):
        data = body if isinstance(body, str | bytes) else json.dumps(body) if body is not None else ""
        self.response = self.client.generic(
            method,
            f"/api/v1{path}",
            data,
            content_type="application/json",
            headers={**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}},
        )
        return self.response.status_code, json.loads(self.response.content)

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, body=None, **headers):
        return self.ask("POST", path, body, **headers)

    def put(self, path, body=None, **headers):
        return self.ask("PUT", path, body, **headers)

    def delete(self, path):
        return self.ask("DELETE", path)


@pytest.fixture
def caller(db):
    return Caller
