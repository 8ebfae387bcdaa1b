"""The tables of what is brought in. Nothing of a text stands in them but its ciphertext."""

from leertafels.cases.models.breach import BreachRecord
from leertafels.cases.models.case import Case, CaseRules, Conflict

__all__ = ["BreachRecord", "Case", "CaseRules", "Conflict"]
