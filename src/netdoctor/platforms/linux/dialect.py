"""How Linux with FRRouting is spoken to, and what may be said."""

from __future__ import annotations

import re

from netdoctor.platforms.base import Dialect, Recognition, Refusal
from netdoctor.platforms.linux.questions import QUESTIONS
from netdoctor.platforms.linux.readonly import ALLOW

__all__ = ["ALLOW", "DIALECT", "QUESTIONS", "TITLE", "normalise_interface"]

TITLE = "Linux with FRRouting"

# A refusal is all that a program says: it stands at the very start of an answer. The same words further
# down, in a log or a description, are part of one.
_WARNINGS = r"(?:(?:sudo: unable to resolve host|% can't open configuration file) [^\n]*\n)*"
_PROGRAM = r"(?:-?[\w./-]{1,40}: |line \d+: |\d{4}-\d\d-\d\dT[\d:]{8} \[\w+/\w+\] )"


def _refusal(words: str) -> re.Pattern[str]:
    return re.compile(rf"\A\s*{_WARNINGS}{words}", re.IGNORECASE)


DIALECT = Dialect(
    mode="exec",
    prompt=re.compile(r"(?:^|\n)[^\n]{0,120}[$#>%] ?$"),
    refusals=(
        Refusal(
            _refusal(r"sudo: [^\n]*(?:password is required|not allowed|must be setuid)"), "not_authorised"
        ),
        Refusal(
            _refusal(r"[^\n]{1,64} is not (?:in the sudoers file|allowed to (?:run|execute))"),
            "not_authorised",
        ),
        Refusal(
            _refusal(rf"{_PROGRAM}+[^\n]*(?:permission denied|operation not permitted)"), "not_authorised"
        ),
        Refusal(_refusal(r"(?:netlink error: )?operation not permitted"), "not_authorised"),
        Refusal(_refusal(r"no journal files were opened due to insufficient permissions"), "not_authorised"),
        Refusal(_refusal(r"(?:exiting: )?failed to connect to any daemons"), "not_authorised"),
        Refusal(_refusal(rf"{_PROGRAM}+[^\n]*(?:command not found|not found|no such file)"), "unsupported"),
        Refusal(_refusal(r"% ?(?:unknown|ambiguous|incomplete) command"), "unsupported"),
        Refusal(_refusal(r"% ?(?:command incomplete|there is no matched command)"), "unsupported"),
        Refusal(
            _refusal(r"(?:netlink error: |cannot get [^\n]*)(?:[^\n]*not supported|no such device)"),
            "unsupported",
        ),
        Refusal(
            _refusal(r"(?:506 cannot talk to daemon|could not open connection to daemon)"), "unsupported"
        ),
        Refusal(
            _refusal(r"(?:system has not been booted with systemd|failed to connect to bus)"), "unsupported"
        ),
        Refusal(_refusal(r"(?:no journal files were found|no sensors found)"), "unsupported"),
        Refusal(
            _refusal(
                r"(?:usage|unknown option|command \"[^\n\"]*\" is unknown|option \"[^\n\"]*\" is unknown)"
            ),
            "unsupported",
        ),
    ),
    max_channels=8,
    elevate="sudo -n ",
    search="/usr/sbin/",
    recognise_by="uname -a",
    recognitions=(Recognition("output", re.compile(r"^Linux \S+ \d", re.MULTILINE)),),
)


def normalise_interface(name: str) -> str:
    """The kernel's name of an interface: `eth1@if2`, as `ip link` shows a veth, is `eth1`."""
    return name.strip().partition("@")[0].rstrip(":")
