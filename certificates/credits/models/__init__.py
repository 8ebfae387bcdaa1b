"""The tables of the ledger and the registers."""

from certificates.credits.models.chain import ChainedRecord, LedgerHead, Subject
from certificates.credits.models.entry import AchievementRecord, CreditEntry, CreditEvent
from certificates.credits.models.register import ActivityForm, Chamber, EligibilityRule, Register, Requirement, RuleSet
from certificates.credits.models.registration import Period, Registration

__all__ = [
    "AchievementRecord",
    "ActivityForm",
    "ChainedRecord",
    "Chamber",
    "CreditEntry",
    "CreditEvent",
    "EligibilityRule",
    "LedgerHead",
    "Period",
    "Register",
    "Registration",
    "Requirement",
    "RuleSet",
    "Subject",
]
