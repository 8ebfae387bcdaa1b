"""Fixed lists of the kernel; the codes of states are part of the API."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfferingKind(models.TextChoices):
    COURSE = "course", _("training")
    LEERTAFEL = "leertafel", _("leertafel")
    KIJKJE = "kijkje", _("Kijkje in de Keuken")
    EXTERNAL = "external", _("aanbod van een ander")


class Form(models.TextChoices):
    """How one takes part."""

    E_LEARNING = "e_learning", _("e-learning")
    CLASSROOM = "classroom", _("in een groep")
    BLENDED = "blended", _("deels online, deels in een groep")
    WEBINAR = "webinar", _("webinar")
    WORKSHOP = "workshop", _("workshop")
    INFORMATION = "information", _("voorlichting")
    SYMPOSIUM = "symposium", _("symposium")
    COACHING = "coaching", _("coaching op de werkplek")
    LEERTAFEL = "leertafel", _("leertafel")
    VISIT = "visit", _("bezoek")


# What each form is called by the registers (``credits.ActivityForm``).
ACTIVITY_FORMS: dict[str, str] = {
    Form.E_LEARNING: "e_learning",
    Form.CLASSROOM: "training",
    Form.BLENDED: "blended",
    Form.WEBINAR: "webinar",
    Form.WORKSHOP: "workshop",
    Form.INFORMATION: "informal",
    Form.SYMPOSIUM: "symposium",
    Form.COACHING: "coaching",
    Form.LEERTAFEL: "leertafel",
    Form.VISIT: "kijkje",
}


class Audience(models.TextChoices):
    EVERYONE = "everyone", _("iedereen")
    INTERNAL = "internal", _("eigen medewerkers")
    EXTERNAL = "external", _("mensen van buiten de eigen organisatie")
    INVITATION = "invitation", _("op uitnodiging")


class Approval(models.TextChoices):
    """What happens between asking for a seat and having it."""

    NONE = "none", _("geen: je plek is meteen zeker")
    OBJECTION = "objection", _("je bent meteen geplaatst; de planner kan drie werkdagen bezwaar maken")
    MANAGER = "manager", _("je leidinggevende beslist")
    COORDINATOR = "coordinator", _("de contactpersoon opleidingen beslist")
    BUDGET_HOLDER = "budget_holder", _("de budgethouder beslist")
    LEAD = "lead", _("wie de groep begeleidt beslist")


# Approvals by which a seat waits for somebody's yes.
DECIDED_BY_OTHERS = (Approval.MANAGER, Approval.COORDINATOR, Approval.BUDGET_HOLDER, Approval.LEAD)


class CutOff(models.IntegerChoices):
    """Working days before the start until which cancelling is free."""

    NONE = 0, _("tot het begin")
    ONE = 1, _("tot 1 werkdag ervoor")
    THREE = 3, _("tot 3 werkdagen ervoor")
    FIVE = 5, _("tot 5 werkdagen ervoor")
    TEN = 10, _("tot 10 werkdagen ervoor")


class GatheringState(models.TextChoices):
    """What is stored; ``full``, ``running`` and ``to_close`` follow from seats and time (``with_counts``)."""

    DRAFT = "draft", _("concept")
    OPEN = "open", _("open")
    CANCELLED = "cancelled", _("geannuleerd")
    CLOSED = "closed", _("afgesloten")


# Planned or open: what still takes somebody's time.
GOING_ON = (GatheringState.DRAFT, GatheringState.OPEN)


class DerivedState(models.TextChoices):
    DRAFT = "draft", _("concept")
    OPEN = "open", _("open")
    FULL = "full", _("vol")
    RUNNING = "running", _("bezig")
    TO_CLOSE = "to_close", _("af te sluiten")
    CLOSED = "closed", _("afgesloten")
    CANCELLED = "cancelled", _("geannuleerd")


class SeatState(models.TextChoices):
    REQUESTED = "requested", _("aangevraagd")
    CONFIRMED = "confirmed", _("bevestigd")
    WAITLISTED = "waitlisted", _("op de wachtlijst")
    OFFERED = "offered", _("plek aangeboden")
    DECLINED = "declined", _("afgewezen")
    CANCELLED = "cancelled", _("afgemeld")


# A person has at most one seat in these states per gathering.
ACTIVE_SEATS = (SeatState.REQUESTED, SeatState.CONFIRMED, SeatState.WAITLISTED, SeatState.OFFERED)
# These seats hold a place.
HOLDING_SEATS = (SeatState.CONFIRMED, SeatState.OFFERED)


class EndReason(models.TextChoices):
    """Why a seat is no longer active; never a reason a person has to give."""

    CANCELLED = "cancelled", _("afgemeld")
    NOT_APPROVED = "not_approved", _("niet goedgekeurd")
    OBJECTION = "objection", _("bezwaar van de planner")
    OFFER_DECLINED = "offer_declined", _("aanbod niet aangenomen")
    OFFER_EXPIRED = "offer_expired", _("aanbod verlopen")
    SWAPPED = "swapped", _("geruild met een collega")
    MOVED = "moved", _("verplaatst")
    ELSEWHERE = "elsewhere", _("plek bij een andere groep")
    GATHERING_CANCELLED = "gathering_cancelled", _("gaat niet door")
    LEFT = "left", _("uit dienst")


class OfferState(models.TextChoices):
    OPEN = "open", _("wacht op antwoord")
    ACCEPTED = "accepted", _("aangenomen")
    DECLINED = "declined", _("niet aangenomen")
    EXPIRED = "expired", _("verlopen")
    WITHDRAWN = "withdrawn", _("ingetrokken")


class KeptFor(models.TextChoices):
    EXTERNALS = "externals", _("mensen van buiten")
    MUNICIPALITY = "municipality", _("teams van een gemeente")
    STARTERS = "starters", _("mensen die net begonnen zijn")


class AttendanceStatus(models.TextChoices):
    PRESENT = "present", _("aanwezig")
    ABSENT = "absent", _("afwezig")
    EXCUSED = "excused", _("afwezig met bericht")


class LeadRole(models.TextChoices):
    GIVES = "gives", _("geeft")
    FACILITATES = "facilitates", _("leidt het gesprek")
    HOSTS = "hosts", _("ontvangt")
    STANDS_IN = "stands_in", _("valt in")
    CO_TRAINS = "co_trains", _("geeft mee")


class VenueKind(models.TextChoices):
    """A secret place cannot be stored: nobody visits it."""

    OPEN = "open", _("open adres")
    CLOSED = "closed", _("besloten adres")
