"""An offering with dates and seats, the places kept in it, and who was invited."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from academy.common import clock
from academy.common.identifiers import public_id
from academy.gatherings.enums import Approval, Audience, CutOff, GatheringState, KeptFor
from academy.gatherings.querysets import GatheringQuerySet, KeptPlaceQuerySet


class Gathering(models.Model):
    """A group of people with seats in a number of dated sessions.

    ``kind`` names an entry of :mod:`academy.gatherings.kinds`; what only one kind has stands in a detail row of its
    own package. No capacity means room for everybody; with fewer people than ``minimum`` somebody looks whether it goes
    on. ``starts_at`` and ``ends_at`` span the sessions and are kept by the domain. ``closes_per_session`` gatherings
    can be joined while they run and are closed session by session.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    kind = models.CharField(_("soort"), max_length=12)
    offering = models.ForeignKey(
        "gatherings.Offering", models.PROTECT, related_name="gatherings", verbose_name=_("aanbod")
    )
    title = models.CharField(_("naam"), max_length=160)
    state = models.CharField(
        _("staat"), max_length=9, choices=GatheringState.choices, default=GatheringState.DRAFT, editable=False
    )
    capacity = models.PositiveIntegerField(_("aantal plekken"), null=True, blank=True)
    minimum = models.PositiveIntegerField(_("gaat door vanaf"), null=True, blank=True)
    opens_at = models.DateTimeField(_("inschrijven vanaf"), null=True, blank=True)
    closes_at = models.DateTimeField(_("inschrijven tot"), null=True, blank=True)
    audience = models.CharField(_("voor wie"), max_length=10, choices=Audience.choices, default=Audience.EVERYONE)
    approval = models.CharField(_("goedkeuring"), max_length=14, choices=Approval.choices, default=Approval.NONE)
    cut_off_working_days = models.PositiveSmallIntegerField(
        _("kosteloos afmelden"), choices=CutOff.choices, default=CutOff.FIVE
    )
    needs_approved_account = models.BooleanField(
        _("alleen voor mensen die hun organisatie bevestigd heeft"), default=False
    )
    closes_per_session = models.BooleanField(default=False, editable=False)
    starts_at = models.DateTimeField(_("begint"), null=True, blank=True, editable=False)
    ends_at = models.DateTimeField(_("eindigt"), null=True, blank=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    closed_at = models.DateTimeField(_("afgesloten op"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    cancelled_at = models.DateTimeField(_("geannuleerd op"), null=True, blank=True, editable=False)

    objects: ClassVar = GatheringQuerySet.as_manager()

    class Meta:
        verbose_name = _("bijeenkomst")
        verbose_name_plural = _("bijeenkomsten")
        ordering = ("starts_at", "pk")
        indexes: ClassVar = [
            models.Index(fields=("state", "starts_at"), name="gatherings_state_start"),
        ]
        constraints = (
            models.CheckConstraint(
                condition=models.Q(capacity__isnull=True) | models.Q(capacity__gte=1),
                name="gatherings_gathering_has_room",
                violation_error_message=_("Er is plek voor minstens een persoon; laat het leeg voor onbeperkt."),
            ),
            models.CheckConstraint(
                condition=models.Q(minimum__isnull=True)
                | models.Q(minimum__gte=1)
                & (models.Q(capacity__isnull=True) | models.Q(capacity__gte=models.F("minimum"))),
                name="gatherings_gathering_minimum_fits",
                violation_error_message=_("Het minimum is minstens 1 en hoogstens het aantal plekken."),
            ),
            models.CheckConstraint(
                condition=models.Q(opens_at__isnull=True)
                | models.Q(closes_at__isnull=True)
                | models.Q(closes_at__gt=models.F("opens_at")),
                name="gatherings_gathering_window_forward",
                violation_error_message=_("Inschrijven eindigt na het begin ervan."),
            ),
            models.CheckConstraint(
                condition=models.Q(starts_at__isnull=True, ends_at__isnull=True)
                | models.Q(ends_at__gt=models.F("starts_at")),
                name="gatherings_gathering_ends_after_start",
                violation_error_message=_("Een bijeenkomst eindigt na haar begin."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=GatheringState.values),
                name="gatherings_gathering_state_known",
                violation_error_message=_("Deze staat bestaat niet."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=GatheringState.CLOSED, closed_at__isnull=False)
                | (~models.Q(state=GatheringState.CLOSED) & models.Q(closed_at__isnull=True)),
                name="gatherings_gathering_closed_has_moment",
                violation_error_message=_("Wat afgesloten is, heeft een moment van afsluiten."),
            ),
            models.CheckConstraint(
                condition=models.Q(cut_off_working_days__in=CutOff.values),
                name="gatherings_gathering_cut_off_known",
                violation_error_message=_("Kosteloos afmelden kan tot 0, 1, 3, 5 of 10 werkdagen ervoor."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def seats_taken(self) -> int:
        """Places that somebody holds or that are kept, of a gathering that was read ``with_places``."""
        return self.seats_held + self.places_kept

    @property
    def is_for_everybody(self) -> bool:
        """Whether anyone may know of it: published, and not only for our own people or on invitation."""
        shown = self.state != GatheringState.DRAFT and self.offering.live
        return shown and self.audience in {Audience.EVERYONE, Audience.EXTERNAL}


class KeptPlace(models.Model):
    """Places that only some people may take, until ``until`` (or always).

    Somebody of the group takes a kept place first; an unused one counts as taken for everybody else.
    """

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="kept_places")
    kept_for = models.CharField(_("voor"), max_length=12, choices=KeptFor.choices)
    municipality = models.ForeignKey(
        "people.Municipality", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("gemeente")
    )
    places = models.PositiveSmallIntegerField(_("aantal plekken"))
    until = models.DateTimeField(_("vrijgeven op"), null=True, blank=True)

    objects: ClassVar = KeptPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("bewaarde plekken")
        verbose_name_plural = _("bewaarde plekken")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                "gathering",
                "kept_for",
                Coalesce("municipality", 0),
                name="gatherings_kept_once",
                violation_error_message=_("Voor deze groep zijn al plekken bewaard; pas dat aantal aan."),
            ),
            models.CheckConstraint(
                condition=models.Q(kept_for=KeptFor.MUNICIPALITY, municipality__isnull=False)
                | (~models.Q(kept_for=KeptFor.MUNICIPALITY) & models.Q(municipality__isnull=True)),
                name="gatherings_kept_names_municipality",
                violation_error_message=_("Noem de gemeente waarvoor de plekken bewaard blijven."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.places} × {self.municipality or self.get_kept_for_display()}"


class Invitation(models.Model):
    """Somebody may take a seat in a gathering that is by invitation."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="gathering_invitations")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField(_("uitgenodigd op"))

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("gathering", "person"),
                name="gatherings_invitation_once",
                violation_error_message=_("Deze persoon is al uitgenodigd."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.gathering}"
