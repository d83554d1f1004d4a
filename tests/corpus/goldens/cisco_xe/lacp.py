"""Goldens of port-channels and LACP."""

from __future__ import annotations

from netdoctor.model.facts import Interface, LagMember
from tests.corpus.goldens import Golden, Table
from tests.corpus.goldens.cisco_xe.words import NO_FACT, OWN, long_name, mac

_MEMBER = {"lag": "*0", "interface": "*1"}
_STATES = {"P": "bundled", "D": "down", "s": "suspended", "I": "individual"}
_BUNDLED = {"bndl": "bundled", "susp": "suspended", "down": "down", "indep": "individual"}

_SUMMARY = Golden(
    tables=(
        Table(
            Interface,
            "interfaces.*",
            {"interface": "*0"},
            {"oper_status": ("oper_up", lambda word: word == "up")},
        ),
        Table(LagMember, "interfaces.*.members.*", _MEMBER, {"flags": ("state", lambda flag: _STATES[flag])}),
    ),
    reasons={
        **dict.fromkeys(("number_of_aggregators", "number_of_lag_in_use"), NO_FACT),
        **{f"interfaces.*.{key}": OWN for key in ("name", "bundle_id", "flags", "port_channel")},
        "interfaces.*.protocol": NO_FACT,
        "interfaces.*.members.*": OWN,
    },
)

GOLDENS: dict[str, Golden] = {
    "ShowEtherchannelSummary": _SUMMARY,
    "ShowEtherChannelSwportSummary": _SUMMARY,
    "ShowEtherchannelPortChannel": Golden(
        tables=(
            Table(
                LagMember,
                "port_channel.*.ports.*",
                {"lag": ("*0", long_name), "interface": ("*1", long_name)},
                {"ec_state": ("state", lambda word: "bundled" if word == "Active" else word)},
            ),
        ),
        reasons={"port_channel.*": NO_FACT},
    ),
    "ShowLacpInternal": Golden(
        tables=(
            Table(
                LagMember,
                "interfaces.*.members.*",
                _MEMBER,
                {"state": ("state", lambda word: _BUNDLED[word])},
            ),
        ),
        reasons={"interfaces.*": "our own end's keys and flags are no fact"},
    ),
    "ShowLacpNeighbor": Golden(
        tables=(
            Table(
                LagMember,
                "interfaces.*.members.*",
                _MEMBER,
                {
                    "partner_id": ("partner_system", mac),
                    "oper_key": ("partner_key", str),
                    "port_num": ("partner_interface", str),
                },
            ),
        ),
        reasons={"interfaces.*": NO_FACT},
    ),
    "ShowLacpNeighborDetail": Golden(
        tables=(
            Table(
                LagMember,
                "interfaces.*.members.*",
                _MEMBER,
                {
                    "system_id": ("partner_system", lambda word: mac(word.partition(",")[2])),
                    "oper_key": ("partner_key", str),
                    "port_num": ("partner_interface", str),
                },
            ),
        ),
        reasons={"interfaces.*": NO_FACT},
    ),
}
