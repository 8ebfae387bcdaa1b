import importlib

import pytest
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from academy.common import headers, messages
from academy.common.page_cache import public_page
from tests.common.observatory import directives, score
from tests.factories import make_person


@public_page
def open_page(request):
    return HttpResponse("<p>open</p>")


@login_required
def own_page(request):
    return HttpResponse(f"<p>{request.user.full_name}</p>")


@public_page
def careless_page(request):
    """Says public although somebody is logged in."""
    return HttpResponse(f"<p>{request.user}</p>")


def own_policy(request):
    return HttpResponse("file", headers={"Content-Security-Policy": "default-src 'none'; sandbox"})


@csrf_exempt
def leave(request):
    logout(request)
    return HttpResponse("bye")


def handler404(request, exception):
    return HttpResponse("weg", status=404)


urlpatterns = [
    path("open/", open_page),
    path("account/login/", open_page, name="account_login"),
    path("own/", own_page),
    path("careless/", careless_page),
    path("file/", own_policy),
    path("leave/", leave),
    path("cms/desk/", open_page),
    path("cms/preview/", own_policy),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def production(settings):
    """The cookies and headers of production, which cannot be imported here: it would refuse this machine."""
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True


def test_own_pages_run_nothing_inline_and_nothing_foreign(client):
    policy = directives(client.get("/open/")["Content-Security-Policy"])
    assert policy.pop("default-src") == {"'none'"}
    assert policy.pop("base-uri") == {"'none'"}
    assert policy.pop("frame-ancestors") == {"'none'"}
    assert {frozenset(sources) for sources in policy.values()} == {frozenset({"'self'"})}
    assert {"script-src", "style-src", "img-src", "font-src", "connect-src", "form-action"} <= set(policy)


def test_editor_has_a_policy_of_its_own_under_its_address_only(client):
    looser = client.get("/cms/desk/")
    assert "'unsafe-inline'" in looser["Content-Security-Policy"]
    assert directives(looser["Content-Security-Policy"])["frame-ancestors"] == {"'self'"}
    assert looser["X-Frame-Options"] == "SAMEORIGIN"
    assert client.get("/cms/preview/")["Content-Security-Policy"] == looser["Content-Security-Policy"]
    assert "unsafe" not in client.get("/open/")["Content-Security-Policy"]


def test_view_may_set_a_stricter_policy(client):
    assert client.get("/file/")["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_identity_provider_may_receive_the_log_in_form(settings):
    settings.CSP_FORM_ACTION = ["https://login.example"]
    policy = directives(Client().get("/open/")["Content-Security-Policy"])
    assert policy["form-action"] == {"'self'", "https://login.example"}


@pytest.mark.parametrize("address", ["/open/", "/own/", "/missing/", "/cms/desk/"])
def test_every_answer_carries_the_rest(client, address):
    answer = client.get(address)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in answer["Permissions-Policy"]


def test_no_origin_gets_in(client):
    for origin in ("https://evil.example", "https://testserver.evil.example", "https://eviltestserver", "null"):
        answer = client.get("/open/", HTTP_ORIGIN=origin)
        assert not [name for name in answer.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize("address", ["/own/", "/careless/", "/open/", "/missing/", "/cms/desk/"])
def test_answers_to_somebody_are_kept_by_nobody(client, address):
    client.force_login(make_person())
    assert client.get(address)["Cache-Control"] == "no-store, private"


def test_answers_to_a_token_are_kept_by_nobody(client):
    assert client.get("/open/", HTTP_AUTHORIZATION="Bearer x")["Cache-Control"] == "no-store, private"


def test_what_says_nothing_is_not_kept_either(client):
    assert client.get("/file/")["Cache-Control"] == "no-store, private"
    assert client.get("/open/")["Cache-Control"].startswith("public")


def test_log_out_empties_the_browser(client):
    client.force_login(make_person())
    assert "Clear-Site-Data" not in client.get("/own/")
    assert client.post("/leave/")["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.usefixtures("production")
def test_public_page_scores_like_the_best():
    points = score(Client().get("/open/", secure=True), host="testserver")
    assert points["total"] >= 130, points


@pytest.mark.usefixtures("production")
def test_own_page_scores_well():
    client = Client()
    client.force_login(make_person())
    assert score(client.get("/own/", secure=True), host="testserver")["total"] >= 100


def test_scorer_sees_what_is_wrong():
    bad = HttpResponse('<script src="http://cdn.example/a.js"></script>')
    bad.set_cookie("sessionid", "x")
    bad["Access-Control-Allow-Origin"] = "*"
    assert score(bad, host="testserver")["total"] < 0
    bare = score(HttpResponse(), host="testserver")
    assert bare["total"] == 100 - 25 - 20 - 5 - 20


@override_settings(MESSAGES_COOKIE_NAME="__Host-messages")
def test_cookie_of_messages_follows_the_setting():
    assert importlib.reload(messages).NamedCookieStorage.cookie_name == "__Host-messages"


def test_policies_are_what_they_were_meant_to_be():
    assert "unsafe-eval" not in headers.policy(headers.EDITOR)
    assert "unsafe" not in headers.policy(headers.STRICT)
