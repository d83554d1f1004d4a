"""Counters that older tools print: the kernel's table of interfaces, ifconfig, iptables."""

from __future__ import annotations

import ipaddress
import re
from typing import Any, Final

from netdoctor.model.facts import DropCounter, Interface
from netdoctor.platforms.base import EMPTY, NotUnderstood, command
from netdoctor.platforms.linux.reading import Read, lines, on_request
from netdoctor.platforms.text import Block, blocks, each, first
from netdoctor.platforms.values import clean, count, mac_address

_DEVICE: Final = re.compile(r"^ *(?P<name>[^\s:]+(?::[^\s:]+)*): *(?P<numbers>\d+(?: +\d+){15})\s*$", re.M)


@command("cat /proc/net/dev", area="interface", gives=(Interface,), arguments=on_request)
def devices(output: str) -> Read:
    """Sixteen counters an interface (proc_net_dev(5)), eight received and eight sent."""
    for row in _DEVICE.finditer(clean(output)):
        numbers = [count(word) for word in row["numbers"].split()]
        yield Interface(
            interface=row["name"],
            in_octets_bytes=numbers[0],
            in_pkts=numbers[1],
            in_errors_count=numbers[2],
            in_discards_count=numbers[3],
            out_octets_bytes=numbers[8],
            out_pkts=numbers[9],
            out_errors_count=numbers[10],
            out_discards_count=numbers[11],
        )


_START: Final = re.compile(r"^(?P<name>[\w.@-]+(?::\w+)?)(?::? +(?:Link encap:|flags=).*)$", re.MULTILINE)
_TRAFFIC: Final = re.compile(
    r"(?P<way>RX|TX) packets[: ](?P<pkts>\d+)(?: +errors:(?P<errors>\d+) dropped:(?P<drops>\d+))?"
    r"(?: +bytes (?P<bytes>\d+))?"
)
_NEWER: Final = re.compile(r"(?P<way>RX|TX) errors (?P<errors>\d+) +dropped (?P<drops>\d+)")
_BYTES: Final = re.compile(r"(?P<way>RX|TX) bytes:(?P<bytes>\d+)")
_INET: Final = re.compile(
    r"inet (?:addr:)?(?P<address>[\d.]+)(?: +P-t-P:\S+| +Bcast:\S+| +destination \S+)*"
    r" +(?:Mask:|netmask )(?P<mask>[\d.]+)"
)
_INET6: Final = re.compile(r"inet6 (?:addr: ?)?(?P<address>[\da-fA-F:]+)(?:/| +prefixlen )(?P<length>\d+)")
_WAYS: Final = {"RX": "in", "TX": "out"}


@command(
    "ifconfig",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=("ifconfig {interface}", "ifconfig -a"),
)
def ifconfig(output: str) -> Read:
    """A block an interface, in the layout of old and of new net-tools."""
    yield from each(blocks(output, _START), _interface)


def _interface(block: Block) -> Read:
    text = clean(block.text)
    flags = first(re.compile(r"flags=\d+<([^>]*)>"), text)
    up = "UP" in flags.split(",") if flags is not None else bool(re.search(r"^ +UP ", text, re.M))
    running = "RUNNING" in (flags.split(",") if flags is not None else text.split())
    counters: dict[str, Any] = {}
    for pattern in (_TRAFFIC, _NEWER, _BYTES):
        for found in pattern.finditer(text):
            counters |= _counters(found.groupdict())
    addresses = [f"{one['address']}/{_length(one['mask'])}" for one in _INET.finditer(text)]
    addresses += [f"{one['address']}/{one['length']}" for one in _INET6.finditer(text)]
    yield Interface(
        interface=clean(block.head["name"]).removesuffix(":"),
        admin_up=up,
        oper_up=up and running,
        mac=mac_address(first(re.compile(r"(?:HWaddr|ether) ([\da-fA-F:]+)"), text)),
        mtu_bytes=count(first(re.compile(r"\bmtu[: ](\d+)", re.I), text)),
        addresses=tuple(addresses),
        kind="loopback" if "LOOPBACK" in text else None,
        **counters,
    )


