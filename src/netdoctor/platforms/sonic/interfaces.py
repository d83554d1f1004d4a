"""Ports: state, counters, flaps, addresses."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from netdoctor.model.facts import FecCounters, Interface, Transceiver
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.sonic.optics import form_factor
from netdoctor.platforms.sonic.reading import (
    Read,
    Row,
    cell,
    counter,
    is_port,
    on_request,
    rate_bps,
    read_table,
)
from netdoctor.platforms.syslog import when
from netdoctor.platforms.values import clean, count, number, speed_bps

_FEC: Final = {"rs": "reed-solomon", "fc": "fire-code", "none": "disabled"}
_UP: Final = {"up": True, "down": False}


def port_of(row: Row, *names: str) -> str:
    """The port's name. Raises ValueError for a line that is no row."""
    name = cell(row, *(names or ("interface", "iface", "port", "sub port interface")))
    if name is None or not is_port(name):
        raise ValueError("not a port")
    return name


def _fec(said: str | None) -> str | None:
    """`none` is a word of its own here: no FEC."""
    return _FEC.get(said.lower(), said.lower()) if said and said != "N/A" else None


@command(
    "show interfaces status",
    area="interface",
    gives=(Interface, Transceiver),
    aliases=(
        "show interface[s] status[ {options*}]",
        "intfutil -c status[ {options*}]",
        "intfutil status[ {options*}]",
        "show subinterfaces status[ {options*}]",
    ),
)
def status(output: str) -> Read:
    """Speed, MTU, FEC and state of every port and port channel, and the kind of module in it."""
    yield from read_table(output, _status)


def _status(row: Row) -> Read:
    name = port_of(row)
    admin, oper = (_UP.get((cell(row, word) or "").lower()) for word in ("admin", "oper"))
    bundle = name.startswith("PortChannel")
    yield Interface(
        interface=name,
        admin_up=admin,
        oper_up=oper,
        mtu_bytes=counter(row, "mtu"),
        speed_bps=speed_bps(cell(row, "speed")),
        fec_mode=_fec(row.cells.get("fec")),
        kind="lag" if bundle else None,
    )
    module = cell(row, "type")
    if module and not module.endswith("encapsulation"):
        yield Transceiver(interface=name, present=True, form_factor=form_factor(module))


@command(
    "show interfaces description",
    area="interface",
    gives=(Interface,),
    aliases=(
        "show interface[s] description[ {options*}]",
        "show interface[s] link-training status[ {options*}]",
        "show interface[s] tpid[ {options*}]",
        "show gearbox interfaces status[ {options*}]",
        "intfutil -c description[ {options*}]",
        "intfutil -c tpid[ {options*}]",
        "intfutil -c link_training[ {options*}]",
    ),
)
def descriptions(output: str) -> Read:
    """State, and the words that operators gave to ports; tables of other settings tell the state too."""
    yield from read_table(output, _description)


def _description(row: Row) -> Read:
    admin, oper = (_UP.get((cell(row, word) or "").lower()) for word in ("admin", "oper"))
    yield Interface(
        interface=port_of(row), admin_up=admin, oper_up=oper, description=cell(row, "description")
    )


@command(
    "show interfaces counters -a",
    area="interface",
    gives=(Interface,),
    sampled=True,
    aliases=(
        "show interface[s] counters[ -{options*}]",
        "show interface[s] counters errors[ {options*}]",
        "show interface[s] counters rates[ {options*}]",
        "show interface[s] counters rif[ {options*}]",
        "show interface[s] counters trim[ {options*}]",
        "show gearbox interfaces counters[ {options*}]",
        "show vxlan counters",
        "tunnelstat",
        "intfstat",
        "portstat[ {options*}]",
    ),
)
def counters(output: str) -> Read:
    """What the ASIC counts (portstat): `U` up, `D` down, `X` shut. OVR are packets over the MTU."""
    yield from read_table(output, counted)


_STATES: Final[dict[str | None, tuple[bool | None, bool | None]]] = {
    "U": (True, True),
    "D": (True, False),
    "X": (False, False),
}


def counted(row: Row) -> Read:
    admin, oper = _STATES.get(cell(row, "state"), (None, None))
    yield Interface(
        interface=port_of(row, "iface", "gb iface"),
        admin_up=admin,
        oper_up=oper,
        in_pkts=counter(row, "rx_ok", "rx_pkts"),
        in_octets_bytes=counter(row, "rx_bytes"),
        in_errors_count=counter(row, "rx_err"),
        in_discards_count=counter(row, "rx_drp", "rx_drops"),
        in_giants_count=counter(row, "rx_ovr"),
        out_pkts=counter(row, "tx_ok", "tx_pkts"),
        out_octets_bytes=counter(row, "tx_bytes"),
        out_errors_count=counter(row, "tx_err"),
        out_discards_count=counter(row, "tx_drp", "tx_drops"),
        in_rate_bps=rate_bps(cell(row, "rx_bps")),
        out_rate_bps=rate_bps(cell(row, "tx_bps")),
    )


