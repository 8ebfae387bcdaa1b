"""The tables of the kernel."""

from academy.gatherings.models.accreditation import Accreditation
from academy.gatherings.models.attendance import Attendance, Correction
from academy.gatherings.models.catalogue import CataloguePage
from academy.gatherings.models.gathering import Gathering, Invitation, KeptPlace
from academy.gatherings.models.lead import Lead
from academy.gatherings.models.offering import FOUND_AS, Offering
from academy.gatherings.models.seat import Seat, SeatOffer
from academy.gatherings.models.session import Session, Venue

__all__ = [
    "FOUND_AS",
    "Accreditation",
    "Attendance",
    "CataloguePage",
    "Correction",
    "Gathering",
    "Invitation",
    "KeptPlace",
    "Lead",
    "Offering",
    "Seat",
    "SeatOffer",
    "Session",
    "Venue",
]
