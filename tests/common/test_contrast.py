"""Every pair of colours that meets on a page, measured in the light and in the dark."""

import gzip
import re

import pytest

from tests.sandbox import ROOT

SHEET = (ROOT / "academy/static/academy/academy.css").read_text()
TEXT, GRAPHICS = 4.5, 3.0

ON_PAPER = ["ink", "soft", "accent", "done", "soon", "late"]
PAIRS = [
    *[(text, ground, TEXT) for ground in ("paper", "surface") for text in ON_PAPER],
    *[(text, "sunk", TEXT) for text in ("ink", "soft", "accent", "late")],
    *[(state, f"{state}-tint", TEXT) for state in ("done", "soon", "late")],
    *[("ink", f"{tint}-tint", TEXT) for tint in ("done", "soon", "late", "accent")],
    *[("accent", f"{tint}-tint", TEXT) for tint in ("done", "soon", "late", "accent")],
    ("on-button", "button", TEXT),
    ("on-button", "button-over", TEXT),
    ("on-band", "band", TEXT),
    ("on-band-soft", "band", TEXT),
    ("band-accent", "band", TEXT),
    *[(text, "band-sunk", TEXT) for text in ("on-band", "band-accent")],
    *[(graphic, "band", GRAPHICS) for graphic in ("band-line", "band-leaf", "band-over")],
    ("paper", "ink", TEXT),
    ("paper", "done", TEXT),
    *[(line, ground, GRAPHICS) for ground in ("paper", "surface", "sunk") for line in ("line", "leaf", "focus")],
    *[("accent-fill", ground, GRAPHICS) for ground in ("paper", "surface")],
    ("surface", "accent-fill", GRAPHICS),
    ("surface", "soft", GRAPHICS),
    *[("button", ground, GRAPHICS) for ground in ("paper", "surface", "sunk")],
    *[("leaf", "accent-tint", GRAPHICS), ("accent-fill", "accent-tint", 2.5)],
]


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9A-Fa-f]{6})", block))


LIGHT = tokens(SHEET.split("@media (prefers-color-scheme: dark)", 1)[0])
DARK = {**LIGHT, **tokens(SHEET.split("@media (prefers-color-scheme: dark)", 1)[1].split("@layer reset", 1)[0])}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_wcag_does():
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_pair_can_be_read(scheme, front, ground, least):
    assert contrast(scheme[front], scheme[ground]) >= least


def test_dark_names_every_colour_it_must_change():
    assert {"paper", "surface", "sunk", "ink", "soft", "line", "accent", "done", "soon", "late"} <= {
        name for name in LIGHT if LIGHT[name] != DARK[name]
    }


def test_sheet_stays_small():
    assert len(gzip.compress(SHEET.encode())) <= 12_000


def test_no_colour_is_written_outside_the_tokens():
    rules = SHEET.split("@layer reset {", 1)[1].split("@media print", 1)[0]
    assert set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", rules)) <= {"#2A1A33"}