@command(
    "show interfaces counters fec-stats",
    area="interface",
    gives=(FecCounters,),
    sampled=True,
    aliases=(
        "show interface[s] counters fec-stats[ {options*}]",
        "show gearbox interface[s] fec-stats[ {options*}]",
        "portstat -f[ {options*}]",
    ),
)
def fec(output: str) -> Read:
    """Codewords corrected and lost, and the error rate before correction."""
    yield from read_table(output, _fec_row)
    if "FEC_CORR" in output:
        yield EMPTY


def _fec_row(row: Row) -> Read:
    name = port_of(row, "iface", "gb iface")
    corrected, lost = counter(row, "fec_corr"), counter(row, "fec_uncorr")
    errors = number(cell(row, "fec_pre_ber"))
    if corrected is not None or lost is not None or errors is not None:
        yield FecCounters(
            interface=name,
            corrected_codewords_count=corrected,
            uncorrected_codewords_count=lost,
            pre_fec_ber=errors,
        )


@command(
    "show interfaces flap",
    area="interface",
    gives=(Interface,),
    aliases=("show interface[s] flap[ {options*}]",),
)
def flaps(output: str, at: datetime | None = None) -> Read:
    """How often a port went down and up, and when it last did (UTC). `Never` is none."""
    yield from read_table(output, lambda row: _flap(row, at))


def _flap(row: Row, at: datetime | None) -> Read:
    flaps = row.cells.get("flap count", "")
    stamps = [text for name, text in row.cells.items() if "timestamp" in name]
    changes = [moment for text in stamps if (moment := _moment(text))]
    since_s = (at - max(changes)).total_seconds() if at and changes else None
    admin, oper = (_UP.get((cell(row, word) or "").lower()) for word in ("admin", "oper"))
    yield Interface(
        interface=port_of(row),
        admin_up=admin,
        oper_up=oper,
        carrier_transitions_count=0 if flaps.lower() == "never" else count(flaps),
        last_change_s=since_s if since_s is not None and since_s >= 0 else None,
    )


_DAYS: Final = frozenset({"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"})


def _moment(said: str) -> datetime | None:
    """A time as `Sat Jan 17 00:04:42 2025`, in UTC; an age behind it (`(1d 2h ago)`) is left alone."""
    day, *moment = said.split()[:5] or [""]
    return when(" ".join(moment), None) if day in _DAYS else None


@command(
    "show interfaces autoneg status",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=("show interface[s] autoneg status[ {options*}]",),
)
def negotiation(output: str) -> Read:
    """Whether a port negotiates its speed."""
    yield from read_table(output, _negotiation)


def _negotiation(row: Row) -> Read:
    mode = (cell(row, "auto-neg mode") or "").lower()
    admin, oper = (_UP.get((cell(row, word) or "").lower()) for word in ("admin", "oper"))
    yield Interface(
        interface=port_of(row),
        autoneg={"enabled": True, "disabled": False}.get(mode),
        speed_bps=speed_bps(cell(row, "speed")),
        admin_up=admin,
        oper_up=oper,
    )


@command(
    "show interfaces fec status",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=("show interface[s] fec status[ {options*}]",),
)
def fec_status(output: str) -> Read:
    """The FEC in use; while a port is down, that which is configured."""
    yield from read_table(
        output,
        lambda row: [
            Interface(
                interface=port_of(row),
                fec_mode=_fec(row.cells.get("fec oper")) or _fec(row.cells.get("fec admin")),
            )
        ],
    )


@command(
    "show ip interfaces",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=("show ip interface[s][ -{options*}]", "ipintutil -a ipv4[ {options*}]"),
)
@command(
    "show ipv6 interfaces",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=("show ipv6 interface[s][ -{options*}]", "ipintutil -a ipv6[ {options*}]"),
)
def addresses(output: str) -> Read:
    """Addresses, and the VRF that an interface is enslaved to; further addresses stand on their own lines."""
    yield from read_table(clean(output), _addressed)


_ADDRESS: Final = re.compile(r"([\da-fA-F.:]+)(?:%\S+?)?(/\d{1,3})$")


def _addressed(row: Row) -> Read:
    words = (cell(row, "ipv4 address/mask", "ipv6 address/mask") or "").split()
    found = [match[1] + match[2] for word in words if (match := _ADDRESS.fullmatch(word))]
    admin, _, oper = (cell(row, "admin/oper") or "").partition(" ")[0].partition("/")
    master = cell(row, "master")
    yield Interface(
        interface=port_of(row),
        admin_up=_UP.get(admin),
        oper_up=_UP.get(oper),
        addresses=tuple(found),
        vrf=master if master and master.lower() != "bridge" else None if master else "default",
    )
