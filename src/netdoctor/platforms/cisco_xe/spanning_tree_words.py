"""IOS's words for spanning tree, long and short."""

from __future__ import annotations

import re
from typing import Any

_ROLES: dict[str, Any] = {
    "desg": "designated",
    "root": "root",
    "altn": "alternate",
    "back": "backup",
    "mstr": "master",
    "dis": "disabled",
    "down": "disabled",
    "designated": "designated",
    "alternate": "alternate",
    "backup": "backup",
    "master": "master",
    "disabled": "disabled",
}
_STATES: dict[str, Any] = {
    "fwd": "forwarding",
    "blk": "discarding",
    "lrn": "learning",
    "lis": "listening",
    "dis": "disabled",
    "dwn": "disabled",
    "bkn": "broken",
    "forwarding": "forwarding",
    "blocking": "discarding",
    "discarding": "discarding",
    "learning": "learning",
    "listening": "listening",
    "disabled": "disabled",
    "down": "disabled",
    "broken": "broken",
}
_PROTOCOLS: dict[str, Any] = {
    "ieee": "pvst",
    "pvst": "pvst",
    "rstp": "rstp",
    "rapid-pvst": "rstp",
    "mstp": "mstp",
    "mst": "mstp",
}
_GUARD = re.compile(r"\b(root|loop|type|pvid|pvst(?: sim\.)?|port vlan id|bpdu\w*)[ _-]?inc", re.I)


def role(word: str) -> Any:
    """`Desg` and `designated`; None for dashes."""
    return _ROLES.get(word.lower())


def state(word: str) -> Any:
    """`BLK` and `blocking` are discarding; `BKN*` is broken."""
    return _STATES.get(word.lower().rstrip("*"))


def protocol(word: str, instance: str) -> Any:
    """What runs; plain 802.1D outside a VLAN is `stp`."""
    found = _PROTOCOLS.get(word.lower())
    return "stp" if found == "pvst" and not instance.startswith("VLAN") else found


def guard(said: str) -> str | None:
    """The guard in `P2p *ROOT_Inc` and `Root Inconsistent`."""
    found = _GUARD.search(said)
    word = found[1].lower() if found else None
    return {"port vlan id": "pvid", "pvst sim.": "pvst"}.get(word, word) if word else None


def instance_name(said: str) -> str:
    """`VLAN0010` also from `VLAN10` and `G0:VLAN0010`."""
    word = said.strip().rpartition(":")[2]
    return f"VLAN{int(word[4:]):04d}" if re.fullmatch(r"VLAN\d{1,9}", word) else word
