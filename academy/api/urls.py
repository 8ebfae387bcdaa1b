"""Addresses of the API."""

from django.conf import settings
from django.urls import path, re_path
from ninja import NinjaAPI

from academy.api import errors
from academy.api.views import (
    attendance,
    cases,
    certificates,
    coverage,
    docs,
    gatherings,
    hr,
    mine,
    offerings,
    seats,
    tokens,
)

api = NinjaAPI(
    title="Blijf Groeien Academie",
    version="1",
    description="Dezelfde academie voor programma's: elke aanroep doet wat de bladzijde ook doet, met dezelfde regels.",
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    parser=errors.ReadableParser(),
)
errors.install(api)
for part in (offerings, gatherings, seats, attendance, cases, mine, certificates, hr, coverage):
    api.add_router("", part.router)
if settings.ACADEMY_ENV == "demo":
    # A password for a token: everybody knows the accounts of the demo. Elsewhere this address does not exist.
    api.add_router("", tokens.router)

patterns, *spaces = api.urls
for pattern in patterns:
    pattern.callback = errors.answer_in_json(pattern.callback)

urlpatterns = [
    path("api/v1/docs", docs.docs, {"api": api}, name="api_docs"),
    path("api/v1/openapi.json", docs.openapi, {"api": api}, name="api_openapi"),
    path("api/v1/", (patterns, *spaces)),
    re_path(r"^api/(?P<rest>.*)$", docs.unknown, name="api_unknown"),
]
