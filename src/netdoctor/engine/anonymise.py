"""Replaces names and addresses in a recording, the same by the same, so that it may be shown to others.

Addresses keep their common prefixes (as Crypto-PAn does: Xu, Fan, Ammar and Moon, 2002), MAC addresses their
vendor, names their length; tables stay in their columns as far as their blanks allow. What is replaced by
what depends on a secret that is not kept.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, Final

import msgspec

from netdoctor import platforms
from netdoctor.model import facts
from netdoctor.model.codec import decode_entry, encode_entry
from netdoctor.model.events import Captured, Entry, Parsed, RunStarted

_KEPT_V4: Final = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
_KEPT_V6: Final = ("fc00::/7", "2000::/3")
"""Blocks that tell nothing of whose they are: their bits stay, what is inside is replaced."""

_PLAIN_V4: Final = ("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3")
_PLAIN_V6: Final = ("::/127", "fe80::/10", "ff00::/8")
"""Addresses that are nobody's, and netmasks: they stay as they are."""

_V4: Final = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?(?![\w]|\.\d)")
_V6: Final = re.compile(r"(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?:/\d{1,3})?(?![\w:])")
_MAC: Final = re.compile(
    r"(?<![\w.:-])(?:[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}|(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2})(?![\w:-])"
)
_DOMAIN: Final = re.compile(
    r"(?<![\w.@/-])(?:[A-Za-z0-9_-]{1,63}\.)+(?:com|net|org|io|edu|gov|mil|int|info|biz|dev|cloud|local|lan|corp"
    r"|internal|eu|de|fr|nl|uk|ch|at|be|it|es|pl|se|no|fi|dk|us|ca|au|jp|cn|in|br)(?![\w.-])",
    re.IGNORECASE,
)
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WORD: Final = re.compile(r"[A-Za-z0-9][\w.-]*[A-Za-z0-9]|[A-Za-z0-9]")
_PARTS: Final = re.compile(r"([._-]+)")
"""What holds the parts of a name together: `to-spine1`, `spine1.example.net`."""
_TRUNCATED_FROM: Final = 8
"""A word of so many letters with which a name begins is that name, cut off by a table."""

_NAMES: Final[dict[type[facts.Fact], tuple[str, ...]]] = {
    facts.DeviceInfo: ("hostname", "serial"),
    facts.Transceiver: ("serial",),
    facts.LldpNeighbor: ("neighbor_device",),
    facts.IsisAdjacency: ("neighbor",),
    facts.BgpSession: ("peer_hostname", "vrf"),
    facts.Interface: ("vrf",),
    facts.Route: ("vrf",),
    facts.ConfigChange: ("user",),
}
"""The fields of facts that hold a name, a serial number or a user."""

_TEXTS: Final[dict[type[facts.Fact], tuple[str, ...]]] = {
    facts.Interface: ("description",),
    facts.BgpSession: ("description",),
}
"""The fields that hold what somebody wrote."""

_COMMON: Final = frozenset(
    [
        "default",
        "management",
        "mgmt",
        "mgmtvrf",
        "global",
        "base",
        "all",
        "none",
        "any",
        "root",
        "admin",
        "system",
        "console",
        "up",
        "down",
    ]
)
"""Words that are nobody's name, though a device may bear one."""

_FIXED: Final = frozenset({"event", "platform", "kind", "reason", "role", "version", "server_version", "at"})
"""Fields whose words are netdoctor's own."""

_LOCAL: Final = frozenset({"identity", "known_hosts", "keyring", "password_env", "enable_password_env"})
"""Fields that tell of the user's own machine; they are left out."""


def anonymised(entries: Iterable[Entry]) -> list[Entry]:
    """A recording with names and addresses replaced consistently; its facts are left to be parsed anew."""
    kept = list(entries)
    anonymiser = Anonymiser(_names(kept), _texts(kept))
    return [_entry(entry, anonymiser) for entry in kept if not isinstance(entry.event, Parsed)]


def _entry(entry: Entry, anonymiser: Anonymiser) -> Entry:
    plain: Any = msgspec.json.decode(encode_entry(entry))
    return decode_entry(msgspec.json.encode(_walk(plain, anonymiser)))


