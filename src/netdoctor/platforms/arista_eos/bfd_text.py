"""BFD sessions, as EOS prints them in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.facts import BfdSession
from netdoctor.platforms.arista_eos.bfd import STATES, diagnostic
from netdoctor.platforms.arista_eos.dialect import normalise_interface
from netdoctor.platforms.arista_eos.reading import Read, on_request
from netdoctor.platforms.base import EMPTY, command

_SESSION = re.compile(
    r"^ *(?P<peer>[0-9a-fA-F]*[.:][0-9a-fA-F.:]+(?:%\S+)?) +\d+ +\d+ +(?P<place>\S+)(?: +.*)?$", re.MULTILINE
)
_END = re.compile(
    r"(?:^ *| )(?:NA|\d\d/\d\d/\d\d \d+:\d+) +(?P<diagnostic>[A-Z][A-Za-z ]*?) +"
    r"(?P<state>Up|Down|Init|AdminDown) *$",
    re.MULTILINE,
)
"""How a session's row ends, or its second row on a narrow terminal."""
_VRF = re.compile(r"^\s*VRF name: *(\S+).*$", re.MULTILINE)


@command(
    "show bfd peers",
    area="bfd",
    gives=(BfdSession,),
    arguments=on_request,
    aliases=("show bfd peers vrf {vrf}", "show bfd peers protocol {protocol}"),
)
def peers(output: str) -> Read:
    """Every session in a row. A narrow terminal gets the last columns in a table below the first ones."""
    parts = _VRF.split(output)
    for vrf, said in zip([DEFAULT_VRF, *parts[1::2]], parts[::2], strict=True):
        yield from _sessions(vrf, said)
    if "VRF name" in output:
        yield EMPTY


def _sessions(vrf: str, said: str) -> Iterator[BfdSession]:
    ends = list(_END.finditer(said))
    for found, end in zip(_SESSION.finditer(said), ends, strict=False):
        place = found["place"].partition("(")[0]
        yield BfdSession(
            vrf=vrf,
            peer=found["peer"],
            interface=normalise_interface(place) if place[:1].isalpha() else None,
            session_state=STATES.get(end["state"].lower()),
            diagnostic=diagnostic(end["diagnostic"]),
        )
