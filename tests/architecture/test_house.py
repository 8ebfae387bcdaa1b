"""The rules that hold for the house as a whole: documents that agree with the code, quiet, and no network."""

import re
import socket
import tomllib
import warnings

import pytest
from django.core.management import call_command

from tests.architecture import layers, scan

LATER = "(later)"
# Not ours: Django's own, what we tell Celery, and the one by which pytest tells its processes apart.
FOREIGN = {"DJANGO_SETTINGS_MODULE", "CELERY_SKIP_CHECKS", "PYTEST_XDIST_WORKER"}


def package_table():
    """The first column of the table in docs/architecture.md: name -> whether it is marked as still to come."""
    text = (scan.ROOT / "docs/architecture.md").read_text()
    part = text.split("## Packages")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    return {name: LATER in row for row in rows for name in re.findall(r"`([^`]+)`", row)}


def documented_settings():
    text = (scan.ROOT / "docs/settings.md").read_text()
    return set(re.findall(r"^\| `([A-Z_]+)` \|", text, re.MULTILINE))


def test_packages_of_the_documents_are_those_of_the_code():
    table = package_table()
    assert {name for name, later in table.items() if not later} == layers.packages()
    assert {name for name, later in table.items() if later} & layers.packages() == set()


def test_documents_and_contract_have_the_same_order():
    order = layers.order()
    ranks = [order[name] for name in package_table() if name in order]
    assert ranks == sorted(ranks, reverse=True)


def test_every_environment_variable_is_documented():
    assert scan.environment_names(scan.ROOT) - documented_settings() - FOREIGN == set()


def test_no_documented_variable_is_dead():
    assert documented_settings() - scan.environment_names(scan.ROOT) == set()


def test_planted_environment_variable_is_seen(tmp_path):
    (tmp_path / "academy").mkdir()
    (tmp_path / "manage.py").write_text("")
    (tmp_path / "academy/settings.py").write_text(
        'A = env.bool("ONE_A", default=1)\nB = env("TWO_B")\nC = os.environ["THREE_C"]\nD = os.environ.get("FOUR_D", "")\n'
    )
    assert scan.environment_names(tmp_path) == {"ONE_A", "TWO_B", "THREE_C", "FOUR_D"}


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_warnings_are_errors():
    with pytest.raises(UserWarning, match="loud"):
        warnings.warn("loud", stacklevel=1)
    text = (scan.ROOT / "pyproject.toml").read_text()
    filters = tomllib.loads(text)["tool"]["pytest"]["ini_options"]["filterwarnings"]
    assert filters[0] == "error"
    # Each exception says on its line why it is one.
    for exception in filters[1:]:
        (line,) = [line for line in text.splitlines() if exception.replace("\\", "\\\\") in line or exception in line]
        assert re.search(r",\s+# \S", line), line


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80)])
@pytest.mark.parametrize("call", ["connect", "connect_ex"])
def test_loopback_is_the_only_network(address, call):
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as probe, pytest.raises(AssertionError, match="only loopback"):
        getattr(probe, call)(address)


def test_no_name_is_looked_up_outside():
    with pytest.raises(AssertionError, match="only loopback"):
        socket.create_connection(("academy.example", 80))


def test_loopback_works():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        socket.create_connection(server.getsockname()).close()
        socket.create_connection(("localhost", server.getsockname()[1])).close()
