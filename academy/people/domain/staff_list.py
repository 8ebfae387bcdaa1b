"""Reading a staff list as it comes out of a personnel system: bytes in, rows or a Dutch refusal out."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from academy.common.errors import DomainError

# header -> what it is; headers are compared in small letters and without spaces around them.
COLUMNS = {
    "e-mail": "e-mailadres, de naam waarmee iemand inlogt",
    "naam": "volledige naam",
    "organisatie": "naam van een organisatie die er al is",
    "team": "naam van een team van die organisatie (mag leeg)",
    "functie": "naam van een functie die er al is (mag leeg)",
    "leidinggevende": "e-mailadres; een account dat er al is of een andere rij (mag leeg)",
    "sinds": "eerste dag, als 14-4-2027 of 2027-04-14",
    "tot": "eerste dag dat het niet meer geldt (mag leeg)",
    "uren": "uren per week, bijvoorbeeld 32 of 28,5 (mag leeg)",
}
FORMULA = ("=", "+", "-", "@", "\t")
LONGEST = {"e-mail": 254, "naam": 150}
MOST_HOURS = Decimal(60)
FIRST_YEAR, LAST_YEAR = 1950, 2100


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One row; ``number`` is the line as a spreadsheet shows it."""

    number: int
    email: str
    name: str
    organisation: str
    team: str
    job_function: str
    manager: str
    starts_on: date
    ends_on: date | None
    weekly_hours: Decimal | None


def read_table(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """The rows with their line numbers, of a file with a header, parted by semicolons, commas or tabs.

    Raises DomainError for a file that is no such table.
    """
    if b"\0" in content:
        raise DomainError("binary", "Dit is geen tekstbestand. Bewaar de lijst als CSV (UTF-8) en probeer het opnieuw.")
    text = _decode(content)
    lines = text.splitlines()
    if not lines:
        raise DomainError("empty", "Het bestand is leeg; de eerste rij noemt de kolommen.")
    delimiter = max(";,\t", key=lines[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip().lower() for name in next(reader)]
        while header and not header[-1]:
            header.pop()  # spreadsheets add empty columns at the end
        _check_header(header)
        return [(reader.line_num, _cells(header, row, reader.line_num)) for row in reader if any(map(str.strip, row))]
    except csv.Error as wrong:
        raise DomainError("csv", f"Rij {reader.line_num} is niet te lezen: kijk de aanhalingstekens na.") from wrong


def parse_row(number: int, cells: dict[str, str]) -> StaffRow:
    """The row with its values. Raises DomainError that names the column and the way out."""
    for column, value in cells.items():
        if value.startswith(FORMULA):
            raise DomainError("formula", f"{column} begint met ‘{value[:1]}’, zoals een formule; haal dat teken weg.")
        if len(value) > LONGEST.get(column, 120):
            raise DomainError("long", f"{column} is te lang; hoogstens {LONGEST.get(column, 120)} tekens.")
        if not value.isprintable():
            raise DomainError("control", f"{column} bevat een onzichtbaar teken; typ de waarde opnieuw.")
    email = cells["e-mail"].lower()
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise DomainError("email", "e-mail is geen e-mailadres; schrijf het als naam@organisatie.nl.") from wrong
    for column in ("naam", "organisatie", "sinds"):
        if not cells[column]:
            raise DomainError("missing", f"{column} is leeg; vul die in.")
    starts_on, ends_on = _day(cells["sinds"], "sinds"), _day(cells["tot"], "tot") if cells["tot"] else None
    if ends_on is not None and ends_on < starts_on:
        raise DomainError("dates", "tot ligt voor sinds; pas een van beide aan.")
    return StaffRow(
        number=number,
        email=email,
        name=" ".join(cells["naam"].split()),
        organisation=cells["organisatie"],
        team=cells["team"],
        job_function=cells["functie"],
        manager=cells["leidinggevende"].lower(),
        starts_on=starts_on,
        ends_on=ends_on,
        weekly_hours=_hours(cells["uren"]),
    )


def _decode(content: bytes) -> str:
    """UTF-8 with or without a mark at the start, else what Windows wrote before that."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace").replace("\ufffd", "?")


def _check_header(header: list[str]) -> None:
    missing = [name for name in COLUMNS if name not in header]
    unknown = [name for name in header if name not in COLUMNS]
    if missing:
        raise DomainError("header", f"Deze kolommen ontbreken: {', '.join(missing)}. Zet ze in de eerste rij.")
    if unknown or len(set(header)) != len(header):
        raise DomainError(
            "header", f"Deze kolommen horen er niet of staan er dubbel: {', '.join(unknown) or 'zie rij 1'}."
        )


def _cells(header: list[str], row: list[str], number: int) -> dict[str, str]:
    if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
        raise DomainError("cells", f"Rij {number} heeft meer cellen dan de eerste rij; kijk de scheidingstekens na.")
    filled = [*row, *[""] * (len(header) - len(row))]
    return {name: value.strip(" ") for name, value in zip(header, filled, strict=False)}


def _day(text: str, column: str) -> date:
    for form in ("%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y"):
        try:
            day = datetime.strptime(text, form).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
    raise DomainError("day", f"{column} is geen dag; schrijf die als 14-4-2027.")


def _hours(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        hours = Decimal(text.replace(",", "."))
    except InvalidOperation:
        hours = Decimal(-1)
    if not hours.is_finite() or not 0 <= hours <= MOST_HOURS or hours != hours.quantize(Decimal("0.01")):
        raise DomainError("hours", "uren is een getal van 0 tot en met 60, bijvoorbeeld 28,5.")
    return hours
