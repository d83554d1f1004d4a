"""IS-IS: Genie."""

from __future__ import annotations

from netdoctor.model.facts import IsisAdjacency
from netdoctor.platforms.values import duration_s
from tests.corpus.goldens import Golden, Place, SkipValue, Table, Where

_AT = "isis.*.neighbors.*.type.*.interfaces.*"
_LEVELS = {"L1": "1", "L2": "2", "L1L2": "1-2"}


def _level(place: Place) -> str:
    return _LEVELS[place.names[2]]


def _state(said: str) -> str:
    """`NONE` is a neighbour of ES-IS alone, for which a fact has no word."""
    if said == "NONE":
        raise SkipValue
    return said.lower()


_KEY: dict[str, Where] = {"neighbor": "*1", "level": _level, "interface": "*3"}

_GENIE = Golden(
    tables=(
        Table(
            IsisAdjacency,
            _AT,
            _KEY,
            {
                "state": ("adjacency_state", _state),
                "holdtime": ("hold_time_s", float),
                "area_addresses": ("area", lambda areas: areas[0]),
            },
        ),
        Table(
            IsisAdjacency,
            _AT,
            _KEY,
            {"state_changed": ("up_for_s", duration_s)},
            unless=lambda place: place.row["state"] != "UP" or "state_changed" not in place.row,
        ),
        Table(
            IsisAdjacency,
            _AT,
            _KEY,
            {"ip_address": ("addresses", lambda address: (address,))},
            unless=lambda place: any(name.startswith("ip") and name != "ip_address" for name in place.row),
        ),
    ),
    reasons={
        _AT: "no check needs it: the circuit's number, SNPA, segment routing, BFD topologies, restart",
    },
)

GOLDENS = {"ShowIsisNeighbors": _GENIE, "ShowIsisNeighborsDetail": _GENIE}
