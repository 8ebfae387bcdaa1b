"""Random identifiers for addresses and papers; never a counter, never derived from data."""

from __future__ import annotations

import hashlib
import secrets

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def public_id() -> str:
    """A 16-character identifier for addresses and the API (about 79 random bits, no look-alike characters)."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(16))


def printed_code() -> str:
    """A 26-character code for paper (128.8 random bits, no look-alike characters); whoever has it may look it up."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(26))


def secret_token() -> str:
    """A token that gives access by itself: 32 random bytes, safe in an address."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What the database keeps of a token: its SHA-256 in hex. Enough, because the token itself is random."""
    return hashlib.sha256(token.encode()).hexdigest()
