"""Goldens of Genie for SONiC, and the outputs that tell nothing we have a fact for."""

from __future__ import annotations

from netdoctor.model.facts import DeviceInfo, Sensor
from tests.corpus.goldens import Golden, Table

_ABSENT = {"not present": "absent"}
_PARTS = "parts that are neither a power supply nor a fan: no fact tells of cards"
_PLATE = "of a fan or power supply the fact tells only whether it is there and well"

GOLDENS: dict[str, Golden] = {
    "ShowPlatformInventory": Golden(
        tables=(
            Table(DeviceInfo, "chassis.*", {}, {"product_id": "model", "serial_num": "serial"}),
            Table(
                Sensor,
                "power_supplies.*",
                {"name": "name", "kind": lambda place: "power"},
                {"state": ("state", lambda said: _ABSENT[said])},
            ),
            Table(
                Sensor,
                "cooling_devices.*",
                {"name": "name", "kind": lambda place: "fan"},
                {"state": ("state", lambda said: _ABSENT[said])},
            ),
        ),
        reasons={
            "chassis": "the chassis' name, revision and description: no fact needs them",
            "power_supplies": _PLATE,
            "cooling_devices": _PLATE,
            "rp": _PARTS,
            "line_cards": _PARTS,
            "fabric_cards": _PARTS,
            "fpds": "firmware of programmable parts: no fact needs it",
        },
    ),
}

UNREAD = {
    "acl_copp_drops/003": "which ports ACL tables are bound to: no fact tells of it",
    "acl_copp_drops/005": "which reasons drop counters are set up for: no fact tells of it",
    "acl_copp_drops/008": "entries of the P4 pipeline: no fact tells of them",
    "interfaces/006": "whether MPLS is on: no fact tells of it",
    "interfaces/007": "whether the CLI shows aliases: no fact tells of it",
    "mtu/004": "what is done with packets that would leave as they came: no fact tells of it",
    "optics/003": "whether the lanes to the PHY see a signal, which are not those of the module: no fact",
    "queue_drops/001": "the buffers' configuration: no fact tells of it",
}
