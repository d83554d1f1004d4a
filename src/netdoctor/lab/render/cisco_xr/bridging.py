"""Bundles and overlays, as a router tells them that has none."""

from __future__ import annotations

from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xr.words import stamped


@answers(
    "show bundle",
    "show bundle {interface}",
    "show lacp",
    "show evpn ethernet-segment detail",
    "show evpn evi detail",
)
def nothing(view: View, interface: str = "") -> str:
    return stamped(view)
