import time

import pytest
from django.core.management import CommandError, call_command

from academy.common import clock
from academy.people.models import AuditEntry, Membership, User
from tests.factories import make_organisation, make_person, make_team

pytestmark = pytest.mark.django_db
HEADER = "e-mail;naam;organisatie;team;functie;leidinggevende;sinds;tot;uren"


@pytest.fixture
def blijf():
    organisation = make_organisation(name="Blijf Groep", is_own=True)
    make_team(name="Ambulant", organisation=organisation)
    return organisation


@pytest.fixture
def run(tmp_path, capsys):
    def go(*rows, raw=None, header=HEADER, **options):
        path = tmp_path / "lijst.csv"
        path.write_bytes(raw if raw is not None else "\n".join((header, *rows)).encode())
        call_command("import_people", path, **options)
        return capsys.readouterr().out

    return go


def refused(run, *rows, **options):
    with pytest.raises(CommandError) as wrong:
        run(*rows, **options)
    assert "niets veranderd" in str(wrong.value)
    return str(wrong.value)


def test_makes_account_and_place(run, blijf):
    out = run(
        "Anna@voorbeeld.example;Anna Bakker;Blijf Groep;ambulant;procesbegeleider;chef@voorbeeld.example;1-3-2026;;28,5",
        "chef@voorbeeld.example;Chef de Groot;Blijf Groep;;manager;;2026-01-01;2027-01-01;36",
    )
    assert out.splitlines() == [
        "Rij 2: anna@voorbeeld.example: nieuw account, plek bij Ambulant.",
        "Rij 3: chef@voorbeeld.example: nieuw account, plek bij Blijf Groep.",
        "2 rijen. Ingelezen.",
    ]
    place = Membership.objects.get(person__email="anna@voorbeeld.example")
    assert (place.manager.email, str(place.weekly_hours)) == ("chef@voorbeeld.example", "28.50")
    assert place.job_function.name == "procesbegeleider"
    assert not place.person.has_usable_password()
    assert not place.person.emailaddress_set.get().verified
    assert AuditEntry.objects.filter(action="person.import").count() == 2


def test_same_list_again_changes_nothing(run, blijf):
    row = "anna@voorbeeld.example;Anna Bakker;Blijf Groep;;;;1-3-2026;;"
    run(row)
    assert "heeft al een plek bij Blijf Groep" in run(row)
    assert (User.objects.count(), Membership.objects.count()) == (1, 1)


def test_dry_run_writes_nothing(run, blijf):
    assert "--dry-run" in run("anna@voorbeeld.example;Anna;Blijf Groep;;;;1-3-2026;;", dry_run=True)
    assert not User.objects.exists()


WRONG = {
    "geen-adres;Anna;Blijf Groep;;;;1-3-2026;;": "e-mail is geen e-mailadres",
    "a@voorbeeld.example;;Blijf Groep;;;;1-3-2026;;": "naam is leeg",
    "a@voorbeeld.example;=cmd();Blijf Groep;;;;1-3-2026;;": "zoals een formule",
    "a@voorbeeld.example;Anna;Blijf Groep;;;;1-3-2026;;-8": "zoals een formule",
    "a@voorbeeld.example;Anna;Onbekend BV;;;;1-3-2026;;": "organisatie ‘Onbekend BV’ is er niet",
    "a@voorbeeld.example;Anna;Blijf Groep;Zolder;;;1-3-2026;;": "geen team ‘Zolder’",
    "a@voorbeeld.example;Anna;Blijf Groep;;tovenaar;;1-3-2026;;": "functie ‘tovenaar’ is er niet",
    "a@voorbeeld.example;Anna;Blijf Groep;;;wie@voorbeeld.example;1-3-2026;;": "leidinggevende wie@voorbeeld.example heeft geen account",
    "a@voorbeeld.example;Anna;Blijf Groep;;;a@voorbeeld.example;1-3-2026;;": "niet de eigen leidinggevende",
    "a@voorbeeld.example;Anna;Blijf Groep;;;;31-2-2026;;": "sinds is geen dag",
    "a@voorbeeld.example;Anna;Blijf Groep;;;;1-3-0026;;": "sinds is geen dag",
    "a@voorbeeld.example;Anna;Blijf Groep;;;;1-3-2026;1-2-2026;": "tot ligt voor sinds",
    "a@voorbeeld.example;Anna;Blijf Groep;;;;1-3-2026;;veel": "uren is een getal",
    "a@voorbeeld.example;Anna;Blijf Groep;;;;1-3-2026;;nan": "uren is een getal",
    "a@voorbeeld.example;Anna;Blijf Groep;;;;1-3-2026;;61": "uren is een getal",
    "a@voorbeeld.example;An\u200bna;Blijf Groep;;;;1-3-2026;;": "onzichtbaar teken",
    f"a@voorbeeld.example;{'A' * 151};Blijf Groep;;;;1-3-2026;;": "naam is te lang",
    "weg@voorbeeld.example;Weg;Blijf Groep;;;;1-3-2026;;": "is uit dienst gemeld",
    "a@voorbeeld.example;Anna;Blijf Groep;;;weg@voorbeeld.example;1-3-2026;;": "weg@voorbeeld.example is uit dienst",
    "a@voorbeeld.example;Anna;Oud BV;;;;1-3-2026;;": "Oud BV bestaat dan niet meer",
    "goed@voorbeeld.example;Goed;Blijf Groep;;;;1-3-2026;;": "staat ook in rij 2",
    "goed@voorbeeld.example;Beter;Blijf Groep;Ambulant;;;1-3-2026;;": "een andere naam",
}


