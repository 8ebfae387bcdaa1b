import re
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import models

from academy.common import clock
from academy.portal import privacy, trust_views


def every_model():
    return apps.get_models(include_auto_created=True)


def test_every_field_is_classified():
    assert privacy.unclassified(every_model(), privacy.read()) == []


def test_no_line_is_dead_or_double():
    lines = privacy.read()
    assert privacy.dead(every_model(), lines) == []
    keys = [(line.model, line.field) for line in lines]
    assert len(keys) == len(set(keys))


def test_every_code_has_its_words():
    words = privacy.words()
    for line in privacy.read():
        assert line.purpose in words["purpose"], line
        assert line.ground in words["ground"], line
        assert line.retention in words["retention"], line
        assert line.export in {"yes", "no"}, line
        assert line.erase in words["erase"], line
        personal = "title" in words["purpose"][line.purpose]
        # What is about somebody has a ground, a term and an answer to erasure; what is about nobody has none.
        assert personal == (line.ground != "none") == (line.erase != "none"), line


def test_a_name_that_is_technical_everywhere_points_at_nobody():
    everywhere = {line.field for line in privacy.read() if line.model == privacy.ANY}
    people = {
        f"{model._meta.label}.{field.name}"
        for model in every_model()
        if privacy.is_own(model) and not model._meta.auto_created
        for field in privacy.fields_of(model)
        if field.name in everywhere and getattr(field.related_model, "__name__", "") == "User"
    }
    assert people == set()


def test_planted_field_and_model_are_seen():
    class Meta:
        app_label = "planted"

    own = type(
        "Own",
        (models.Model,),
        {"__module__": "academy.planted.models", "Meta": Meta, "shoe_size": models.IntegerField()},
    )
    other = type("Other", (models.Model,), {"__module__": "library.models", "Meta": Meta})
    apps.all_models.pop("planted")
    assert privacy.unclassified([own, other], privacy.read()) == [
        "planted.Own.shoe_size",
        "planted.Other (of a library)",
    ]
    line = privacy.Line("planted.Own", "hat_size", "technical", "none", "kept", "no", "none")
    assert privacy.dead([own], [line]) == ["planted.Own.hat_size"]


@pytest.mark.django_db
def test_page_tells_everything_in_words(client):
    body = client.get("/privacy/").content.decode()
    for code, purpose in privacy.words()["purpose"].items():
        used = any(line.purpose == code for line in privacy.read())
        assert ("title" in purpose and used) == (f"<h2>{purpose.get('title')}</h2>" in body)
    assert "e-mailadres" in body
    assert "we wissen het" in body


@pytest.mark.django_db
def test_statement_says_what_the_audit_found(client):
    body = client.get("/toegankelijkheid/").content.decode()
    statement = trust_views.statement()
    assert f"{statement['status']}: {statement['status_text']}" in body
    for issue in statement["known_issues"]:
        assert issue["what"] in body
    assert "mailto:" in body


def test_audit_is_not_older_than_a_year():
    statement = trust_views.statement()
    assert statement["audited_on"] <= clock.today()
    assert clock.today() - statement["audited_on"] <= timedelta(days=365)
    assert statement["renew_by"] - statement["audited_on"] <= timedelta(days=366)
    assert statement["status"] in {"A", "B", "C", "D"}
    assert statement["status"] != "A" or not statement["known_issues"]


@pytest.mark.django_db
def test_security_txt_never_runs_out(client, settings):
    settings.PUBLIC_URL = "https://academie.example"
    settings.MAIL_FROM = "Academie <veilig@academie.example>"
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert fields["Contact"] == "mailto:veilig@academie.example"
    assert fields["Canonical"] == "https://academie.example/.well-known/security.txt"
    expires = datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=30) < expires - clock.now() < timedelta(days=365)


@pytest.mark.django_db
def test_robots_stay_out_of_what_is_personal(client):
    text = client.get("/robots.txt").content.decode()
    closed = re.findall(r"^Disallow: (\S+)$", text, re.MULTILINE)
    assert {"/mijn/", "/account/", "/cms/", "/certificaat/", "/team/"} <= set(closed)
    assert "/" not in closed


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/privacy/", "/toegankelijkheid/", "/robots.txt", "/.well-known/security.txt"])
def test_pages_can_be_kept_for_everybody(client, address):
    assert client.get(address)["Cache-Control"].startswith("public")
    assert client.post(address).status_code == 405
