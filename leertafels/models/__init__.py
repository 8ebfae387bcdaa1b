"""The tables of leertafels."""

from leertafels.models.agreement import Agreement
from leertafels.models.leertafel import Leertafel
from leertafels.models.page import LeertafelPage

__all__ = ["Agreement", "Leertafel", "LeertafelPage"]
