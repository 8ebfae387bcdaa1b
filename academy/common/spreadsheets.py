"""Lists for a spreadsheet, as CSV and XLSX: written row by row, and no cell can ever run as a formula.

Every cell is text, shown as on screen (decimal comma). A CSV is what a Dutch Excel opens: semicolons and a byte order
mark. A cell that a spreadsheet would take for a formula gets an apostrophe in front there; whoever reads the file back
takes off one apostrophe. XLSX says of each cell that it is text and keeps it as it is.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from itertools import chain, islice
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse

from academy.common.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.http.response import HttpResponseBase

    Row = Sequence[str]

# What starts a formula (or a command, in old versions), also behind blanks, and in full width.
_FORMULA = re.compile(r"'*(?:[\t\r\n]|[\s\ufeff\u200b]*[=+\-@|%＝＋－＠｜％])")
ROWS_AT_ONCE = 500
MOST_XLSX_ROWS = 1_048_575  # what one sheet holds, under its heading
CSV, XLSX = "csv", "xlsx"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@lru_cache(maxsize=4096)
def defuse(text: str) -> str:
    """``text`` so that no spreadsheet runs it."""
    return f"'{text}" if _FORMULA.match(text) else text


class _Line:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def write_csv(heading: Row, rows: Iterable[Row]) -> Iterator[bytes]:
    """The bytes of a CSV, some hundreds of rows at a time."""
    line = csv.writer(_Line(), delimiter=";").writerow
    lines = (str(line([defuse(cell) for cell in row])) for row in chain([heading], rows))
    yield b"\xef\xbb\xbf"
    while part := "".join(islice(lines, ROWS_AT_ONCE)):
        yield part.encode()


def write_xlsx(file: IO[bytes], heading: Row, rows: Iterable[Row]) -> None:
    """Write a workbook of one sheet into ``file``; only one row is in memory at a time.

    Raises DomainError for more rows than a sheet holds.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for column, cell in enumerate(heading):
            sheet.write_string(0, column, cell, bold)
        for number, row in enumerate(rows, start=1):
            if number > MOST_XLSX_ROWS:
                raise DomainError("too_long", "Dit zijn te veel regels voor Excel; kies een kortere periode of CSV.")
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)


def download(name: str, kind: str, heading: Row, rows: Iterable[Row]) -> HttpResponseBase:
    """The answer that a browser saves as ``name`` with the ending of ``kind`` (:data:`CSV` or :data:`XLSX`)."""
    if kind == CSV:
        return StreamingHttpResponse(
            write_csv(heading, rows),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
        )
    file = TemporaryFile()  # noqa: SIM115 -- the response closes it
    try:
        write_xlsx(file, heading, rows)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)
