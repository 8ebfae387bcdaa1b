"""Reads the sources and says what breaks a rule of the house; each function takes a folder, so that a test can plant."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("academy", "courses", "leertafels", "certificates")
FILE, FUNCTION, CLASS, TEMPLATE = 400, 60, 250, 120

NOQA = re.compile(r"#\s*noqa\b(?!:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*\s+-- \S)", re.IGNORECASE)
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|<!--.*?-->", re.DOTALL)
INLINE = {
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE | re.DOTALL),
    "event attribute": re.compile(r"<[a-z][^>]*\s(?:on[a-z]+|hx-on[:a-z-]*)\s*=", re.IGNORECASE | re.DOTALL),
    "inline script": re.compile(
        r"<script\b(?![^>]*\ssrc\s*=)(?![^>]*type\s*=\s*[\"']application/(?:ld\+)?json)", re.IGNORECASE
    ),
    "javascript address": re.compile(r"(?:href|src|action)\s*=\s*[\"']\s*javascript:", re.IGNORECASE),
}
# A mail reader and the PDF engine know no style sheets of the site; nothing of them is served as a page.
NOT_PAGES = ("emails", "pdf")
LOAD = re.compile(r"\{%\s*load\s+(?P<names>[^%]+?)\s*%\}")
ENV = re.compile(r"""(?:\benv(?:\.\w+)?\(|environ(?:\.get\(|\[|\.setdefault\())\s*["']([A-Z][A-Z0-9_]+)["']""")


def sources(root: Path) -> list[Path]:
    """Our own Python files, migrations left out: those are written by a machine and never change."""
    found = [path for package in PACKAGES for path in (root / package).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def templates(root: Path) -> list[Path]:
    found = [path for path in (root / "templates").rglob("*") if path.suffix in {".html", ".txt", ".xml"}]
    return sorted(found)


def too_long(root: Path) -> list[str]:
    faults = []
    for path in sources(root):
        text, name = path.read_text(), path.relative_to(root)
        if (lines := text.count("\n")) > FILE:
            faults.append(f"{name}: {lines} lines, {FILE} allowed")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef):
                most = CLASS
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                most = FUNCTION
            else:
                continue
            if (lines := node.end_lineno - node.lineno + 1) > most:
                faults.append(f"{name}:{node.lineno} {node.name}: {lines} lines, {most} allowed")
    return faults + [
        f"{path.relative_to(root)}: {lines} lines, {TEMPLATE} allowed"
        for path in templates(root)
        if (lines := path.read_text().count("\n")) > TEMPLATE
    ]


def bare_noqa(root: Path) -> list[str]:
    """Exceptions to the linter that do not say why (``# noqa: CODE -- reason``)."""
    return [
        f"{path.relative_to(root)}:{number} {line.strip()}"
        for path in [*sources(root), *sorted((root / "tests").rglob("*.py"))]
        if "architecture" not in path.parts  # these hold exceptions on purpose
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if NOQA.search(line)
    ]


def inline_markup(root: Path) -> list[str]:
    """Styles and scripts inside templates: the content security policy refuses them, so they would do nothing."""
    return [
        f"{path.relative_to(root)}: {what}"
        for path in templates(root)
        if path.suffix == ".html" and path.relative_to(root / "templates").parts[0] not in NOT_PAGES
        for what, pattern in INLINE.items()
        if pattern.search(COMMENT.sub("", path.read_text()))
    ]


def loaded(path: Path) -> set[str]:
    """The tag libraries that a template loads (``{% load a b %}`` and ``{% load a from b %}``)."""
    names: set[str] = set()
    for match in LOAD.finditer(path.read_text()):
        words = match["names"].split()
        names.update(words[words.index("from") + 1 :] if "from" in words else words)
    return names


def wrong_libraries(root: Path, libraries: dict[str, str], rank_of_module, rank_of_folder) -> list[str]:
    """Templates that load a tag library of a layer above their own. A rank is higher the higher the layer stands."""
    faults = []
    for path in templates(root):
        own = rank_of_folder(path.relative_to(root / "templates"))
        for name in sorted(loaded(path)):
            module = libraries.get(name, "")
            if module.split(".")[0] in PACKAGES and rank_of_module(module) > own:
                faults.append(f"{path.relative_to(root)} loads {name} of {module}, which stands above it")
    return faults


def environment_names(root: Path) -> set[str]:
    """The environment variables that the code reads."""
    return {name for path in [*sources(root), root / "manage.py"] for name in ENV.findall(path.read_text())}
