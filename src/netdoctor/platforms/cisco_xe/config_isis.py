"""IS-IS as interfaces have it configured: no other answer tells of the authentication of hellos."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from netdoctor.model.facts import Fact, IsisInterface
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.text import Block, Read, blocks, each

_INTERFACE = re.compile(r"^interface (?P<interface>\S+(?: \d\S*)?)[ \t]*$", re.M)
_RUNS = re.compile(r"^ +(?:ip|ipv6|clns) router isis\b", re.M)
_DIGEST = re.compile(r"^ +isis authentication (?:mode md5|key-chain)\b", re.M)
_SIMPLE = re.compile(r"^ +isis (?:password |authentication mode text\b)", re.M)


def where_isis_runs(facts: Sequence[Fact]) -> Iterator[dict[str, str]]:
    """Asks a router that has IS-IS on an interface."""
    if any(isinstance(fact, IsisInterface) for fact in facts):
        yield {}


@command(
    "show running-config | section interface",
    area="isis",
    gives=(IsisInterface,),
    privileged=True,
    timeout_s=30.0,
    arguments=where_isis_runs,
)
def interfaces(output: str) -> Read:
    """How hellos are authenticated on every interface that IS-IS runs on."""
    found = list(blocks(output, _INTERFACE))
    if found and not _RUNS.search(output):
        yield EMPTY
    yield from each(found, _interface)


def _interface(block: Block) -> Iterator[IsisInterface]:
    if _RUNS.search(block.text):
        yield IsisInterface(
            interface=normalise_interface(block.head["interface"]), auth_type=_auth(block.text)
        )


def _auth(said: str) -> str:
    if _DIGEST.search(said) and not re.search(r"authentication mode text", said):
        return "message-digest"
    return "simple" if _SIMPLE.search(said) else "none"
