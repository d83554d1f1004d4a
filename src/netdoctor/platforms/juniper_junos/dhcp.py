"""DHCP relay: what is passed on and what is dropped, for the whole device."""

from __future__ import annotations

import re

from netdoctor.model.facts import DhcpRelay
from netdoctor.platforms.base import NotUnderstood
from netdoctor.platforms.juniper_junos.reading import Read, leaf, nodes, or_empty, query, roots, tree
from netdoctor.platforms.values import count

_ALL = "all"
"""Junos counts for a routing instance, and not by interface."""


@query(
    "show dhcp relay statistics",
    also=("show dhcp relay statistics {rest*}", "get-dhcp-relay-statistics-information[ {rest*}]"),
    area="services",
    gives=(DhcpRelay,),
)
def relay(output: str) -> Read:
    """Requests received from clients, replies sent to them, packets dropped."""
    found = tree(output)
    if found is None:
        received, _, sent = output.partition("Messages sent")
        requests = re.search(r"^\s*BOOTREQUEST +(\d+)", received, re.M)
        replies = re.search(r"^\s*BOOTREPLY +(\d+)", sent, re.M)
        dropped = re.search(r"Packets dropped:\s*Total +(\d+)", output)
        if requests or dropped:
            yield DhcpRelay(
                interface=_ALL,
                requests_count=count(requests[1]) if requests else None,
                replies_count=count(replies[1]) if replies else None,
                dropped_count=count(dropped[1]) if dropped else None,
            )
        yield from or_empty((), known=requests is None and dropped is None and "not running" in output)
        return
    known = roots(found, "dhcp-relay-statistics-information")
    if not known:
        raise NotUnderstood("no 'dhcp-relay-statistics-information'")
    for _, root in known:
        named = {
            name: count(leaf(one, "message-count"))
            for table in nodes(root, "message-table")
            for one in nodes(table, "message")
            if (name := leaf(one, "message-name"))
        }
        errors = [
            count(leaf(one, "dropped-packet-count") or leaf(one, "error-count"))
            for table in nodes(root, "dropped-packet-table")
            for one in nodes(table, "dropped-packet")
        ]
        total_dropped = leaf(root, "dropped-packet-table", "dropped-packet-total") or leaf(
            root, "dropped-total"
        )
        yield DhcpRelay(
            interface=_ALL,
            requests_count=named.get("BOOTREQUEST"),
            replies_count=named.get("BOOTREPLY"),
            dropped_count=count(total_dropped)
            if total_dropped
            else sum(filter(None, errors))
            if errors
            else None,
        )
