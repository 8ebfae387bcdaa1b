"""Pages from memory against a bare Django view that returns the same bytes, asked of everything a web server calls."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path

from tests.bench import catalogue
from tests.bench.registry import bench

LEAST, REQUESTS = 0.25, 1000
body = b""


def bare(_request):
    return HttpResponse(body)


urlpatterns = [path("bare/", bare)]


def from_memory(address: str) -> float:
    """Throughput from memory as a share of the bare view's; not one query."""
    global body  # noqa: PLW0603 -- the bare view must return exactly the bytes of the page
    catalogue.use(catalogue.FEW)
    memory = {"PUBLIC_PAGE_SECONDS": 3600}
    with catalogue.client(address, **memory) as ask:
        body = ask().content
    assert catalogue.queries(address, **memory) == 0
    bare_cost = catalogue.cost("/bare/", REQUESTS, urls=__name__, MIDDLEWARE=[])
    return bare_cost / catalogue.cost(address, REQUESTS, **memory)


@bench("home_from_memory", floor=LEAST, unit="share", at_least=True)
def home_from_memory() -> float:
    return from_memory("/")


@bench("catalogue_from_memory", floor=LEAST, unit="share", at_least=True)
def catalogue_from_memory() -> float:
    return from_memory("/aanbod/")
