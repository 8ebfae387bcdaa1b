"""The tables of people."""

from academy.people.models.arriving import OrganisationRequest, PersonalInvitation
from academy.people.models.consent import WorksCouncilConsent
from academy.people.models.limit import LimitCounter
from academy.people.models.membership import Membership
from academy.people.models.organisation import JobFunction, MailDomain, Organisation, Team
from academy.people.models.place import Municipality, Region
from academy.people.models.role import RoleAssignment
from academy.people.models.trace import AccessToken, AuditEntry, SecondFactorReset
from academy.people.models.user import User

__all__ = [
    "AccessToken",
    "AuditEntry",
    "JobFunction",
    "LimitCounter",
    "MailDomain",
    "Membership",
    "Municipality",
    "Organisation",
    "OrganisationRequest",
    "PersonalInvitation",
    "Region",
    "RoleAssignment",
    "SecondFactorReset",
    "Team",
    "User",
    "WorksCouncilConsent",
]