def _walk(value: Any, anonymiser: Anonymiser, field: str = "") -> Any:
    if isinstance(value, str):
        return value if field in _FIXED else anonymiser.text(value)
    if isinstance(value, dict):
        named = field == "devices"
        return {
            anonymiser.text(name) if named else name: _walk(one, anonymiser, "" if named else name)
            for name, one in value.items()
            if name not in _LOCAL
        }
    return [_walk(one, anonymiser, field) for one in value] if isinstance(value, list) else value


def _names(entries: list[Entry]) -> set[str]:
    found = {
        value
        for entry in entries
        if isinstance(entry.event, RunStarted)
        for device in entry.event.network.devices.values()
        for value in (device.name, device.host, device.username, device.site, *device.tags)
        if value
    }
    found |= {str(getattr(entry.event, "device", None) or "") for entry in entries}
    return found | set(_fields(entries, _NAMES))


def _texts(entries: list[Entry]) -> set[str]:
    return set(_fields(entries, _TEXTS))


def _fields(entries: list[Entry], fields: dict[type[facts.Fact], tuple[str, ...]]) -> Iterator[str]:
    for entry in entries:
        for fact in entry.event.facts if isinstance(entry.event, Parsed) else ():
            values = (getattr(fact, name) for name in fields.get(type(fact), ()))
            yield from (value for value in values if value)


class Anonymiser:
    """Replaces what it knows of in texts: always the same by the same."""

    def __init__(self, names: Iterable[str], texts: Iterable[str] = (), secret: bytes | None = None) -> None:
        self._secret = secret or secrets.token_bytes(32)
        self._addresses: dict[str, str] = {}
        self._known: dict[str, str] = {}
        self._taken = set[str]()
        words = {word for name in names for word in _words_of(name)}
        for word in sorted(words - _command_words()):
            self._replacement(word)
        written = {text for text in texts if len(text) > 2} - self._known.keys() - _command_words()
        self._texts = [
            (re.compile(rf"(?<!\w){re.escape(text)}(?!\w)"), self._invented(text, "text"))
            for text in sorted(written, key=lambda text: (-len(text), text))
        ]
        self._by_length = sorted(self._known, key=len, reverse=True)

    def text(self, said: str) -> str:
        """A text with every known name, address and domain replaced."""
        for pattern, replacement in self._texts:
            said = _replaced(pattern, said, lambda _: replacement)  # noqa: B023 - called before the next turn
        said = _replaced(_MAIL, said, lambda found: self._invented(found, "mail"))
        said = _replaced(_DOMAIN, said, self._domain)
        said = _replaced(_MAC, said, self._mac)
        said = _replaced(_V6, said, self._address)
        said = _replaced(_V4, said, self._address)
        return _replaced(_WORD, said, self._word)

    def _word(self, word: str) -> str:
        found = self._known.get(word.lower())
        if found is None and len(word) >= _TRUNCATED_FROM:
            whole = next((name for name in self._by_length if name.startswith(word.lower())), None)
            found = self._known[whole][: len(word)] if whole else None
        if found is None and word.lower() not in _command_words():
            return "".join(self._known.get(part.lower(), part) for part in _PARTS.split(word))
        return word if found is None else found

    def _domain(self, domain: str) -> str:
        labels = domain.split(".")
        return ".".join([*(self._replacement(label.lower()) for label in labels[:-1]), labels[-1]])

    def _replacement(self, name: str) -> str:
        """A word of the same length for a name; made on first use."""
        if name not in self._known:
            self._known[name] = self._invented(name, "name")
        return self._known[name]

    def _invented(self, said: str, kind: str) -> str:
        """Letters and digits for letters and digits: the shape stays, so that what reads it reads on."""
        for attempt in range(1000):
            digits = self._digest(f"{kind}{attempt}", said.lower())
            made = "".join(_alike(one, digits[at % len(digits)]) for at, one in enumerate(said))
            if made not in self._taken or attempt == 999:
                break
        self._taken.add(made)
        return made

    def _mac(self, said: str) -> str:
        """The vendor's half stays, the other is replaced."""
        digits = re.sub(r"[.:-]", "", said)
        other = self._digest("mac", digits.lower()).hex()[:6]
        given = iter(digits[:6] + (other.upper() if digits.upper() == digits else other))
        return "".join(one if one in ".:-" else next(given) for one in said)

    def _address(self, said: str) -> str:
        if said not in self._addresses:
            self._addresses[said] = self._other_address(said)
        return self._addresses[said]

    def _other_address(self, said: str) -> str:
        try:
            interface = ipaddress.ip_interface(said)
        except ValueError:
            return said
        address, length = interface.ip, said.partition("/")[2]
        v4 = address.version == 4
        plain = [*_networks(_PLAIN_V4)] if v4 else [*_networks(_PLAIN_V6)]
        if any(address in block for block in plain):
            return said
        width = address.max_prefixlen
        host = int(interface.network.hostmask) & int(address) if length else int(address)
        zeros = width - int(length) if length and not host else _zero_octets(int(address)) * 8
        bits = self._turned(f"{int(address):0{width}b}", _start(address), zeros)
        made = str(ipaddress.IPv4Address(bits) if v4 else ipaddress.IPv6Address(bits))
        return (made.upper() if said != said.lower() else made) + (f"/{length}" if length else "")

    def _turned(self, bits: str, start: int, zeros: int) -> int:
        """Each bit is turned, or not, by what stands before it: equal prefixes stay equal.

        The first `start` bits stay, and the last `zeros`: a network's address is one still.
        """
        end = len(bits) - zeros
        turned = (
            str(int(bits[at]) ^ (self._digest("bit", bits[:at])[0] & 1)) for at in range(min(start, end), end)
        )
        return int(bits[: min(start, end)] + "".join(turned) + "0" * zeros, 2)

    def _digest(self, kind: str, said: str) -> bytes:
        return hashlib.blake2b(f"{kind} {said}".encode(), key=self._secret, digest_size=32).digest()