@pytest.mark.parametrize(("row", "message"), WRONG.items())
def test_one_wrong_row_and_nothing_is_written(run, blijf, capsys, at, row, message):
    make_organisation(name="Oud BV", active_to="2020-01-01")
    with at("2026-01-01 10:00"):
        make_person(email="weg@voorbeeld.example", is_active=False, left_at=clock.now())
    before = User.objects.count()
    assert refused(run, "goed@voorbeeld.example;Goed;Blijf Groep;;;;1-3-2026;;", row).startswith("1 van de 2 rijen")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Rij 2: goed@voorbeeld.example: nieuw account")
    assert lines[1].startswith("Rij 3: FOUT, ")
    assert message in lines[1]
    assert User.objects.count() == before


def test_reads_what_spreadsheets_write(run, blijf):
    row = "anna@voorbeeld.example;Anna Coördinator;Blijf Groep;;;;1-3-2026;;;"
    run(raw=f"{HEADER};\r\n{row}\r\n;;;;;;;;;\r\n".encode("utf-8-sig"))
    run(raw=f"{HEADER}\r\n{row.replace('anna', 'bea')}\r\n".encode("latin-1"))
    run(raw=f"{HEADER}\n{row.replace('anna', 'cor')}".replace(";", ",").encode())
    assert list(User.objects.values_list("full_name", flat=True)) == ["Anna Coördinator"] * 3


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "leeg"),
        (b"a\0b", "geen tekstbestand"),
        ("e-mail;naam".encode("utf-16"), "geen tekstbestand"),
        (b"e-mail;naam\na@b.nl;A", "kolommen ontbreken: organisatie"),
        (f"{HEADER};bsn\n".encode(), "horen er niet of staan er dubbel: bsn"),
        (f'{HEADER}\n"open'.encode(), "aanhalingstekens"),
        (f"{HEADER}\na;b;c;d;e;f;g;h;i;j".encode(), "meer cellen"),
    ],
)
def test_what_is_no_list_is_refused(run, raw, message):
    assert message in refused(run, raw=raw)


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(CommandError, match="niet te lezen"):
        call_command("import_people", tmp_path / "nergens.csv")


@pytest.mark.soak
def test_ten_thousand_rows_in_twenty_seconds(run, blijf):
    rows = [
        f"m{number}@voorbeeld.example;Mens {number};Blijf Groep;Ambulant;adviseur;m{number // 10}@voorbeeld.example;1-3-2026;;32"
        for number in range(1, 10_001)
    ]
    rows[0:9] = [row.replace("m0@voorbeeld.example", "") for row in rows[0:9]]
    started = time.monotonic()
    run(*rows)
    assert time.monotonic() - started < 20
    assert Membership.objects.count() == 10_000
