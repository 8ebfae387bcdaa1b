import pytest
from django.contrib import messages
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path

from academy.common import page_cache
from academy.common.page_cache import public_page
from academy.people.models import User
from tests.factories import make_person

made = []


def say(request, text):
    made.append(request.get_full_path())
    return HttpResponse(text)


@public_page
def home(request):
    User.objects.exists()
    return say(request, f"home {len(made)} {request.GET.get('q', '')} {request.user}")


@public_page
def form(request):
    return say(request, get_token(request))


@public_page
def greeting(request):
    messages.success(request, "hallo")
    return say(request, "greeting")


@public_page
def varied(request):
    response = say(request, "varied")
    response["Vary"] = "Accept-Language"
    return response


@public_page
def gone(request):
    made.append("gone")
    return HttpResponse("gone", status=404)


@public_page
def streamed(request):
    made.append("streamed")
    return StreamingHttpResponse([b"x"])


def private(request):
    return say(request, "private")


urlpatterns = [path(f"{view.__name__}/", view) for view in (home, form, greeting, varied, gone, streamed, private)]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def memory(settings):
    settings.PUBLIC_PAGE_SECONDS = 30
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    made.clear()


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 1000.0

        def monotonic(self):
            return self.now

    clock = Clock()
    monkeypatch.setattr(page_cache, "time", clock)
    return clock


def test_second_visitor_gets_the_same_bytes_without_a_query(client):
    first = client.get("/home/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        second = client.get("/home/")
    assert len(queries) == 0
    assert second.content == first.content
    assert made == ["/home/"]
    for name, value in first.items():
        assert second[name] == value


def test_page_is_at_most_thirty_seconds_old(client, clock):
    client.get("/home/")
    clock.now += 29.9
    client.get("/home/")
    assert len(made) == 1
    clock.now += 0.1
    client.get("/home/")
    assert len(made) == 2


def test_head_has_no_body_and_the_right_length(client):
    length = str(len(client.get("/home/").content))
    head = client.head("/home/")
    assert head.content == b""
    assert head["Content-Length"] == length
    assert len(made) == 1


def test_addresses_and_hosts_are_told_apart(client):
    client.get("/home/")
    assert b"abc" in client.get("/home/?q=abc").content
    client.get("/home/", headers={"host": "other.example"})
    client.get("/home/", secure=True)
    assert len(made) == 4


def test_strange_host_gets_nothing_and_stores_nothing(client):
    client.get("/home/")
    assert client.get("/home/", headers={"host": "evil.example"}).status_code == 400
    assert client.get("/home/", headers={"host": "evil.example"}).status_code == 400
    assert len(made) == 1


@pytest.mark.parametrize("address", ["/form/", "/greeting/", "/varied/", "/gone/", "/streamed/", "/private/"])
def test_what_is_personal_or_odd_is_never_kept(address):
    for _visitor in range(2):
        Client().get(address)
    assert len(made) == 2


def test_form_stays_out_for_a_visitor_who_has_its_cookie():
    client = Client()
    tokens = {client.get("/form/").content for _visit in range(2)}
    assert len(tokens) == 2


def test_two_people_never_see_each_other():
    canaries = {}
    for name in ("kanarie-een", "kanarie-twee"):
        client = Client()
        client.force_login(make_person(full_name=name))
        canaries[name] = client
    for _round in range(2):
        for name, client in canaries.items():
            seen = client.get("/home/").content.decode()
            assert name in seen
            assert seen.count("kanarie") == 1
        assert b"kanarie" not in Client().get("/home/").content


@pytest.mark.parametrize("extra", [{"HTTP_AUTHORIZATION": "Bearer x"}, {"HTTP_HX_REQUEST": "true"}])
def test_token_and_fragment_go_past_the_memory(client, extra):
    client.get("/home/")
    client.get("/home/", **extra)
    assert len(made) == 2
    client.get("/home/")
    assert len(made) == 2


def test_post_goes_past_the_memory(client):
    client.get("/home/")
    client.post("/home/")
    assert len(made) == 2


def test_memory_does_not_grow_without_end(client, monkeypatch):
    monkeypatch.setattr(page_cache, "MOST_PAGES", 5)
    for number in range(20):
        client.get(f"/home/?q={number}")
    assert len(made) == 20
    client.get("/home/?q=19")
    assert len(made) == 20


def test_nothing_is_kept_when_it_is_off(settings):
    settings.PUBLIC_PAGE_SECONDS = 0
    for _visitor in range(2):
        Client().get("/home/")
    assert len(made) == 2
