"""Takes secrets out of what devices print, before anything else sees it.

What stays is that a secret is set, and of which kind: `neighbor 10.0.0.1 password 7 <redacted>`. Lines are
never joined or split. Redacting twice changes nothing.
"""

from __future__ import annotations

import re

REDACTED = "<redacted>"

_VALUE = r"""(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\s"']*[^\s"';,})\]])"""
"""A quoted text, or all up to white space or a quote, without closing punctuation."""

_KIND = (
    r"(?:(?:[0-9]{1,3}[a-z]?|level|type|clear|cleartext|text|plaintext|plain-text|encrypted|hashed|hash2?"
    r"|ascii|ascii-text|hex|hexadecimal|string|md5|sha[\w-]*|hmac[\w-]*|aes[\w-]*|des[\w-]*|localized)[ \t]+)"
)
"""What may stand between the keyword and its secret: an encryption type, an algorithm, a key's number."""

_SEPARATOR = r"""(?:["']?[ \t]*[:=][ \t]*|[ \t]+)"""

_PROSE = (
    r"(?!(?:for|is|was|has|must|of|from|authentication|auth|check|changed?|expired|expires|expiry|required"
    r"|failed|failure|incorrect|mismatch|policy|prompt|encryption|strength|true|false|null|none)\b)"
)
"""Words after «password» in log lines, and JSON's true, false and null: not secrets."""

_KEYWORDS = (
    "password",
    "passwd",
    "passphrase",
    "pass-phrase",
    "secret",
    "pre-shared-key",
    "presharedkey",
    "message-digest-key",
    "authentication-key",
    "auth-key",
    "privacy-key",
    "server-key",
    "key-string",
    "keystring",
    "wpa-psk",
    "rocommunity6?",
    "rwcommunity6?",
    "snmp-server community",
    "snmp community",
    "authentication text",
    "authentication string",
    "isakmp key",
)
_ASSIGNED = ("api[_-]?key", "access[_-]?key", "private[_ -]?key", "psk", "token", "community")
"""Words that mean a secret only when `=` or `:` gives them a text."""

_PATTERNS = (
    rf"(?P<keyword>(?:{'|'.join(_KEYWORDS)}){_SEPARATOR}{_KIND}*){_PROSE}{_VALUE}",
    rf"(?P<assigned>\b(?:{'|'.join(_ASSIGNED)})[\"']?[ \t]*[:=][ \t]*){_PROSE}"
    rf"(?![0-9]+\b|[\[{{][ \t]*$){_VALUE}",
    rf"(?P<typed>\bkey[ \t]+(?:[0-9a-f]{{1,64}}[ \t]+)?(?:0|6|7|8a?)[ \t]+)(?!key-string){_VALUE}",
    rf"(?P<aaa>(?:radius|tacacs)[^\n]{{0,200}}?\bkey[ \t]+{_KIND}*){_VALUE}",
    r"(?P<trap>snmp-server host [^\n]{0,100}?\bversion[ \t]+[123]c?[ \t]+(?:(?:noauth|auth|priv)[ \t]+)?)"
    rf"{_VALUE}",
    rf"(?P<user>\b(?:auth|priv|authentication|privacy)[ \t]+(?:md5|sha|aes|des|3des|hmac)[\w-]*[ \t]+"
    rf"(?:[0-9]{{1,3}}[ \t]+)?){_VALUE}",
    rf"(?P<block>^[ \t]*community[ \t]+){_VALUE}(?=[ \t]*\{{|[ \t]+hash2?\b|[ \t]+authorization\b)",
    rf"(?P<header>\bauthorization:[ \t]*(?:(?:basic|bearer|digest|token)[ \t]+)?){_VALUE}",
    rf"(?P<bearer>\bbearer[ \t]+(?=[\w.~+/-]{{16}})){_VALUE}",
    r"(?P<url>\b[a-z][a-z0-9+.-]{1,20}://[^\s/@:\"']{1,128}:)[^\s/\"']{1,256}(?=@)",
    r"(?P<hash>)\$(?:[1-9]|2[abxy]|y|gy|7|sha\d+)\$[\w./$=+-]{4,}",
)
_SECRET = re.compile("|".join(_PATTERNS), re.IGNORECASE)
_PRIVATE_KEY = re.compile(r"(-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----)((?:(?!-----)[^\"])*)")
_BODY_LINE = re.compile(r"[^\n]*\S[^\n]*")
_HINTS = ("pass", "secret", "key", "communi", "auth", "priv", "bearer", "psk", "token", "://", "$", "snmp")
"""A line without any of these holds no secret; most lines are done with so."""


def redact(text: str) -> str:
    """The text with each secret replaced by `<redacted>`."""
    if "PRIVATE KEY-----" in text:
        text = _PRIVATE_KEY.sub(lambda found: found[1] + _BODY_LINE.sub(REDACTED, found[2]), text)
    lowered = text.lower()
    if not any(hint in lowered for hint in _HINTS):
        return text
    lines = zip(text.split("\n"), lowered.split("\n"), strict=True)
    return "\n".join(
        _SECRET.sub(_replaced, line) if any(hint in low for hint in _HINTS) else line for line, low in lines
    )


def _replaced(found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    before = found[kind]
    secret = found[0][len(before) :]
    if kind == "aaa":
        at = before.lower().rindex("key")
        before = redact(before[:at]) + before[at:]
    quote = secret[0] if secret[0] in "\"'" else ""
    return f"{before}{quote}{REDACTED}{quote}"
