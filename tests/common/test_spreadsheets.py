"""No cell runs, every cell comes back, and nothing but a few rows is in memory."""

import csv
import io
import tracemalloc

import openpyxl
import pytest

from academy.common import spreadsheets
from academy.common.errors import DomainError

FORMULAS = [
    "=1+1",
    '=HYPERLINK("https://voorbeeld.example","klik")',
    "+31612345678",
    "-2+3",
    "@SUM(A1:A9)",
    "|calc",
    "%0A",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "\ufeff=1",
    "\u200b=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM",
    "｜calc",
    "％0A",
    "'=1",
    "''+31612345678",
]
PLAIN = ["", "Noor", "7", "1,50", "a=b", "noor@voorbeeld.example", "'s-Gravenhage", "'t Hooge Nest", "O’Brien", "Ğ ł ß"]


def as_csv(rows) -> str:
    return b"".join(spreadsheets.write_csv(["kop"], rows)).decode("utf-8-sig")


def as_xlsx(heading, rows):
    file = io.BytesIO()
    spreadsheets.write_xlsx(file, heading, rows)
    return openpyxl.load_workbook(file).active


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_defuses_a_formula_and_it_comes_back(text):
    (_heading, (cell,)) = csv.reader(io.StringIO(as_csv([[text]]), newline=""), delimiter=";")
    assert cell == f"'{text}"
    assert cell.removeprefix("'") == text


def test_csv_leaves_plain_text_alone():
    rows = list(csv.reader(io.StringIO(as_csv([PLAIN])), delimiter=";"))
    assert rows == [["kop"], PLAIN]


def test_csv_opens_in_a_dutch_excel():
    content = b"".join(spreadsheets.write_csv(["Naam", "Uren"], [["Noor; Samir", "1,50"]]))
    assert content == b'\xef\xbb\xbfNaam;Uren\r\n"Noor; Samir";1,50\r\n'


def test_xlsx_keeps_every_cell_as_text():
    texts = [text for text in FORMULAS + PLAIN if text and "\r" not in text]
    sheet = as_xlsx(["kop"], [[text] for text in texts])
    assert [cell.value for (cell,) in sheet.iter_rows(min_row=2)] == texts
    assert {cell.data_type for (cell,) in sheet.iter_rows()} == {"s"}


def test_xlsx_refuses_more_than_a_sheet_holds(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_XLSX_ROWS", 2)
    assert as_xlsx(["kop"], [["1"], ["2"]]).max_row == 3
    with pytest.raises(DomainError, match="kies een kortere periode of CSV"):
        as_xlsx(["kop"], [["1"], ["2"], ["3"]])


@pytest.mark.parametrize("kind", [spreadsheets.CSV, spreadsheets.XLSX])
def test_download_names_its_file(kind):
    response = spreadsheets.download("uren-2026", kind, ["kop"], [["een"]])
    assert response["Content-Disposition"] == f'attachment; filename="uren-2026.{kind}"'
    content = b"".join(response)
    if kind == spreadsheets.XLSX:  # close() of the response would also close the connection to a database
        response.file_to_stream.close()
    assert content.startswith(b"\xef\xbb\xbfkop" if kind == "csv" else b"PK")


def test_csv_streams():
    rows = (["Noor Verhage", "Intieme terreur", "1,50"] for _number in range(40_000))
    tracemalloc.start()
    size = sum(map(len, spreadsheets.write_csv(["Naam", "Titel", "Uren"], rows)))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 1_200_000
    assert peak < 300_000
