import subprocess
import sys

import pytest
from django.apps import apps
from django.template import engines
from django.template.backends.django import get_installed_libraries
from django.template.loader import get_template
from wagtail.images.models import AbstractRendition

from tests.architecture import layers, scan

# Packages inside a layer; a contract of their own says which way they look.
NESTED = {"certificates.credits", "courses.kijkje", "courses.learning", "courses.paths", "leertafels.cases"}
INSIDE = [
    "(urls)",
    "(views) | (wagtail_hooks) | (templatetags)",
    "(tasks)",
    "(forms) | (rendering)",
    "(domain)",
    "(rules)",
    "(models)",
    "(enums)",
]


def own_models():
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in scan.PACKAGES]


def wrong_relations(models):
    """Relations from a table of ours to one in a package above it."""
    return [
        f"{model._meta.label}.{field.name} points at {target._meta.label}"
        for model in models
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and (target := field.related_model) is not None
        if target.__module__.split(".")[0] in scan.PACKAGES
        if layers.rank_of_module(target.__module__) > layers.rank_of_module(model.__module__)
    ]


def run_linter(root):
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as go; go()", "--no-cache"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_every_package_has_its_layer():
    assert layers.packages() - set(layers.order()) - NESTED == set()


def test_every_package_keeps_the_order_inside():
    contract = layers.CONTRACTS["inside"]
    assert contract["layers"] == INSIDE
    made_of_layers = {
        package
        for package in layers.packages()
        if any(
            list((scan.ROOT / package.replace(".", "/")).glob(f"{layer}*"))
            for layer in ("urls", "views", "wagtail_hooks", "tasks", "forms", "domain", "rules", "models", "enums")
        )
    }
    # The wiring and what has no models have no layers inside; everything else is named.
    assert made_of_layers - set(contract["containers"]) - {"academy.settings", "academy.common"} == set()


def test_no_table_points_at_one_above_it():
    assert wrong_relations(own_models()) == []


def test_planted_relation_upwards_is_seen(monkeypatch):
    order = layers.order()
    monkeypatch.setattr(layers, "order", lambda: {**order, "academy.people": 99})
    assert "outbox.Message.person points at people.User" in wrong_relations(own_models())


def test_imports_point_one_way():
    code, output = run_linter(scan.ROOT)
    assert code == 0, output


def test_planted_import_upwards_is_seen(tmp_path):
    for package in ("academy", "courses", "leertafels", "certificates"):
        if (scan.ROOT / package).exists():
            subprocess.run(["cp", "-r", scan.ROOT / package, tmp_path / package], check=True)
    (tmp_path / "pyproject.toml").write_text((scan.ROOT / "pyproject.toml").read_text())
    for name, line in {
        "academy/people/enums.py": "import academy.people.models",
        "academy/common/errors.py": "def f():\n    import academy.outbox.models",
        "certificates/credits/apps.py": "import xhtml2pdf\nimport certificates.rules",
        "certificates/rules.py": "",
        "courses/learning/apps.py": "import courses.models",
    }.items():
        path = tmp_path / name
        path.write_text((path.read_text() if path.exists() else "") + f"\n{line}\n")
    code, output = run_linter(tmp_path)
    assert code == 1
    for name in ("Packages point one way", "Inside a package", "The ledger knows", "Learning knows", "PDF engine"):
        (line,) = [line for line in output.splitlines() if name in line and ("KEPT" in line or "BROKEN" in line)]
        assert "BROKEN" in line, output


def every_template():
    root = scan.ROOT / "templates"
    return [str(path.relative_to(root)) for path in scan.templates(scan.ROOT)]


def test_every_template_compiles():
    for name in every_template():
        get_template(name)


def test_planted_broken_template_is_seen(tmp_path):
    (tmp_path / "broken.html").write_text("{% if %}")
    engine = engines["django"].engine
    with pytest.raises(Exception, match="Unexpected end of expression"):
        engine.from_string((tmp_path / "broken.html").read_text())


def test_templates_load_only_libraries_of_their_layer_or_below():
    found = scan.wrong_libraries(scan.ROOT, get_installed_libraries(), layers.rank_of_module, layers.rank_of_folder)
    assert found == []


def test_planted_library_of_a_layer_above_is_seen(tmp_path):
    folder = tmp_path / "templates" / "people"
    folder.mkdir(parents=True)
    (folder / "page.html").write_text("{% load i18n shell %}")
    (folder / "part.html").write_text("{% load menu from shell %}")
    found = scan.wrong_libraries(
        tmp_path, {"shell": "academy.portal.templatetags.shell"}, layers.rank_of_module, layers.rank_of_folder
    )
    assert [fault.split(",")[0] for fault in found] == [
        "templates/people/page.html loads shell of academy.portal.templatetags.shell",
        "templates/people/part.html loads shell of academy.portal.templatetags.shell",
    ]


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_every_model_has_a_name_in_dutch(model):
    if issubclass(model, AbstractRendition):
        return  # made by Wagtail for itself; nobody ever reads its name
    assert "verbose_name" in model._meta.original_attrs
