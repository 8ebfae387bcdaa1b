"""What the door says of a password that will not do."""

import pytest
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

from academy.people.models import User

JAN = User(full_name="Jantine van Wijngaarden", display_name="Jantien W.", email="j.vw@voorbeeld.example")


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("zeer-kort", "Gebruik minstens 12 tekens, bijvoorbeeld een zin van een paar woorden."),
        ("jantine van wijngaarden", "Dit lijkt te veel op je naam. Kies iets dat niet over jou gaat."),
        ("j.vw@voorbeeld.example", "Dit lijkt te veel op je e-mailadres. Kies iets dat niet over jou gaat."),
        (
            "1q2w3e4r5t6y",
            "Dit wachtwoord gebruiken veel mensen. Kies een ander, bijvoorbeeld een zin van een paar woorden.",
        ),
    ],
)
def test_a_weak_password_is_refused_in_our_words(password, sentence):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, JAN)
    assert refused.value.messages == [sentence]


def test_a_sentence_is_a_good_password():
    validate_password("zeven blauwe fietsen", JAN)


def test_what_a_password_must_be_is_said_beforehand():
    assert password_validators_help_texts() == [
        "Minstens 12 tekens. Een zin van een paar woorden is goed.",
        "Niet je naam of je e-mailadres.",
        "Geen wachtwoord dat veel mensen gebruiken.",
    ]
