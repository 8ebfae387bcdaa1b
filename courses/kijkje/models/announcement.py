"""A newcomer, told of before or just after she begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from academy.common.identifiers import public_id
from courses.kijkje.enums import LOOK_WITHIN
from courses.kijkje.querysets import AnnouncementQuerySet

if TYPE_CHECKING:
    from datetime import date


class Announcement(models.Model):
    """Somebody begins in a team on ``starts_on``. One row per team and address, however often she is announced.

    ``person`` is known once there is an account with this (confirmed) address, or once she followed the link of her
    invitation; ``digest`` is what we keep of the secret in that link.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    name = models.CharField(_("naam"), max_length=150)
    email = models.EmailField(_("e-mailadres"), max_length=254)
    team = models.ForeignKey("people.Team", models.PROTECT, related_name="newcomers", verbose_name=_("team"))
    starts_on = models.DateField(_("eerste werkdag"))
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("aangekondigd door")
    )
    announced_at = models.DateTimeField(_("aangekondigd op"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="announcements",
        verbose_name=_("account"),
    )
    invited_at = models.DateTimeField(_("uitgenodigd op"), null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True, db_index=True)

    objects: ClassVar = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("aangekondigde nieuwe collega")
        verbose_name_plural = _("aangekondigde nieuwe collega's")
        ordering = ("-starts_on", "name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("team", "email"),
                name="kijkje_announcement_once_a_team",
                violation_error_message=_("Deze collega is in dit team al aangekondigd."),
            ),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="kijkje_announcement_email_lowercase",
                violation_error_message=_("Schrijf het e-mailadres in kleine letters."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def look_before(self) -> date:
        """The day before which she should have had a look."""
        return self.starts_on + LOOK_WITHIN
