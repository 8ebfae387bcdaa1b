"""The keys of cases: one file each, outside the database, wrapped by the master key. Destroying one is for ever.

A backup of the database holds ciphertext only; without this folder nobody reads it again. So the folder is never backed
up, and a key belongs to one case: a key that more cases share would outlive the first of them.
"""

from __future__ import annotations

import os
import re
import secrets
import time
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from django.conf import settings

_NONCE = 12
_KEY = 32
_NAME = re.compile(r"[a-z0-9]{1,32}")
VERSION = b"\x01"


class KeyGoneError(Exception):
    """There is no key any more, or it does not fit: nobody can read this."""


def make(case_id: str) -> None:
    """A key for a new case; it is on disk when this returns, before anything is sealed with it."""
    key = secrets.token_bytes(_KEY)
    folder = _folder()
    own = folder / f".{case_id}.{secrets.token_hex(4)}"
    _write(own, _encrypt(_master(), key, b"key:" + case_id.encode()), flags=os.O_CREAT | os.O_EXCL)
    own.replace(_file(case_id))
    _sync(folder)


def seal(case_id: str, plain: bytes) -> bytes:
    return VERSION + _encrypt(_key_of(case_id), plain, b"case:" + case_id.encode())


def unseal(case_id: str, sealed: bytes) -> bytes:
    """Raises KeyGoneError when the key was destroyed or this was sealed for another case."""
    if bytes(sealed[:1]) != VERSION:
        raise KeyGoneError
    return _decrypt(_key_of(case_id), bytes(sealed[1:]), b"case:" + case_id.encode())


def destroy(case_id: str) -> bool:
    """Overwrite and remove the key; False when it was gone already. Stopped halfway it no longer opens anything."""
    path = _file(case_id)
    try:
        _write(path, secrets.token_bytes(path.stat().st_size))
        path.unlink()
    except FileNotFoundError:
        return False
    _sync(path.parent)
    return True


def kept() -> dict[str, float]:
    """The cases that have a key, and how many seconds ago it was made; half-made ones under a name with a dot."""
    now = time.time()
    found: dict[str, float] = {}
    for path in _folder().iterdir():
        with suppress(FileNotFoundError):
            found[path.name] = now - path.stat().st_mtime
    return found


def discard(name: str) -> None:
    """Remove what :func:`kept` named and no case owns."""
    if name.startswith("."):
        (_folder() / name).unlink(missing_ok=True)
    else:
        destroy(name)


def _key_of(case_id: str) -> bytes:
    try:
        wrapped = _file(case_id).read_bytes()
    except FileNotFoundError:
        raise KeyGoneError from None
    return _decrypt(_master(), wrapped, b"key:" + case_id.encode())


def _encrypt(key: bytes, plain: bytes, about: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 -- 7 MB that only cases need

    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, about)


def _decrypt(key: bytes, sealed: bytes, about: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 -- idem
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 -- idem

    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], about)
    except (InvalidTag, ValueError):
        raise KeyGoneError from None


def _master() -> bytes:
    return _read_master(str(settings.CASE_KEY_FILE))


@lru_cache(maxsize=4)
def _read_master(path: str) -> bytes:
    key = bytes.fromhex(Path(path).read_text().strip())
    if len(key) != _KEY:
        raise ValueError(f"De sleutel in {path} is geen 32 bytes in hex.")
    return key


def _folder() -> Path:
    folder = Path(settings.CASE_KEY_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _file(case_id: str) -> Path:
    if not _NAME.fullmatch(case_id):
        raise ValueError("Geen naam van een inbreng.")
    return _folder() / case_id


def _write(path: Path, content: bytes, *, flags: int = 0) -> None:
    handle = os.open(path, os.O_WRONLY | flags, 0o600)
    try:
        os.write(handle, content)
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync(folder: Path) -> None:
    """Make a new or removed name survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
