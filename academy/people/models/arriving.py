"""How externals come to a place: by naming an organisation that is not there yet, or by a personal invitation."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.common.identifiers import public_id
from academy.people.querysets import InvitationQuerySet, OrganisationRequestQuerySet


class OrganisationRequest(models.Model):
    """Somebody works at an organisation that the academy does not know; the office finds or makes it, or says no."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="organisation_requests")
    organisation_name = models.CharField(_("naam van de organisatie"), max_length=120)
    team_name = models.CharField(_("team"), max_length=120, blank=True)
    job_function = models.ForeignKey(
        "people.JobFunction", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("functie")
    )
    asked_at = models.DateTimeField(_("gevraagd op"))
    answered_at = models.DateTimeField(_("beantwoord op"), null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisatie")
    )
    decline_reason = models.CharField(_("waarom niet"), max_length=200, blank=True)

    objects: ClassVar = OrganisationRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("vraag om een organisatie")
        verbose_name_plural = _("vragen om een organisatie")
        ordering = ("asked_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=models.Q(answered_at__isnull=True),
                name="people_orgrequest_one_open",
                violation_error_message=_("Je vraag ligt al bij het bureau."),
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True, organisation__isnull=True, decline_reason="")
                | models.Q(answered_at__isnull=False, organisation__isnull=False, decline_reason="")
                | (models.Q(answered_at__isnull=False, organisation__isnull=True) & ~models.Q(decline_reason="")),
                name="people_orgrequest_answered_or_not",
                violation_error_message=_("Een antwoord is een organisatie of een reden."),
            ),
        )

    def __str__(self) -> str:
        return self.organisation_name


class PersonalInvitation(models.Model):
    """A place for whoever has this address, for people without an address of the organisation. Works once.

    The link in the mail holds a secret of which only the digest is kept.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    email = models.EmailField(_("e-mailadres"), max_length=254)
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, related_name="invitations", verbose_name=_("organisatie")
    )
    team = models.ForeignKey(
        "people.Team", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("team")
    )
    digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(_("uitgenodigd op"))
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField(_("geldig tot"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="personal_invitations"
    )
    accepted_at = models.DateTimeField(_("aangenomen op"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)

    objects: ClassVar = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("persoonlijke uitnodiging")
        verbose_name_plural = _("persoonlijke uitnodigingen")
        ordering = ("-invited_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("invited_at")),
                name="people_invitation_leaves_time",
                violation_error_message=_("Een uitnodiging laat tijd om te antwoorden."),
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True, person__isnull=True)
                | models.Q(accepted_at__isnull=False, person__isnull=False, withdrawn_at__isnull=True),
                name="people_invitation_accepted_by_somebody",
                violation_error_message=_("Een aangenomen uitnodiging heeft iemand die haar aannam."),
            ),
            models.UniqueConstraint(
                fields=("organisation", "email"),
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="people_invitation_one_open",
                violation_error_message=_("Voor dit adres loopt al een uitnodiging."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.email} bij {self.team or self.organisation}"
