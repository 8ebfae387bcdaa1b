"""Tables of partners."""

from academy.partners.models.agreement import Agreement
from academy.partners.models.contact import Contact, TeamContact
from academy.partners.models.counted import CountedOffering
from academy.partners.models.outreach import Outreach
from academy.partners.models.request import InformationRequest

__all__ = ["Agreement", "Contact", "CountedOffering", "InformationRequest", "Outreach", "TeamContact"]
