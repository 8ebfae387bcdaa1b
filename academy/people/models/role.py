"""What somebody may do beyond taking part, where, and from when until when."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from academy.common.identifiers import public_id
from academy.people.enums import IN_A_SECTION, SCOPE_OF, Role
from academy.people.querysets import RoleAssignmentQuerySet

SCOPES = ("organisation", "team", "municipality", "section")


def _only(*scopes: str, must: bool = False) -> models.Q:
    """Rows with no other scope than ``scopes``, and with them when they must be there."""
    empty = models.Q(**{f"{scope}__isnull": True for scope in SCOPES if scope not in scopes})
    return empty & models.Q(**{f"{scope}__isnull": False for scope in scopes}) if must else empty


def fits_role() -> models.Q:
    """The scope that the role asks for, and no scope that means nothing to it: the role would hold everywhere."""
    fitting = models.Q(role__in=sorted(IN_A_SECTION)) & _only("section")
    for role, scope in SCOPE_OF.items():
        fitting |= models.Q(role=role) & _only(scope, must=True)
    anywhere = sorted(set(Role) - set(IN_A_SECTION) - set(SCOPE_OF))
    return fitting | (models.Q(role__in=anywhere) & _only())


class RoleAssignment(models.Model):
    """A role in at most one scope, from ``starts_at`` until (not including) ``ends_at``.

    Written by :mod:`academy.people.domain.roles` only. No scope means everywhere the role has a meaning.
    ``section`` is the part of the site tree that an editor works in.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="role_assignments")
    role = models.CharField(_("rol"), max_length=2, choices=Role.choices)
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisatie")
    )
    team = models.ForeignKey("people.Team", models.PROTECT, null=True, blank=True, related_name="+")
    municipality = models.ForeignKey(
        "people.Municipality", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("gemeente")
    )
    section = models.ForeignKey(
        "wagtailcore.Page", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("deel van de site")
    )
    starts_at = models.DateTimeField(_("vanaf"))
    ends_at = models.DateTimeField(_("tot"), null=True, blank=True)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects: ClassVar = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("rol")
        verbose_name_plural = _("rollen")
        ordering = ("role", "-starts_at")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gte=models.F("starts_at")),
                name="people_role_ends_after_start",
                violation_error_message=_("Een rol eindigt na haar begin."),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    *[models.Q(**{f"{other}__isnull": other != scope for other in SCOPES}) for scope in SCOPES],
                    models.Q(**{f"{scope}__isnull": True for scope in SCOPES}),
                    _connector=models.Q.OR,
                ),
                name="people_role_one_scope",
                violation_error_message=_(
                    "Een rol geldt in een organisatie, een team, een gemeente of een deel van de site, "
                    "niet in twee tegelijk."
                ),
            ),
            models.CheckConstraint(
                condition=fits_role(),
                name="people_role_fits_scope",
                violation_error_message=_("Deze rol hoort bij een ander onderdeel; kies waarvoor zij geldt."),
            ),
            models.UniqueConstraint(
                "person",
                "role",
                *(Coalesce(scope, 0) for scope in SCOPES),
                condition=models.Q(ends_at__isnull=True),
                name="people_role_once_at_a_time",
                violation_error_message=_("Deze persoon heeft deze rol hier al."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"
