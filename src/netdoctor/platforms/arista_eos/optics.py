"""Optics: light, current, temperature and voltage a lane with the module's thresholds; modules; FEC."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import FecCounters, Interface, OpticLane, Transceiver
from netdoctor.model.units import NO_LIGHT_DBM
from netdoctor.platforms.arista_eos.reading import (
    Object,
    Read,
    document,
    each,
    inner,
    listed,
    objects,
)
from netdoctor.platforms.base import command
from netdoctor.platforms.values import count, number, text

_PARAMETERS = {
    "rxPower": ("input_power", "dbm"),
    "txPower": ("output_power", "dbm"),
    "txBias": ("bias_current", "ma"),
    "temperature": ("temperature", "celsius"),
    "voltage": ("supply_voltage", "v"),
}
"""EOS's name of each value, and ours as `(name, unit)`."""
_THRESHOLDS = {
    "lowAlarm": "low_alarm",
    "lowWarn": "low_warning",
    "highWarn": "high_warning",
    "highAlarm": "high_alarm",
}


@command(
    "show interfaces transceiver dom thresholds | json",
    area="optics",
    gives=(OpticLane, Transceiver),
    aliases=(
        "show interfaces transceiver detail | json",
        "show interfaces transceiver | json",
    ),
)
def lanes(output: str) -> Read:
    """Digital diagnostics of every lane.

    Two shapes: `parameters.rxPower.channels` with a number a lane (`-` for what the whole module has),
    and one flat value an interface, with the thresholds under `details`.
    """
    yield from each(document(output), "interfaces", _lanes)


def _lanes(name: str, entry: Object) -> Read:
    media = text(entry.get("mediaType"))
    present = bool(media or text(entry.get("vendorSn"))) and media != "Not Present"
    yield Transceiver(
        interface=name,
        present=present,
        media_type=media if present else None,
        serial=text(entry.get("vendorSn")),
    )
    if not present:
        return
    values = _by_lane(entry.get("parameters")) if "parameters" in entry else {1: _flat(entry)}
    for lane, fields in sorted(values.items()) or [(1, {})]:
        yield OpticLane(interface=name, lane=lane, dom_supported=bool(fields), **fields)


def _by_lane(parameters: Any) -> dict[int, Object]:
    """The known values of each lane; what the whole module has stands in every lane."""
    by_lane: dict[int, Object] = {}
    module: Object = {}
    for key, entry in objects(parameters):
        if key not in _PARAMETERS:
            continue
        thresholds = dict(_limits(key, inner(entry, "threshold")))
        for channel, value in inner(entry, "channels").items():
            measured = dict(_measured(key, value))
            fields = measured | thresholds if measured else {}
            if channel.isascii() and channel.isdigit() and len(channel) < 4:
                by_lane.setdefault(int(channel), {}).update(fields)
            else:
                module.update(fields)
    return {lane: module | fields for lane, fields in by_lane.items()} or ({1: module} if module else {})


def _flat(entry: Object) -> Object:
    fields: Object = {}
    for key in _PARAMETERS:
        measured = dict(_measured(key, entry.get(key)))
        if measured:
            fields |= measured | dict(_limits(key, inner(entry, "details", key)))
    return fields


def _measured(key: str, value: Any) -> Iterator[tuple[str, float]]:
    """A value under its field's name; no light has no dBm, which EOS writes as minus infinity."""
    name, unit = _PARAMETERS[key]
    if unit == "dbm" and value in (-math.inf, "-Inf", "-inf", "-Infinity"):
        yield f"{name}_{unit}", NO_LIGHT_DBM
    elif (found := number(value)) is not None:
        yield f"{name}_{unit}", found


def _limits(key: str, thresholds: Object) -> Iterator[tuple[str, float]]:
    """The thresholds that the module gives."""
    name, unit = _PARAMETERS[key]
    for word, ours in _THRESHOLDS.items():
        if (found := number(thresholds.get(word))) is not None:
            yield f"{name}_{ours}_{unit}", found


@command("show interfaces phy detail | json", area="optics", gives=(FecCounters, Interface), sampled=True)
def phys(output: str) -> Read:
    """Forward error correction, as the phy that faces the wire counts it."""
    yield from each(document(output), "interfacePhyStatuses", _phy)


def _phy(name: str, entry: Object) -> Read:
    facing_the_wire = [
        phy
        for phy in map(inner, listed(entry.get("phyStatuses")))
        if inner(phy, "fec") and inner(phy, "description").get("location") != "system"
    ]
    if not facing_the_wire:
        return
    phy = facing_the_wire[-1]
    fec = inner(phy, "fec")
    mode = _encoding(text(fec.get("encoding")))
    yield FecCounters(
        interface=name,
        mode=mode,
        corrected_codewords_count=count(inner(fec, "correctedCodewords").get("value")),
        uncorrected_codewords_count=count(inner(fec, "uncorrectedCodewords").get("value")),
        pre_fec_ber=number(inner(phy, "preFecBer").get("value")),
        pcs_locked=_pcs_locked(inner(phy, "pcs")),
    )
    if mode:
        yield Interface(interface=name, fec_mode=mode)


def _encoding(word: str | None) -> str | None:
    """The common word for `reedSolomon544` (IEEE 802.3 clause 91) and `fireCode` (clause 74)."""
    known = (("reed", "reed-solomon"), ("fire", "fire-code"), ("disabled", "disabled"))
    return next((ours for start, ours in known if word and word.lower().startswith(start)), word)


def _pcs_locked(pcs: Object) -> bool | None:
    status = inner(pcs, "pcsRxStatus") or inner(pcs, "pcsRxLinkStatus")
    word = text(status.get("value"))
    return word.lower() in {"up", "ok"} if word else None


_ABSENT = "Not Present"
_FOUR_LANE = ("QSFP", "OSFP", "QDD")


@command("show inventory | json", area="optics", gives=(Transceiver,))
def inventory(output: str) -> Read:
    """Who made the modules. Slots bear numbers: a module of several lanes names its port's first lane."""
    yield from each(document(output), "xcvrSlots", _module)


def _module(slot: str, entry: Object) -> Read:
    vendor, part = text(entry.get("mfgName")), text(entry.get("modelName"))
    if vendor in {None, _ABSENT}:
        return
    yield Transceiver(
        interface=module_port(slot, part),
        present=True,
        vendor=vendor,
        part_number=part,
        serial=text(entry.get("serialNum")),
    )


def module_port(slot: str, part: str | None) -> str:
    """The port of a slot; of a module of several lanes the first."""
    first_lane = "/1" if part and any(word in part.upper() for word in _FOUR_LANE) else ""
    return f"Ethernet{slot}{first_lane}"
