"""The order of the packages as ``pyproject.toml`` has it: the one place where it is written down for machines."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from tests.architecture.scan import PACKAGES, ROOT

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONTRACTS = {contract["id"]: contract for contract in PROJECT["tool"]["importlinter"]["contracts"]}
# Folders of templates that are not named after a package, and the layer they belong to. The frame of the page is the
# shell's: nobody includes it, everybody extends it. Components are included from everywhere, so they know only pages.
FOLDERS = {
    "account": "academy.people",
    "allauth": "academy.people",
    "blocks": "academy.pages",
    "components": "academy.pages",
    "django": "academy.pages",
    "elements": "academy.pages",
    "emails": "academy.outbox",
    "errors": "academy.portal",
    "learning": "courses",
    "kijkje": "courses",
    "paths": "courses",
    "cases": "leertafels",
    "forms": "academy.pages",
    "mfa": "academy.people",
    "pdf": "certificates",
    "socialaccount": "academy.people",
}


def names(layer: str) -> list[str]:
    return re.findall(r"[a-z_]+(?:\.[a-z_]+)*", layer)


def order() -> dict[str, int]:
    """package -> rank; the lowest layer has rank 0."""
    layers = CONTRACTS["packages"]["layers"]
    return {name: rank for rank, layer in enumerate(reversed(layers)) for name in names(layer)}


def rank_of_module(module: str) -> int:
    """The rank of the package that ``module`` stands in; the longest name that fits wins."""
    fitting = [name for name in order() if module == name or module.startswith(f"{name}.")]
    if not fitting:
        raise AssertionError(f"{module} stands in no layer; add its package to the contract `packages`.")
    return order()[max(fitting, key=len)]


def rank_of_folder(path: Path) -> int:
    first = path.parts[0]
    if len(path.parts) == 1 or first.startswith(("wagtail", "portal_")):
        return order()["academy.portal"]
    name = FOLDERS.get(first)
    if name is None:
        fitting = [name for name in order() if name.rsplit(".", 1)[-1] == first]
        name = fitting[0] if fitting else "certificates" if first == "credits" else None
    if name is None:
        raise AssertionError(f"templates/{first}/ is no package; name its layer in tests/architecture/layers.py.")
    return order()[name]


def packages(root: Path = ROOT) -> set[str]:
    """The packages that exist: folders of ``academy`` with code, and the ones beside it."""
    inside = {f"academy.{path.parent.name}" for path in (root / "academy").glob("*/__init__.py")}
    beside = {name for name in PACKAGES if name != "academy" and (root / name / "__init__.py").exists()}
    nested = {
        ".".join(path.parent.relative_to(root).parts) for name in beside for path in (root / name).glob("*/apps.py")
    }
    return inside | beside | nested | {"academy.urls"}
