"""A person with an account."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from academy.common import clock
from academy.common.identifiers import public_id
from academy.people.querysets import UserQuerySet


class UserManager(BaseUserManager["User"]):
    """Makes accounts; an account without a password gets an unusable one, never an empty one."""

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        user = self.model(email=email.strip().lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. The e-mail address is the name to log in with; nothing else knows it.

    ``public_id`` stands in addresses and the API. ``display_name`` is what others see; empty means the full name.
    A person who was erased stays as a row without a name, so that what others did with her keeps adding up.
    Roles give rights, never ``is_superuser``; groups are kept by :mod:`academy.people.domain.roles`.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    email = models.EmailField(
        _("e-mailadres"),
        max_length=254,
        unique=True,
        error_messages={"unique": _("Er is al een account met dit e-mailadres.")},
    )
    full_name = models.CharField(_("naam"), max_length=150)
    display_name = models.CharField(
        _("weergavenaam"),
        max_length=80,
        blank=True,
        help_text=_("Zo zien andere deelnemers je. Leeg: je volledige naam."),
    )
    phone = models.CharField(_("telefoonnummer"), max_length=30, blank=True)
    is_active = models.BooleanField(_("actief"), default=True)
    joined_at = models.DateTimeField(_("account sinds"), default=clock.now, editable=False)
    left_at = models.DateTimeField(_("uit dienst sinds"), null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(_("gewist op"), null=True, blank=True, editable=False)
    introduced_at = models.DateTimeField(_("vertelde waar zij werkt op"), null=True, blank=True, editable=False)
    placed_at_once = models.BooleanField(
        _("plaats me direct als er een plek vrijkomt"),
        default=False,
        help_text=_("Je krijgt dan geen aanbod om te beantwoorden, maar meteen de plek."),
    )

    objects: ClassVar[UserManager] = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        verbose_name = _("persoon")
        verbose_name_plural = _("personen")
        ordering = ("full_name", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="people_user_email_lowercase",
                violation_error_message=_("Schrijf het e-mailadres in kleine letters."),
            ),
        )

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name that other participants see."""
        return self.display_name or self.full_name

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.shown_name.split(" ")[0]
