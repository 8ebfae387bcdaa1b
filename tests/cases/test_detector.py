"""The detector: measured on own sentences, on hostile ones, and on the clock."""

import io
import json
import re
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, strategies as st

from leertafels.cases.detector import STOP, WARN, find
from leertafels.cases.detector.hits import SUGGESTIONS
from leertafels.cases.detector.vocabulary import is_word
from tests.cases.hostile import HOSTILE

CORPUS = Path(__file__).parent / "corpus"
RECALL, FALSE_STOPS = 0.99, 0.02


def _lines(name):
    lines = (CORPUS / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _written(text):
    r"""``\u200b`` in the corpus is the character itself."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


def _stops(name):
    return [(kind, _written(text)) for kind, text, *_rest in (line.split("\t") for line in _lines(name))]


def _stopped(text):
    return {hit.kind for hit in find(text) if hit.level == STOP}


@pytest.mark.parametrize("by", ["", "held_out_", "first_author_", "second_author_", "fourth_author_", "forms_"])
def test_recall_and_false_stops(by):
    stops, clean = _stops(f"{by}stop.tsv"), _lines(f"{by}clean.txt")
    missed = [text for _kind, text in stops if not _stopped(text)]
    false = [text for text in clean if _stopped(text)]
    print(f"\n{by}: {len(stops) - len(missed)}/{len(stops)} stopped, {len(false)}/{len(clean)} false")
    assert 1 - len(missed) / len(stops) >= RECALL, missed
    assert len(false) / len(clean) <= FALSE_STOPS, false


def test_corpus_is_large_enough_and_knows_every_kind_that_stops():
    assert len(_stops("stop.tsv")) + len(_lines("clean.txt")) >= 200
    kinds = {kind for kind, _text in _stops("stop.tsv")}
    assert kinds == {
        "bsn",
        "phone",
        "email",
        "postcode",
        "address",
        "birth_date",
        "iban",
        "plate",
        "dossier",
        "social",
        "name",
    }


@pytest.mark.parametrize("kind", sorted({kind for kind, _text in _stops("stop.tsv")}))
def test_names_the_kind(kind):
    wrong = [text for one, text in _stops("stop.tsv") if one == kind and kind not in _stopped(text)]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Bel 06\u200b12\u200b34\u200b56\u200b78 maar", "06\u200b12\u200b34\u200b56\u200b78"),
        (
            "é ﬁ nul zes twaalf vierendertig zesenvijftig achtenzeventig!",
            "nul zes twaalf vierendertig zesenvijftig achtenzeventig",
        ),
        ("😀 in ０６１２３４５６７８ 😀", "０６１２３４５６７８"),
        ("Ga naar Kerkstraat twaalf. Snel", "Kerkstraat twaalf"),
        ("de moeder F a t i m a Y i l m a z belt", "F a t i m a Y i l m a z"),
        ("½ van Fatima Yilmaz", "Fatima Yilmaz"),
    ],
)
def test_offsets_are_those_of_the_text_as_given(text, part):
    stop = next(hit for hit in find(text) if hit.level == STOP)
    assert text[stop.start : stop.end] == part


def test_every_kind_has_a_way_out():
    found = [hit for _kind, text in _stops("stop.tsv") for hit in find(text)]
    assert {hit.suggestion for hit in found} <= set(SUGGESTIONS.values())
    assert all(hit.suggestion.endswith((".", "?", "’.")) for hit in found)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We zaten in Dronten bij elkaar.", "place"),
        ("Het speelt in de Molenstraat.", "street"),
        ("Kind 1 gaat naar basisschool De Regenboog.", "school"),
        ("Het staat op eenwebsite.nl.", "social"),
        ("Er stond 7654321 op.", "number"),
        ("Op 3 mei 2024 is er gesproken.", "date"),
        ("Ze houdt van Storm en regen.", "name"),
        ("De APGAR was 8/9/10.", "date"),
        ("Zij komt uit Quilmes.", "place"),
        ("We werken met het model van Quilmes.", "name"),
        ("We lazen over de Quilmes.", "name"),
        ("We werken met Villa Quilmes.", "name"),
        ("We lazen Quilmes of Care.", "name"),
        ("Quilmes is aangevraagd.", "name"),
        ("De Quilmes Coma Schaal geeft 12 aan.", "name"),
    ],
)
def test_warns(text, kind):
    assert [(hit.kind, hit.level) for hit in find(text)] == [(kind, WARN)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("gisteren belde mevrouw fatima weer", "name"),
        ("gisteren belde fatima weer", "name"),
        ("We spraken Xandora Quilmes daarover.", "name"),
        ("Xandora slaapt slecht", "name"),
        ("mevr soekhoe belde", "name"),
        ("Volgens dhr. v.d. Quilm is het over", "name"),
        ("XANDORA slaapt slecht", "name"),
        ("F@tima slaapt slecht", "name"),
        ("mw pietersma belde", "name"),
        ("Pietersma belde", "name"),
        ("Bel &#48;&#x36;-12345678", "phone"),
        ("Bel 06<b>123</b>45678", "phone"),
        ("Bel 0😀6😀1😀2😀3😀4😀5😀6😀7😀8", "phone"),
        ("Roos vertelt dat het over is", "name"),
        ("het is daar Boterbloem 12 in Lelystad", "address"),
        ("ze wonen op nummer 5 in de Tjalkstraat", "address"),
        ("geboren de eenendertigste januari tweeduizend dertien", "birth_date"),
        ("een zwarte golf met k tm 1234", "plate"),
        ("zes drie streepje L H streepje T P", "plate"),
        ("www punt facebook punt com slash trotsevader", "social"),
        ("op snapchat genaamd trotsevdr", "social"),
        ("Jansen-Pietersen tekende voor ontvangst", "name"),
        ("Het is huisnummer 12.", "address"),
        ("Stuur een bericht via x.com/boze_vader", "social"),
        ("\U0001f1e6\U0001f170-\uff11\uff12-CD stond er", "plate"),
        ("moeder van Fatima Yilmaz\u2028belde", "name"),
        ("Gisteren belde mevrouw V. de Vries.", "name"),
        ("Op 12 maart is hij jarig.", "birth_date"),
        ("Zij komt uit 1500kz.", "postcode"),
    ],
)
def test_stops(text, kind):
    assert _stopped(text) == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "Ik sprak gisteren mevrouw",
        "In het Sophia Kinderziekenhuis en het fatima ziekenhuis is het bekend.",
        "'s Avonds is het stil.",
        "Het plan VT2024 kost 1500 kg aan papier en 2000 EU-geld.",
        "Het dossier 2019 is dicht, zaak 2020 ook.",
        "Van 12.30 tot\v13.30\rpauze.",
        "De Turks-Nederlandse school, de Wajong-uitkering en het Wmo-loket.",
        "Roos van Leary is een model.",
        "&#0; is niets.",
        "Roos is haar lievelingsbloem.",
        "Volgens de indeling van Johnson.",
        "Handle with Care en Signs of Safety helpen.",
        "Stb en Wth zijn afkortingen, MASIC is een lijst.",
        "Vader rijdt 10 km in de auto van 12 jaar oud.",
        "Bel 0800-2000, het nummer 0800-2000 dus.",
        "Gisteren belde mevrouw V.",
        "Op 12 maart vertelde ze wat er gebeurde.",
        "Er lag een zak van 1500kg.",
        "Het waren er 1500, ga maar na.",
        "Het kenteken is van 2019.",
    ],
)
def test_passes(text):
    assert find(text) == []


@given(st.text(max_size=300))
def test_never_fails_and_points_inside_the_text(text):
    hits = find(text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert all(one.end <= other.start for one, other in pairwise(hits))


def _cost(text, rounds=1):
    """Seconds of this process; the best of a few, for the machine has other work."""
    times = []
    for _ in range(rounds):
        started = time.process_time()
        find(text)
        times.append(time.process_time() - started)
    return min(times)


def test_time_grows_with_the_text_and_no_faster():
    """Eight times the text may cost sixteen times as much: twice linear, for the clock of a busy machine."""
    slow = []
    for piece in HOSTILE:
        short, long = ((piece * (size // len(piece) + 1))[:size] for size in (1_000, 8_000))
        small, large = _cost(short), _cost(long)
        if large > 16 * max(small, 0.002) and _cost(long, 3) > 16 * max(_cost(short, 3), 0.002):
            slow.append((piece, small, large))
    assert slow == []


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("huis", True),
        ("uithuisplaatsing", True),
        ("veiligheidsafspraak", True),
        ("strangulatie", True),
        ("geschopt", True),
        ("aangifte-formulier", True),
        ("quilmes", False),
        ("al-hamwi", False),
    ],
)
def test_vocabulary_knows_words_and_what_they_become(word, known):
    assert is_word(word) == known


def _check(monkeypatch, *args, said=b""):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(said), encoding="utf-8"))
    out = io.StringIO()
    code = 0
    try:
        call_command("check_case", *args, stdout=out)
    except SystemExit as ended:
        code = ended.code
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def test_check_case_reads_standard_input(monkeypatch):
    code, hits = _check(monkeypatch, said=b"Bel 06-12345678 in Dronten")
    assert code == 1
    assert hits[0] == {"kind": "phone", "start": 4, "end": 15, "level": "stop", "suggestion": SUGGESTIONS["phone"]}
    assert [hit["level"] for hit in hits] == ["stop", "warn"]


def test_check_case_reads_a_file_and_passes_a_clean_one(monkeypatch, tmp_path):
    path = tmp_path / "tekst.txt"
    path.write_text("Hoe begin ik het gesprek? Het speelt in Dronten.", encoding="utf-8")
    assert [hit["kind"] for hit in _check(monkeypatch, str(path))[1]] == ["place"]
    assert _check(monkeypatch, str(path))[0] == 0
    path.write_bytes(b"\xef\xbb\xbf\xff geen utf-8 \x00")
    assert _check(monkeypatch, str(path)) == (0, [])
    with pytest.raises(CommandError, match="niet te lezen"):
        _check(monkeypatch, str(tmp_path / "weg.txt"))