@cache
def _command_words() -> frozenset[str]:
    """The words of all commands: no name that is one is replaced, or answers could not be read any more."""
    commands = (command for name in platforms.names() for command in platforms.get(name).commands)
    return frozenset(
        word
        for command in commands
        for way in (command.template, *command.aliases)
        for word in re.findall(r"[a-z][a-z0-9-]+", way.lower())
    )


def _networks(blocks: Iterable[str]) -> Iterator[Any]:
    return map(ipaddress.ip_network, blocks)


def _start(address: Any) -> int:
    """How many bits at the start of an address tell nothing of whose it is."""
    blocks = _networks(_KEPT_V4 if address.version == 4 else _KEPT_V6)
    return next((block.prefixlen for block in blocks if address in block), 0)


def _zero_octets(number: int) -> int:
    """How many octets at the end of an address are zero."""
    octets = 0
    while number and number % 256 == 0:
        number, octets = number // 256, octets + 1
    return octets


def _words_of(name: str) -> Iterator[str]:
    """The words of a name that could be found again: none that is an address, short, or everybody's."""
    if _MAC.fullmatch(name) or ":" in name:
        return
    for part in (name, *name.split(".")):
        word = part.strip().lower()
        if (
            len(word) > 1
            and word not in _COMMON
            and _WORD.fullmatch(word)
            and not re.fullmatch(r"[\d.]+", word)
        ):
            yield word


def _alike(letter: str, number: int) -> str:
    if letter.isdigit():
        return str(number % 10)
    if letter.isascii() and letter.isalpha():
        made = "abcdefghijklmnopqrstuvwxyz"[number % 26]
        return made.upper() if letter.isupper() else made
    return letter


def _replaced(pattern: re.Pattern[str], said: str, replace: Callable[[str], str]) -> str:
    """The text with every match replaced; the blanks behind one make up for another length."""
    out: list[str] = []
    at = 0
    for found in pattern.finditer(said):
        made = replace(found[0])
        out.append(said[at : found.start()])
        out.append(made)
        at = found.end()
        blanks = len(said) - at - len(said[at:].lstrip(" ")) if made != found[0] else 0
        if blanks > 1:
            room = max(1, blanks + len(found[0]) - len(made))
            out.append(" " * room)
            at += blanks
    return "".join(out) + said[at:]


def samples(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """Each answer as a case of a parser's `samples`: a file's path below `platforms`, and its text."""
    for number, entry in enumerate(entries, start=1):
        if isinstance(captured := entry.event, Captured):
            slug = re.sub(r"[^a-z0-9]+", "-", captured.command.lower()).strip("-")[:60]
            place = f"{captured.platform}/samples/{slug}/case-{number}"
            yield f"{place}/command.txt", captured.command + "\n"
            yield f"{place}/output.txt", captured.output
            yield f"{place}/at.txt", entry.at.isoformat() + "\n"
