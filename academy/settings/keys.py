"""Key files: 32 random bytes in hex, readable for their owner only. The demo and the tests make their own."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path


def make_missing(*files: str) -> None:
    """Make the key files that do not exist yet; of two processes that start at once one makes them."""
    for path in map(Path, files):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        own = path.with_name(f"{path.name}.{os.getpid()}")
        if path.exists():
            continue
        own.touch(mode=0o600)
        own.write_text(secrets.token_hex(32) + "\n")
        # A link appears whole or not at all, and never replaces a key that is there.
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(own)
        own.unlink()
