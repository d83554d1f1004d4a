"""Control-plane policing: what each class let through and dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.facts import DropCounter
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.text import Block, Read, blocks, each
from netdoctor.platforms.values import total

_CLASS = re.compile(r"^[ \t]*Class-map: ?(?P<name>\S+)", re.M | re.I)
_SEEN = re.compile(r"^[ \t]*(\d+) packets, (\d+) bytes", re.M)
_POLICED = re.compile(
    r"^[ \t]*(?:conform|exceed|violate)\w*:? (?:(?P<packets>\d+) packets, )?(?P<bytes>\d+) bytes;? *"
    r"actions?:[ \t]*(?:(?P<same>[\w-]+)|\s*\n\s*(?P<next>[\w-]+))",
    re.M | re.I,
)


@command(
    "show policy-map control-plane",
    area="copp",
    gives=(DropCounter,),
    sampled=True,
    aliases=(
        "show policy-map control-plane {scope*}",
        "show policy-map interface control-plane[ {scope*}]",
        "show policy-map system-cpp-policy",
    ),
)
def policing(output: str) -> Read:
    """What each class of the control plane's policy let through and dropped, by what its policer does."""
    if not _CLASS.search(output) and re.search(r"Control Plane|Service-policy", output):
        yield EMPTY
    yield from each(blocks(output, _CLASS), _class)


def _class(block: Block) -> Iterator[DropCounter]:
    packets: dict[bool, list[str]] = {True: [], False: []}
    octets: dict[bool, list[str]] = {True: [], False: []}
    policed = list(_POLICED.finditer(block.text))
    for found in policed:
        dropped = (found["same"] or found["next"]).lower() == "drop"
        octets[dropped].append(found["bytes"])
        packets[dropped].extend([found["packets"]] if found["packets"] else [])
    seen = _SEEN.search(block.text)
    if not policed and seen:
        packets[False], octets[False] = [seen[1]], [seen[2]]
    yield DropCounter(
        kind="copp",
        name=block.head["name"],
        dropped_pkts=total(*packets[True]),
        conformed_pkts=total(*packets[False]),
        dropped_bytes=total(*octets[True]),
        conformed_bytes=total(*octets[False]),
    )
