"""EVPN and VXLAN: Genie."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import BgpInstance, BgpRoute, BgpSession, EthernetSegment, MacEntry, Vni
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Table
from tests.corpus.goldens.cisco_xe.arp_nd_mac import mac

_OWN = ("0.0.0.0", "::")
ADDRESS = "the address of the host behind the MAC address: no field of a fact"
ROUTE = "no check needs it: flags, labels and segment of the route, what was configured of it"
TRAFFIC = "no check needs it: traffic counters of the tunnel"
SETTING = "no check or fact needs it: a setting of the segment"


def _table(record: Record) -> Iterator[Expected]:
    for vrf, families in record.golden["vrf"].items():
        for found in families["address_family"].values():
            for prefix, route in found["routes"].items():
                paths = list(route["index"].values())
                best = next((path for path in paths if ">" in path["status_codes"]), None)
                yield Expected(
                    BgpRoute,
                    {"vrf": vrf, "prefix": prefix},
                    {
                        "paths_count": len(paths),
                        "valid": any("*" in path["status_codes"] for path in paths),
                        "best": best is not None,
                    }
                    | ({"locally_originated": best["next_hop"] in _OWN} if best else {}),
                )


def _hop(hops: list[str]) -> dict[str, Any]:
    """The first far end among `L:17 2.2.2.1(proxy)`, `BD12:0`, `Et1/0:12`."""
    far = [found[1] for hop in hops if (found := re.match(r"[LV]:\d+ ([\d.]+)", hop))]
    return {"remote_vtep": far[0]} if far else {}


def _entry(evi: str, address: str, told: dict[str, Any]) -> Expected:
    key = {"mac": mac(address), "vlan": evi}
    return Expected(MacEntry, key, {"moves_count": told["seq_number"]} | _hop(told["next_hops"]))


def _macs(record: Record) -> Iterator[Expected]:
    """`evi.*.eth_tag.*.producer.*.mac_addr.*`, and under it hosts where the command asks for them."""
    for evi, instance in record.golden["evi"].items():
        for tag in instance["eth_tag"].values():
            for producer in tag["producer"].values():
                for address, found in producer["mac_addr"].items():
                    for told in found.get("host_ip", {"": found}).values():
                        yield _entry(evi, address, told)


def _hosts(record: Record) -> Iterator[Expected]:
    for evi, instance in record.golden["evi"].items():
        for producer in instance["producer"].values():
            for host in producer["host_ips"].values():
                for tag in host["eth_tag"].values():
                    for address, told in tag["mac_addr"].items():
                        yield _entry(evi, address, told)


def _addresses(record: Record) -> Iterator[Expected]:
    for instance in record.golden["evi"].values():
        for domain, found in instance["bd_id"].items():
            for tag in found["eth_tag"].values():
                for host in tag["ip_addr"].values():
                    for address, told in host["mac_addr"].items():
                        yield _entry(domain, address, told)


def _mode(said: str) -> str:
    return said.replace("-", "_")


GOLDENS = {
    "ShowBgp": Golden(
        also=_table,
        also_reads=(
            "vrf.*.address_family.*.routes.*.index.*.status_codes",
            "vrf.*.address_family.*.routes.*.index.*.next_hop",
        ),
        reasons={"vrf.*.address_family": ROUTE},
    ),
    "ShowL2routeEvpnDGWDetail": Golden(
        also=_macs,
        also_reads=("evi.*.eth_tag.*.producer.*.mac_addr.*.host_ip.*.next_hops",),
        reasons={"evi": ROUTE},
    ),
    "ShowL2routeEvpnMacDetail": Golden(
        also=_macs, also_reads=("evi.*.eth_tag.*.producer.*.mac_addr.*.next_hops",), reasons={"evi": ROUTE}
    ),
    "ShowL2routeEvpnMacIpDetail": Golden(
        also=_hosts,
        also_reads=("evi.*.producer.*.host_ips.*.eth_tag.*.mac_addr.*.next_hops",),
        reasons={"evi": ROUTE},
    ),
    "ShowL2vpnEvpnMacIpDetail": Golden(
        also=_addresses,
        also_reads=("evi.*.bd_id.*.eth_tag.*.ip_addr.*.mac_addr.*.seq_number",),
        reasons={"evi": ADDRESS},
    ),
    "ShowL2vpnEvpnAllActiveMhSummary": Golden(
        tables=(
            Table(BgpSession, "all_active_mh.*", {"peer": "*0"}, {"state": ("session_state", str.lower)}),
            Table(
                BgpInstance,
                "all_active_mh.*",
                {"vrf": lambda place: "default"},
                {"bgp_router_id": "router_id", "asn": "local_as"},
            ),
        ),
        reasons={
            "all_active_mh.*.up_down_time": "never, which a fact does not say",
            "all_active_mh.*.src_interface": SETTING,
            "all_active_mh.*.pc_count": "how many segments are listed",
            "all_active_mh.*.vlan_count": SETTING,
            "all_active_mh.*.mac_count": SETTING,
        },
    ),
    "ShowL2vpnEvpnEthernetSegment": Golden(
        tables=(
            Table(
                EthernetSegment,
                "esi.*",
                {"esi": "*0"},
                {"port": "interface", "redundancy_mode": ("redundancy_mode", _mode)},
            ),
        ),
        reasons={"esi.*.df_wait_time": SETTING, "esi.*.split_horizon_label": SETTING},
    ),
    "ShowL2vpnEvpnEthernetSegmentDetail": Golden(
        tables=(
            Table(
                EthernetSegment,
                "*",
                {"esi": "*0"},
                {
                    "interface": ("interface", lambda names: names[0]),
                    "redundancy_mode": ("redundancy_mode", _mode),
                    "state": ("state", lambda said: "up" if said == "Ready" else "down"),
                    "forwarder_list": ("peers", tuple),
                },
            ),
        ),
        reasons={"*": SETTING},
    ),
    "ShowNveVniDetail": Golden(
        tables=(
            Table(
                Vni,
                "",
                {"vni": "vni_id"},
                {
                    "nve_interface": "interface",
                    "vni_state": ("state", lambda said: "up" if said == "Up" else "down"),
                    "vni_type": ("kind", lambda said: said[:2].lower()),
                },
            ),
        ),
        reasons={
            "vlan_id": "`N/A`: not told here",
            "vni_vrf": "`N/A`: not told here",
            "mcast_ip": SETTING,
            "mcast_ipv6": SETTING,
            "vni_origin": SETTING,
            "svi_if_handler": SETTING,
            "vtep_ip": "our own address",
            "local_routing": SETTING,
            **{
                f"{kind}_{way}put_{unit}": TRAFFIC
                for kind in ("uc", "mc")
                for way in ("in", "out")
                for unit in ("packets", "bytes")
            },
        },
    ),
}
