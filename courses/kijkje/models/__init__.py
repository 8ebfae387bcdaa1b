"""The tables of Kijkje in de Keuken."""

from courses.kijkje.models.announcement import Announcement
from courses.kijkje.models.page import KijkjePage
from courses.kijkje.models.visit import Debrief, Signature, Visit

__all__ = ["Announcement", "Debrief", "KijkjePage", "Signature", "Visit"]
