"""Who belongs where, since when, and who is their manager."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from academy.common import clock
from academy.people.enums import Engagement
from academy.people.querysets import MembershipQuerySet

# What a partner said of its people holds this long (trust.md 5b.6); two weeks before, its coordinator is asked again.
CONFIRMED_FOR = timedelta(days=90)
ASKED_AGAIN_AFTER = timedelta(days=76)


class Membership(models.Model):
    """A person's place in an organisation from ``starts_on`` until (not including) ``ends_on``.

    ``approved_at`` is when the organisation's coordinator or the office last confirmed it. That holds for ninety days;
    before and after, closed places, cases and member lists are shut. Weekly hours are contract hours with two decimals.
    A place that was declined has ended and was never confirmed.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, related_name="memberships", verbose_name=_("organisatie")
    )
    team = models.ForeignKey(
        "people.Team", models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name=_("team")
    )
    job_function = models.ForeignKey(
        "people.JobFunction",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("functie"),
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="managed_memberships",
        verbose_name=_("leidinggevende"),
    )
    engagement = models.CharField(
        _("dienstverband"), max_length=10, choices=Engagement.choices, default=Engagement.PERMANENT
    )
    weekly_hours = models.DecimalField(_("uren per week"), max_digits=4, decimal_places=2, null=True, blank=True)
    starts_on = models.DateField(_("sinds"), default=clock.today)
    ends_on = models.DateField(_("tot"), null=True, blank=True)
    approved_at = models.DateTimeField(_("bevestigd op"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("bevestigd door"),
    )
    declined_at = models.DateTimeField(_("niet bevestigd op"), null=True, blank=True)
    decline_reason = models.CharField(_("waarom niet bevestigd"), max_length=200, blank=True)

    objects: ClassVar = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("plek in een organisatie")
        verbose_name_plural = _("plekken in organisaties")
        ordering = ("-starts_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="people_membership_ends_after_start",
                violation_error_message=_("De einddatum ligt voor de begindatum; pas een van beide aan."),
            ),
            models.UniqueConstraint(
                "person",
                "organisation",
                Coalesce("team", 0),
                condition=models.Q(ends_on__isnull=True),
                name="people_membership_once_at_a_time",
                violation_error_message=_("Deze persoon heeft al een lopende plek in dit team."),
            ),
            models.CheckConstraint(
                condition=models.Q(manager__isnull=True) | ~models.Q(manager=models.F("person")),
                name="people_membership_not_own_manager",
                violation_error_message=_("Iemand kan niet de eigen leidinggevende zijn."),
            ),
            models.CheckConstraint(
                condition=models.Q(declined_at__isnull=True)
                | models.Q(ends_on__isnull=False, approved_at__isnull=True) & ~models.Q(decline_reason=""),
                name="people_membership_declined_has_ended",
                violation_error_message=_("Een plek die niet is bevestigd, is voorbij en zegt waarom."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} bij {self.team or self.organisation}"

    @property
    def place_name(self) -> str:
        """Where it is, for a sentence."""
        return f"{self.team}, {self.organisation}" if self.team else str(self.organisation)

    @property
    def is_confirmed(self) -> bool:
        """Whether the organisation said in the last ninety days that this person works there."""
        return self.approved_at is not None and self.approved_at > clock.now() - CONFIRMED_FOR

    @property
    def is_asked_again(self) -> bool:
        """Whether it was confirmed, so long ago that it is time to ask again."""
        return self.approved_at is not None and self.approved_at <= clock.now() - ASKED_AGAIN_AFTER

    @property
    def confirmed_until(self) -> date | None:
        """The last day on which the confirmation holds."""
        return (
            None if self.approved_at is None else (self.approved_at + CONFIRMED_FOR).astimezone(clock.AMSTERDAM).date()
        )
