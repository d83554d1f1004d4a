"""Why a login failed, in one of the named reasons, with the essential detail and advice."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from typing import Any, NamedTuple

import asyncssh

from netdoctor.transport.session import ADVICE, SessionError


class Attempt(NamedTuple):
    """A login that failed: where it went, what was offered, how far it came."""

    name: str
    """The device's, for advice."""
    host: str
    where: str
    """`host:port`."""
    jump: str | None
    username: str
    offered: tuple[str, ...]
    connected: bool
    untrusted: str
    """Why its host key is not trusted, when that was it."""
    timeout_s: float


def explain(error: Exception, attempt: Attempt) -> SessionError:
    """The failure in netdoctor's words."""
    for kind, words in _WORDS:
        if isinstance(error, kind):
            return words(error, attempt)
    return SessionError("unreachable", f"{attempt.where}: {error}")


def _host_key(error: asyncssh.HostKeyNotVerifiable, attempt: Attempt) -> SessionError:
    return _untrusted(attempt.untrusted or f"{error.reason}", attempt)


def _untrusted(detail: str, attempt: Attempt) -> SessionError:
    return SessionError("host_key", detail, ADVICE["host_key"].replace("NAME", attempt.name))


def _denied(error: asyncssh.PermissionDenied, attempt: Attempt) -> SessionError:
    offered = ", ".join(attempt.offered) or "the login: there was no key and no password to offer"
    return SessionError("auth_failed", f"{attempt.username}@{attempt.where} refused {offered}")


def _no_common_algorithm(error: asyncssh.KeyExchangeFailed, attempt: Attempt) -> SessionError:
    advice = "allow the device's older algorithms in ~/.ssh/config (KexAlgorithms, Ciphers, MACs)"
    return SessionError("unreachable", f"no common algorithm with {attempt.where}: {error.reason}", advice)


def _lost(error: Exception, attempt: Attempt) -> SessionError:
    return SessionError("disconnected", f"{attempt.where} closed the connection before the login was done")


def _not_ssh(error: asyncssh.DisconnectError, attempt: Attempt) -> SessionError:
    advice = "check the port: something else than an SSH server answers there"
    return SessionError("unreachable", f"{attempt.where} does not speak SSH: {error.reason}", advice)


def _sent_away(error: asyncssh.DisconnectError, attempt: Attempt) -> SessionError:
    return SessionError("disconnected", f"{attempt.where} ended the connection: {error.reason}")


def _not_forwarded(error: asyncssh.ChannelOpenError, attempt: Attempt) -> SessionError:
    by = f"jump host {attempt.jump}"
    return SessionError("unreachable", f"no connection to {attempt.where} from {by}: {error.reason}")


def _timed_out(error: TimeoutError, attempt: Attempt) -> SessionError:
    seconds = f"{attempt.timeout_s:g} s"
    if attempt.connected:
        return SessionError("timeout", f"{attempt.where} let us connect, then no login within {seconds}")
    return SessionError("unreachable", f"no answer from {attempt.where} within {seconds}")


def _no_address(error: socket.gaierror, attempt: Attempt) -> SessionError:
    return SessionError("unreachable", f"no address for the name {attempt.host}")


def _network(error: OSError, attempt: Attempt) -> SessionError:
    words = {
        errno.ECONNREFUSED: f"connection refused by {attempt.where}",
        errno.EHOSTUNREACH: f"no route to {attempt.where}",
        errno.ENETUNREACH: f"no route to {attempt.where}",
    }
    usual = f"no connection to {attempt.where}: {error.strerror or error}"
    return SessionError("unreachable", words.get(error.errno or 0, usual))


_WORDS: tuple[tuple[type[Exception], Callable[[Any, Attempt], SessionError]], ...] = (
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
