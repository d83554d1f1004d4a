"""How the questions of cause files are asked on SONiC."""

from __future__ import annotations

from netdoctor.platforms.linux.questions import QUESTIONS as LINUX

_ROUTING = (
    "bgp.neighbor_detail",
    "bgp.neighbor_configuration",
    "bgp.received_routes",
    "bgp.advertised_routes",
    "bgp.route",
    "bgp.summary",
    "tcp.connections",
    "ospf.interface",
    "isis.interface",
    "ospf.neighbors",
    "route.lookup",
    "route.to_address",
    "neighbor.table",
    "neighbor.ping",
    "tcp.statistics",
    "device.processes",
    "device.forwarding",
)

QUESTIONS = {
    **{question: LINUX[question] for question in _ROUTING},
    "interface.read": "show interfaces status {interface}",
    "interface.configuration": "show interfaces status {interface}",
    "interface.errors": "show interfaces counters detailed {interface}",
    "interface.fec": "show interfaces counters fec-stats",
    "optics.read": "show interfaces transceiver eeprom --dom {interface}",
    "optics.inventory": "show interfaces transceiver eeprom {interface}",
    "lldp.neighbor": "show lldp neighbors {interface}",
    "lag.members": "show interfaces portchannel",
    "queue.read": "show queue counters {interface}",
    "queue.configuration": 'sonic-db-dump -n CONFIG_DB -k "[PQS][OCU][RHE][TEU][_DE]*" -y',
    "bfd.peer_detail": "show bfd peer {peer}",
    "acl.counters": "aclshow -a",
    "copp.counters": "show flowcnt-trap stats",
    "device.logs": "tail -n 100 /var/log/syslog",
    "device.uptime": "show version",
    "device.environment": "show platform psustatus",
    "device.memory": "show system-memory",
    "device.ntp": "show ntp",
    "device.changes": "tail -n 500 /var/log/syslog",
}