def _counters(said: dict[str, str | None]) -> dict[str, Any]:
    way = _WAYS[str(said["way"])]
    named = {
        f"{way}_pkts": said.get("pkts"),
        f"{way}_errors_count": said.get("errors"),
        f"{way}_discards_count": said.get("drops"),
        f"{way}_octets_bytes": said.get("bytes"),
    }
    return {name: count(value) for name, value in named.items() if value is not None}


def _length(mask: str) -> int:
    return ipaddress.ip_network(f"0.0.0.0/{mask}").prefixlen


_CHAIN: Final = re.compile(
    r"^Chain (?P<name>\S+) \((?:policy (?P<policy>\w+)(?: (?P<pkts>\d+[KMGT]?) packets)?)?"
)
_UNITS: Final = {"K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
_DROPS: Final = {"DROP", "REJECT"}


@command(
    "iptables -nvL",
    area="acl",
    gives=(DropCounter,),
    arguments=on_request,
    aliases=(
        "ip[6]tables[ -t {table}] -nvL[ {chain}]",
        "ip[6]tables[ -t {table}] -L -n -v[ -x]",
        "ip[6]tables[ -t {table}] -L -v -n[ -x]",
        "ip[6]tables[ -t {table}] -vnL[ {chain}]",
        "ip[6]tables[ -t {table}] -v -L -n",
        "ip[6]tables[ -t {table}] -L[ -v][ -n][ --line-numbers]",
        "ip[6]tables[ -t {table}] -nvL --line-numbers",
    ),
)
def iptables(output: str, table: str = "filter") -> Read:
    """The rules that drop or reject, and chains whose policy is to drop. Numbers are rounded (`204K`).

    Without `-v` the rules are told, but neither their counters nor their interfaces.
    """
    chain, place, dropping, chains, head = "", 0, False, 0, list[str]()
    for _, line in lines(output):
        if found := _CHAIN.match(clean(line.strip())):
            chain, place, chains = found["name"], 0, chains + 1
            if found["policy"] == "DROP":
                dropping = True
                pkts = _number(found["pkts"]) if found["pkts"] else None
                yield DropCounter(kind="acl", name=f"{table} {chain} policy", dropped_pkts=pkts)
            continue
        words = clean(line).split()
        if words[0] in {"pkts", "target", "num"}:
            head = words
            continue
        words = _in_full(words, head)
        if len(words) < 8:
            continue
        place += 1
        rule = _rule(f"{table} {chain} {place}", words)
        if rule:
            dropping = True
            yield rule
    if not chains and output.strip():
        raise NotUnderstood("no chain")
    if not dropping:
        yield EMPTY


def _in_full(words: list[str], head: list[str]) -> list[str]:
    """The words of a rule as `-v` without line numbers has them, `*` for what is not told."""
    words = words[1:] if head[:1] == ["num"] else words
    return words if "pkts" in head else ["*", "*", *words[:3], "*", "*", *words[3:]]


def _rule(name: str, words: list[str]) -> DropCounter | None:
    """One rule: packets, bytes, target, protocol, options, in, out, source, destination, matches."""
    pkts = _number(words[0])
    if (pkts is None and words[0] != "*") or words[2] not in _DROPS:
        return None
    port = next((word.partition(":")[2] for word in words[9:] if word.startswith("dpt:")), None)
    source = words[7]
    return DropCounter(
        kind="acl",
        name=name,
        interface=words[5] if words[5] not in {"*", "any"} else None,
        tcp_port=count(port) if words[3] in {"tcp", "6"} else None,
        peer=source if source not in {"0.0.0.0/0", "::/0", "anywhere"} else None,
        dropped_pkts=pkts,
    )


def _number(word: str) -> int | None:
    if word[-1:] in _UNITS:
        whole = count(word[:-1])
        return whole * _UNITS[word[-1]] if whole is not None else None
    return count(word)
