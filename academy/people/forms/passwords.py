"""What a password must be, in our own words: Django's are partly English and address people formally."""

from __future__ import annotations

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _


class LongEnough(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("Gebruik minstens %d tekens, bijvoorbeeld een zin van een paar woorden.") % self.min_length

    def get_help_text(self) -> str:
        return _("Minstens %d tekens. Een zin van een paar woorden is goed.") % self.min_length


class NotPersonal(password_validation.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("Dit lijkt te veel op je %(verbose_name)s. Kies iets dat niet over jou gaat.")

    def get_help_text(self) -> str:
        return _("Niet je naam of je e-mailadres.")


class NotCommon(password_validation.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Dit wachtwoord gebruiken veel mensen. Kies een ander, bijvoorbeeld een zin van een paar woorden.")

    def get_help_text(self) -> str:
        return _("Geen wachtwoord dat veel mensen gebruiken.")
