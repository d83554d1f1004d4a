"""Members of bonds, as `ip -d link` shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from netdoctor.model.facts import LagMember
from netdoctor.platforms.linux.reading import Object, inner, listed
from netdoctor.platforms.values import count, text


def members(found: Iterable[Object]) -> Iterator[LagMember]:
    """Members of bundles. The partner is told by the bundle, its state by the member."""
    bundles = {str(row.get("ifname")): inner(row, "linkinfo", "info_data") for row in found}
    for row in found:
        link = inner(row, "linkinfo")
        lag, name = text(row.get("master")), text(row.get("ifname"))
        if link.get("info_slave_kind") != "bond" or lag is None or name is None:
            continue
        partner = inner(bundles.get(lag), "ad_info")
        yield LagMember(
            lag=lag,
            interface=name,
            partner_system=text(partner.get("partner_mac")),
            partner_key=str(key) if (key := count(partner.get("partner_key"))) is not None else None,
            **_member_state(inner(link, "info_slave_data")),
        )


def _member_state(data: Object) -> dict[str, Any]:
    """A member carries traffic when its MII is up and, with LACP, both ends collect and distribute
    (IEEE 802.1AX §6.4.2.3)."""
    mii = text(data.get("mii_status"))
    if mii not in {"UP", None}:
        return {"state": "down", "reason": f"MII {str(mii).lower()}"}
    actor, partner = (
        {str(word).lower() for word in listed(data.get(f"ad_{end}_oper_port_state_str"))}
        for end in ("actor", "partner")
    )
    if not actor:
        return {"state": "bundled" if text(data.get("state")) in {"ACTIVE", "BACKUP"} else None}
    if {"collecting", "distributing"} <= actor:
        return {"state": "bundled"}
    lonely = "defaulted" in actor or not partner
    return {"state": "individual" if lonely else "suspended", "reason": "no LACP partner" if lonely else None}
