"""The kernel's load balancer (IPVS): what stands behind each virtual address (ipvsadm(8))."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.facts import LoadBalancerBackend
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux.reading import Read
from netdoctor.platforms.text import Block, blocks, each
from netdoctor.platforms.values import count

_HEADING = "IP Virtual Server version"
_SERVICE = re.compile(r"^(?:TCP|UDP|SCTP|FWM) +(?P<service>\S+) +\w+", re.M)
_BACKEND = re.compile(
    r"^ +-> (?P<backend>\S+) +(?:Masq|Route|Tunnel|Local) +(?P<weight>\d+) +(?P<active>\d+) +\d+ *$", re.M
)


@command("ipvsadm -L -n", area="services", gives=(LoadBalancerBackend,), privileged=True)
def virtual_server(output: str) -> Read:
    """Servers by service. One with the weight 0 gets no new connections; the kernel itself asks none."""
    if _HEADING not in output:
        return
    services = list(blocks(output, _SERVICE))
    yield from each(services, _service) if services else (EMPTY,)


def _service(block: Block) -> Iterator[LoadBalancerBackend]:
    for row in _BACKEND.finditer(block.text):
        yield LoadBalancerBackend(
            service=block.head["service"],
            backend=row["backend"],
            state="drained" if row["weight"] == "0" else "unchecked",
            weight=count(row["weight"]),
            active_connections_count=count(row["active"]),
        )
