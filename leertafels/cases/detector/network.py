"""Addresses for mail, profiles and pages, written plainly or in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leertafels.cases.detector.hits import STOP, WARN, Found
from leertafels.cases.detector.vocabulary import knows
from leertafels.cases.detector.wordlists import KNOWN_SITES

if TYPE_CHECKING:
    from collections.abc import Iterator

_AT = re.compile(r" {0,3}(?:@|\(at\)|\[at\]|\{at\}|<at>|\bapen?staart(?:je)?\b|\bat\b) {0,3}")
_DOT = r"(?:\.|\(dot\)|\[dot\]|\(punt\)|\[punt\]|\bpunt\b|\bdot\b)"
_TLD = r"(?:nl|com|org|net|eu|be|de|info|nu|me|io|online|app|uk|fr|pl|tr|amsterdam|frl|email|mail|example|test)"
_BEFORE_AT = re.compile(r"(?:[a-z0-9_%+'-]{1,40} (?:punt|dot|underscore|streepje|min) )?[a-z0-9._%+'-]{1,64}$")
_AFTER_AT = re.compile(
    rf"[a-z0-9][a-z0-9-]{{0,62}}(?: {{0,3}}{_DOT} {{0,3}}[a-z0-9-]{{2,40}}){{0,3}}? {{0,3}}{_DOT} {{0,3}}{_TLD}\b"
)
_AFTER_SIGN = re.compile(r"[a-z0-9-]{1,63}\.[a-z0-9.-]{2,63}")
_NETWORKS = (
    "facebook", "fb", "insta", "tiktok", "snap", "twitter", "linkedin", "youtube", "telegram", "discord", "pinterest", "bereal",
    "roblox", "ig", "steam", "mail", "outlook", "icloud", "gamenaam", "fortnite", "tinder", "marktplaats", "vinted", "strava", "twitch", "reddit", "whatsapp", "gebruikersnaam", "username",
    "nickname", "gamertag", "profielnaam", "accountnaam",
)  # fmt: skip
_NETWORK = (
    r"(?:(?:fb|insta|snap|ig|steam)\b|facebook|instagram|tiktok|snapchat|twitter|linkedin|youtube|telegram|discord|pinterest|bereal|roblox"
    r"|fortnite|tinder|marktplaats|vinted|strava|twitch|reddit|whatsapp|gmail|hotmail|outlook|icloud|mailadres|gamenaam|gebruikersnaam)"
)
_PROFILE = re.compile(rf"\b{_NETWORK} {{0,2}}{_DOT} {{0,2}}(?:com|nl|me|gg|tv|net) {{0,2}}/[^\s<>]{{1,200}}")
_SHORT_PROFILE = re.compile(
    r"\b(?:t\.me|wa\.me|youtu\.be|discord\.gg|fb\.me|lnkd\.in|linktr\.ee|x\.com)/[^\s<>]{1,200}"
)
_HANDLE = re.compile(r"(?<![\w.@])(?:@|\(at\) ?)[a-z0-9_][a-z0-9_.]{2,40}")
_SPACED_HANDLE = re.compile(r"(?<![\w.@])@ {1,2}([a-z0-9_.]{3,40})")
# Nobody writes like this but who means an account: ``boze_vader``, ``wolf#4471``.
_UNDERSCORED = re.compile(
    r"(?<![\w@./-])[a-z0-9.]{1,30}(?:_{1,3}[a-z0-9.]{1,30}){1,5}|(?<![\w@])[a-z0-9.]{2,30}#\d{3,5}(?!\d)"
)
_NAMED = re.compile(
    r"(?:account|naam|profiel|pagina|handle|\bid|genaamd|heet|heten|noemt|noemde)(?: (?:hij|zij|ze|is|zich|van|moeder|vader)){0,3}[:=]?[ ]{1,2}['\"(]?"
    r"([a-z0-9][a-z0-9_.]{2,40})"
)
_INSIDE = re.compile(r"[a-z]\d+[a-z]")
_ABBREVIATED = re.compile(r"(?:[a-z]\.?){1,4}|[\d.]+[a-z]{0,3}")
_NEAR = re.compile(rf"\b{_NETWORK}")
_IS = re.compile(r" ?(?: is|:|=) ?['\"(]?([a-z0-9][a-z0-9_.]{3,40})")
_WORD = re.compile(r"[a-z0-9][a-z0-9_.]{2,40}")
_USERNAME = re.compile(
    r"\b(?:gebruikersnaam|username|nickname|gamertag|profielnaam|accountnaam)(?: is| was)? {0,2}[:=]? {0,2}['\"(]?([a-z0-9_.-]{3,40})"
)
_URL = re.compile(r"\b(?:https?|hxxps?) {0,2}: {0,2}//([^\s<>/]{2,200})[^\s<>]{0,300}")
_SITE = re.compile(
    rf"(?<![a-z0-9.@-])(www {{0,2}}\. {{0,2}})?((?:[a-z0-9-]{{2,63}}\.){{1,4}}{_TLD})\b(/[^\s<>]{{1,200}})?"
)
_SPOKEN_SITE = re.compile(
    rf"\b(www {{0,2}}{_DOT} {{0,2}})?([a-z0-9-]{{2,63}}) {{0,2}}{_DOT} {{0,2}}({_TLD})\b( {{0,2}}(?:slash|streep|/) {{0,2}}[^\s<>]{{2,60}})?"
)


def net(low: str) -> Iterator[Found]:
    """Of a text in small letters: addresses for mail, profiles, pages."""
    for sign in _AT.finditer(low):
        host = _AFTER_AT.match(low, sign.end()) or (sign[0] == "@" and _AFTER_SIGN.match(low, sign.end())) or None
        local = host and _BEFORE_AT.search(low, max(sign.start() - 110, 0), sign.start())
        if local and host:
            yield Found("email", local.start(), host.end())
    if "@" in low or "(at)" in low:
        for match in _HANDLE.finditer(low):
            yield Found("social", match.start(), match.end())
        for match in _SPACED_HANDLE.finditer(low):
            if _odd(match[1]):
                yield Found("social", match.start(), match.end())
    if "_" in low or "#" in low:
        for match in _UNDERSCORED.finditer(low):
            yield Found("social", match.start(), match.end())
    yield from _pages(low)
    if any(network in low for network in _NETWORKS):
        yield from _profiles(low)


def _pages(low: str) -> Iterator[Found]:
    for match in _SHORT_PROFILE.finditer(low):
        yield Found("social", match.start(), match.end())
    for match in _URL.finditer(low):
        if not _known(match[1]):
            yield Found("social", match.start(), match.end())
    for match in _SITE.finditer(low):
        if not _known(match[2]):
            yield Found("social", match.start(), match.end(), STOP if match[1] or match[3] else WARN)
    if "punt" in low or "dot" in low:
        for match in _SPOKEN_SITE.finditer(low):
            told = match[1] or match[4]
            if (told or not knows(match[2])) and not _known(f"{match[2]}.{match[3]}"):
                yield Found("social", match.start(), match.end(), STOP if told else WARN)


def _profiles(low: str) -> Iterator[Found]:
    for pattern in (_PROFILE, _USERNAME):
        for match in pattern.finditer(low):
            yield Found("social", match.start(), match.end())
    done = 0
    for network in _NEAR.finditer(low):
        # What stands between two networks is looked at once.
        first, last = max(network.start() - 50, done), network.end() + 60
        done = network.end()
        for match in _NAMED.finditer(low, first, last):
            name = match[1].rstrip(".")
            if _odd(name) or not knows(name):
                yield Found("social", match.start(1), match.start(1) + len(name))
        named = _IS.match(low, network.end())
        if named and not knows(named[1].rstrip(".")):
            yield Found("social", named.start(1), named.end(1))
        for match in _WORD.finditer(low, first, last):
            name = match[0].rstrip(".")
            if _odd(name) and not _known(name):
                yield Found("social", match.start(), match.start() + len(name))


def _odd(name: str) -> bool:
    """Not how people write a word: ``sanne.dv87``, ``trotsepapa1983``, ``boze_vader``."""
    inner = name.strip(".")
    if "_" in inner:
        return True
    letters, digits = sum(char.isalpha() for char in inner), sum(char.isdigit() for char in inner)
    return bool(_INSIDE.search(inner)) or (
        letters > 1 and (("." in inner and not _ABBREVIATED.fullmatch(inner)) or (digits > 1 and letters > 3))
    )


def _known(host: str) -> bool:
    host = host.removeprefix("www.").rstrip(".,)")
    return any(host == site or host.endswith(f".{site}") for site in KNOWN_SITES)
