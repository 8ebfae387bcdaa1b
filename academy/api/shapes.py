"""What goes in and out: moments with an offset, points as decimal strings with two places, minutes as whole numbers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Generic, Literal, TypeVar

from ninja import Schema
from pydantic import ConfigDict, Field, PlainSerializer

from academy.common import clock

T = TypeVar("T")


def _moment(value: datetime) -> str:
    return value.astimezone(clock.AMSTERDAM).isoformat(timespec="seconds")


Moment = Annotated[datetime, PlainSerializer(_moment, return_type=str)]
Points = Annotated[Decimal, PlainSerializer(lambda value: f"{value:.2f}", return_type=str)]
Day = Annotated[date, PlainSerializer(date.isoformat, return_type=str)]
Code = Annotated[str, Field(max_length=100)]
Minutes = Annotated[int, Field(strict=True, ge=0, le=10_000)]


class Listed(Schema, Generic[T]):
    items: list[T]
    next: str | None


class ReasonOut(Schema):
    code: str
    message: str


class ErrorOut(Schema):
    code: str
    message: str
    reasons: list[ReasonOut]


class Eligibility(ReasonOut):
    refuses: bool


class OfferingOut(Schema):
    id: str
    kind: str
    form: str
    pillar: str
    title: str
    summary: str
    themes: list[str]
    study_load_minutes: int
    price: Points
    open_gatherings: bool
    url: str


class PlaceOut(Schema):
    """``name`` and ``address`` are null while the place is closed to the caller; ``reasons`` say why."""

    is_closed: bool
    name: str | None
    address: str | None
    reasons: list[ReasonOut]


class SessionOut(Schema):
    id: str
    starts_at: Moment
    ends_at: Moment


class SessionDetail(SessionOut):
    title: str
    place: PlaceOut | None
    closed_at: Moment | None


class GatheringOut(Schema):
    id: str
    kind: str
    title: str
    offering: str
    sessions: list[SessionOut]
    capacity: int | None
    seats_taken: int
    waiting: int
    state: str


class OfferOut(Schema):
    id: str
    deadline: Moment


class SeatOut(Schema):
    id: str
    state: str
    position: int | None


class OwnSeat(SeatOut):
    offer: OfferOut | None


class GatheringDetail(GatheringOut):
    sessions: list[SessionDetail]
    opens_at: Moment | None
    closes_at: Moment | None
    url: str
    reasons: list[Eligibility]
    seat: OwnSeat | None


class GatheringName(Schema):
    id: str
    kind: str
    title: str
    starts_at: Moment | None
    ends_at: Moment | None


class MySeat(OwnSeat):
    gathering: GatheringName
    late: bool


class Participant(Schema):
    person: str
    name: str
    seat_state: str


class RowOut(Schema):
    """``status`` and ``minutes`` are null for somebody who is expected and not recorded yet."""

    person: str
    name: str
    status: str | None
    minutes: int | None


class Attendance(Schema):
    session: str
    rows: list[RowOut]
    intervision_minutes: int | None
    case_minutes: int | None
    closed: bool


class RowIn(Schema):
    model_config = ConfigDict(extra="forbid")

    person: Code
    status: Literal["present", "absent", "excused"]
    minutes: Minutes | None = None


class AttendanceIn(Schema):
    model_config = ConfigDict(extra="forbid")

    rows: Annotated[list[RowIn], Field(max_length=1000)]
    intervision_minutes: Minutes | None = None
    case_minutes: Minutes | None = None


class StaleOut(ErrorOut):
    rows: list[RowOut]


class Closed(Schema):
    id: str
    state: str
    closed_at: Moment


class Me(Schema):
    person: str
    name: str
    email: str
    organisations: list[str]
    roles: list[str]


class CreditOut(Schema):
    id: str
    title: str
    requirement: str
    points_expected: Points
    points_granted: Points | None
    state: str
    reason: str
    completed_on: Day


class MyCertificate(Schema):
    """``ready`` is true when the file is there."""

    code: str
    title: str
    status: str
    issued_at: Moment
    ready: bool


class RequirementOut(Schema):
    key: str
    label: str
    min: Points
    expected: Points
    granted: Points
    booked: Points
    counted: Points
    surplus: Points
    shortfall: Points
    status: str


class RuleSetOut(Schema):
    code: str
    name: str
    status: str


class RegistrationOut(Schema):
    register_code: str = Field(alias="register")  # a plain ``register`` is a method of every schema
    chamber: str
    number: str
    starts_on: Day
    due_on: Day
    status: str
    rule_set: RuleSetOut
    requirements: list[RequirementOut]


class MyRegistration(Schema):
    """The registration that runs, and whatever others there are; all null and empty when there is none."""

    register_code: str | None = Field(alias="register")
    chamber: str | None
    number: str | None
    starts_on: Day | None
    due_on: Day | None
    status: str
    rule_set: RuleSetOut | None
    requirements: list[RequirementOut]
    others: list[RegistrationOut]


class CertificateCheck(Schema):
    status: str
    holder: str
    kind: str
    title: str
    dates: list[Day]
    hours: Points
    points: Points | None
    register_code: str | None = Field(alias="register")
    issued_at: Moment


class Credentials(Schema):
    email: Annotated[str, Field(max_length=254)]
    password: Annotated[str, Field(max_length=512)]


class TokenOut(Schema):
    token: str


class StaffRegistration(Schema):
    """``chamber`` is empty for somebody who should be registered and is not; ``shortfall`` says in words what lacks."""

    person: str
    name: str
    team: str
    function: str
    required: bool
    chamber: str
    number: str
    due_on: Day | None
    status: str
    shortfall: str
    at_risk: bool


class HoursOut(Schema):
    """``key`` is the id of the person or team, or the name of the pillar."""

    key: str
    name: str
    team: str
    minutes: int
    activities: int
    points_expected: Points
    points_granted: Points


class MomentOut(Schema):
    moment: str
    persons: int | None
    teams: int | None


class MunicipalityOut(Schema):
    code: str
    name: str
    moments: list[MomentOut]


class RegionOut(Schema):
    name: str
    municipalities: list[MunicipalityOut]


class CoverageOut(Schema):
    regions: list[RegionOut]


CaseText = Annotated[str, Field(max_length=10_000)]


class CaseIn(Schema):
    """``text`` alone is the learning question; beside one it is the situation."""

    model_config = ConfigDict(extra="forbid")

    learning_question: CaseText = ""
    situation: CaseText = ""
    tried: CaseText = ""
    text: CaseText = ""

    def parts(self) -> dict[str, str]:
        """The fields of the domain."""
        question, situation = self.learning_question, self.situation
        if self.text and not question:
            question = self.text
        elif self.text:
            situation = f"{situation}\n{self.text}".strip()
        return {"learning_question": question, "situation": situation, "tried": self.tried}


class CheckIn(Schema):
    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=20_000)]


class HitOut(Schema):
    kind: str
    start: int
    end: int
    level: Literal["stop", "warn"]
    suggestion: str


class FieldHitOut(HitOut):
    field: str


class CheckOut(Schema):
    hits: list[HitOut]


class CaseOut(Schema):
    """Never what it says; ``warnings`` are hits that did not stop it."""

    id: str
    state: str
    destroy_at: Moment
    warnings: list[FieldHitOut]


class TraceableOut(ErrorOut):
    hits: list[FieldHitOut] = []
