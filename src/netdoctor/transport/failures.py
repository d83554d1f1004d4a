"""Why a login failed, in one of the named reasons, with the essential detail and advice."""

from __future__ import annotations

import errno
import re
import socket
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

import asyncssh

from netdoctor.model.devices import Device
from netdoctor.transport.session import ADVICE, SessionError

_ERRNO = re.compile(r"\[Errno (\d+)\]")


class Place(Protocol):
    """Where a login went; its text is `host:port`."""

    device: Device
    host: str
    username: str
    jump: str | None


class Progress(Protocol):
    """How far a login came."""

    connected: bool
    untrusted: str
    """Why the host key is not trusted, when that was it."""


class _Attempt(NamedTuple):
    place: Place
    timeout_s: float
    offered: Sequence[str]
    progress: Progress | None


def explain(
    error: Exception,
    place: Place,
    timeout_s: float,
    offered: Sequence[str] = (),
    progress: Progress | None = None,
) -> SessionError:
    """A failed login in netdoctor's words. `offered` names the credentials, never their values."""
    attempt = _Attempt(place, timeout_s, offered, progress)
    for kind, words in _WORDS:
        if isinstance(error, kind):
            return words(error, attempt)
    return SessionError("unreachable", f"{place}: {error}")


def _host_key(error: asyncssh.HostKeyNotVerifiable, attempt: _Attempt) -> SessionError:
    detail = attempt.progress.untrusted if attempt.progress else ""
    advice = ADVICE["host_key"].replace("NAME", attempt.place.device.name)
    return SessionError("host_key", detail or error.reason, advice)


def _denied(error: asyncssh.PermissionDenied, attempt: _Attempt) -> SessionError:
    offered = ", ".join(attempt.offered) or "the login: there was no key and no password to offer"
    return SessionError("auth_failed", f"{attempt.place.username}@{attempt.place} refused {offered}")


def _no_common_algorithm(error: asyncssh.KeyExchangeFailed, attempt: _Attempt) -> SessionError:
    advice = "allow the device's older algorithms in ~/.ssh/config (KexAlgorithms, Ciphers, MACs)"
    return SessionError("unreachable", f"no common algorithm with {attempt.place}: {error.reason}", advice)


def _lost(error: Exception, attempt: _Attempt) -> SessionError:
    return SessionError("disconnected", f"{attempt.place} closed the connection before the login was done")


def _not_ssh(error: asyncssh.DisconnectError, attempt: _Attempt) -> SessionError:
    advice = "check the port: something else than an SSH server answers there"
    return SessionError("unreachable", f"{attempt.place} does not speak SSH: {error.reason}", advice)


def _sent_away(error: asyncssh.DisconnectError, attempt: _Attempt) -> SessionError:
    return SessionError("disconnected", f"{attempt.place} ended the connection: {error.reason}")


def _not_forwarded(error: asyncssh.ChannelOpenError, attempt: _Attempt) -> SessionError:
    by = f"jump host {attempt.place.jump}"
    return SessionError("unreachable", f"no connection to {attempt.place} from {by}: {error.reason}")


def _timed_out(error: TimeoutError, attempt: _Attempt) -> SessionError:
    seconds = f"{attempt.timeout_s:g} s"
    if attempt.progress is not None and attempt.progress.connected:
        return SessionError("timeout", f"{attempt.place} let us connect, then no login within {seconds}")
    return SessionError("unreachable", f"no answer from {attempt.place} within {seconds}")


def _no_address(error: socket.gaierror, attempt: _Attempt) -> SessionError:
    return SessionError("unreachable", f"no address for the name {attempt.place.host}")


def _network(error: OSError, attempt: _Attempt) -> SessionError:
    numbers = set(_ERRNO.findall(str(error)))  # of a name with several addresses, one for each
    number = error.errno or (int(numbers.pop()) if len(numbers) == 1 else 0)
    words = {
        errno.ECONNREFUSED: f"connection refused by {attempt.place}",
        errno.EHOSTUNREACH: f"no route to {attempt.place}",
        errno.ENETUNREACH: f"no route to {attempt.place}",
    }
    usual = f"no connection to {attempt.place}: {error.strerror or error}"
    return SessionError("unreachable", words.get(number, usual))


_WORDS: tuple[tuple[type[Exception], Callable[[Any, _Attempt], SessionError]], ...] = (
    (asyncssh.HostKeyNotVerifiable, _host_key),
    (asyncssh.PermissionDenied, _denied),
    (asyncssh.KeyExchangeFailed, _no_common_algorithm),
    (asyncssh.ConnectionLost, _lost),
    (ConnectionResetError, _lost),
    (BrokenPipeError, _lost),
    (asyncssh.ProtocolError, _not_ssh),
    (asyncssh.ProtocolNotSupported, _not_ssh),
    (asyncssh.DisconnectError, _sent_away),
    (asyncssh.ChannelOpenError, _not_forwarded),
    (TimeoutError, _timed_out),
    (socket.gaierror, _no_address),
    (OSError, _network),
)
"""The first that fits speaks: the special before the general."""
