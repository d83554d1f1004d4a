"""Real packets between hosts: `traffic.py send ADDRESS MBIT_S FLOWS SECONDS`, `traffic.py receive SECONDS`.

Runs inside a host's namespace with nothing but the standard library, and ends by itself.
"""

from __future__ import annotations

import socket
import sys
import time

PORT = 5001
PAYLOAD = bytes(1400)
_PAUSE_S = 0.005


def send(address: str, rate_mbps: float, flows: int, seconds: float) -> None:
    """UDP at a steady rate, spread over as many source ports as there are flows."""
    sockets = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(flows)]
    packets_per_s = rate_mbps * 1e6 / 8 / (len(PAYLOAD) + 42)
    started_at, sent = time.monotonic(), 0
    while (elapsed_s := time.monotonic() - started_at) < seconds:
        while sent < elapsed_s * packets_per_s:
            sockets[sent % flows].sendto(PAYLOAD, (address, PORT))
            sent += 1
        time.sleep(_PAUSE_S)


def receive(seconds: float) -> None:
    """Takes what comes and throws it away, so that no host answers «port unreachable»."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listener.bind(("", PORT))
    listener.settimeout(0.5)
    started_at = time.monotonic()
    while time.monotonic() - started_at < seconds:
        try:
            listener.recv(2048)
        except TimeoutError:
            continue


if __name__ == "__main__":
    if sys.argv[1] == "send":
        send(sys.argv[2], float(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))
    else:
        receive(float(sys.argv[2]))
