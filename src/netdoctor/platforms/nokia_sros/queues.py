"""What a port's queues sent and dropped, and why its forwarding engine dropped packets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from netdoctor.model.facts import DropCounter, QueueCounters
from netdoctor.platforms.base import command
from netdoctor.platforms.nokia_sros.reading import Read, on_request
from netdoctor.platforms.values import clean, count

_QUEUE: Final = re.compile(
    r"^ ?(?P<way>Ingress|Egress) Queue +(?P<queue>\d+)\b.*\n(?P<rows>(?: +\S.*: *\d+ +\d+ *(?:\n|$))+)", re.M
)
_COUNT: Final = re.compile(r"(fwded|forwarded|dropped|drop) *: *(\d+) +(\d+)")


def queues(port: str, text: str, egress_rate_bps: int | None = None) -> Iterator[QueueCounters]:
    """Each queue, its profiles (in and out) summed. The rate of the port holds for what leaves it."""
    for found in _QUEUE.finditer(text):
        sums = {"fwd": [0, 0], "drop": [0, 0]}
        for what, pkts, octets in _COUNT.findall(found["rows"]):
            sums["drop" if what.startswith("drop") else "fwd"][0] += int(pkts)
            sums["drop" if what.startswith("drop") else "fwd"][1] += int(octets)
        yield QueueCounters(
            interface=port,
            queue=found["queue"],
            direction="in" if found["way"] == "Ingress" else "out",
            transmitted_pkts=count(sums["fwd"][0]),
            transmitted_bytes=count(sums["fwd"][1]),
            dropped_pkts=count(sums["drop"][0]),
            dropped_bytes=count(sums["drop"][1]),
            rate_limit_bps=egress_rate_bps if found["way"] == "Egress" else None,
        )


_REASONS: Final = re.compile(r"Drop Reason Statistics *\n=+\n((?:[A-Z].*\n)+)")
_REASON: Final = re.compile(r"^(\S.*?) {2,}(\d+) *$", re.M)
_KINDS: Final[dict[str, Literal["acl", "urpf", "no_route"]]] = {
    "ACL Filter Discards": "acl",
    "Unicast RPF Check Failed": "urpf",
    "IP Route Blackholed": "no_route",
}


def drop_reasons(port: str, text: str) -> Iterator[DropCounter]:
    """Why the forwarding engine dropped what came in on a port."""
    for found in _REASONS.finditer(text):
        for name, packets in _REASON.findall(found[1]):
            yield DropCounter(
                kind=_KINDS.get(name, "asic"),
                name=f"{port} {name}",
                interface=port,
                dropped_pkts=count(packets),
            )


_SAP: Final = re.compile(r"^SAP +: (?P<sap>\S+)", re.M)
_SAP_QUEUE: Final = re.compile(
    r"^(?P<way>Ingress|Egress) (?P<what>Queue|Policer) (?P<queue>\d+)\b[^\n]*\n(?P<rows>(?:[A-Z][^\n]*\n)+)",
    re.M,
)
_SAP_COUNT: Final = re.compile(r"^(Dro|For)\. \S+ *: *(\d+) +(\d+)", re.M)


@command(
    "show service id {service} sap {port} detail",
    area="queue",
    gives=(QueueCounters,),
    arguments=on_request,
    aliases=(
        "show service id {service} sap {port}[ {how*}]",
        'show service id "{service}" sap {port}[ {how*}]',
        'show service id "{service}" sap "{port}"[ {how*}]',
    ),
)
def service_queues(output: str, port: str = "") -> Read:
    """The queues of a service's access point, its profiles and priorities summed."""
    named = _SAP.search(output)
    for found in _SAP_QUEUE.finditer(output + "\n"):
        rows = _SAP_COUNT.findall(found["rows"])
        sums = {
            word: [sum(int(row[at]) for row in rows if row[0] == word) for at in (1, 2)]
            for word in ("For", "Dro")
        }
        yield QueueCounters(
            interface=clean(named["sap"]) if named else port,
            queue=found["queue"] if found["what"] == "Queue" else f"policer {found['queue']}",
            direction="in" if found["way"] == "Ingress" else "out",
            transmitted_pkts=count(sums["For"][0]),
            transmitted_bytes=count(sums["For"][1]),
            dropped_pkts=count(sums["Dro"][0]),
            dropped_bytes=count(sums["Dro"][1]),
        )
