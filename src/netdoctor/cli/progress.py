"""What happens while a run goes on, told on stderr, and only to a terminal."""

from __future__ import annotations

import getpass
import sys
import time
from functools import singledispatchmethod

from rich.console import Console, RenderableType
from rich.live import Live
from rich.text import Text

from netdoctor.cli.output import color_wanted
from netdoctor.model import events
from netdoctor.model.devices import Device
from netdoctor.view import words
from netdoctor.view.state import RunState

_STYLES = {"critical": "bold red", "major": "red", "minor": "yellow", "info": "blue"}
_PAINTS_PER_SECOND = 5


class Progress:
    """A line for each thing worth knowing, and below them one that counts. A journal sink.

    It reads the state, which must have taken an entry in before it comes here.
    """

    def __init__(self, state: RunState, *, verbose: bool = False, no_color: bool = False) -> None:
        self._state = state
        self._verbose = verbose
        self._began_s = time.monotonic()
        color = color_wanted(no_color, sys.stderr)
        self._console = Console(
            stderr=True,
            color_system="standard" if color else None,
            markup=False,
            highlight=False,
            emoji=False,
        )
        self._live = Live(
            console=self._console,
            get_renderable=self._counts,
            refresh_per_second=_PAINTS_PER_SECOND,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )

    def __enter__(self) -> Progress:
        self._live.start(refresh=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()
        self._console.print()

    def __call__(self, entry: events.Entry) -> None:
        self._on(entry.event)

    def ask_password(self, device: Device) -> str | None:
        """Asks the engineer for a password at the terminal. None when there is no answer."""
        self._live.stop()
        try:
            user = f"{device.username}@" if device.username else ""
            return getpass.getpass(f"Password of {words.printable(user + device.name)}: ", sys.stderr) or None
        except EOFError:
            return None
        finally:
            self._live.start()

    def _counts(self) -> RenderableType:
        """`4 s · 2 of 3 devices connected · 31 answers · 2 findings`."""
        devices = self._state.devices.values()
        connected = sum(device.reachable for device in devices)
        answers = sum(len(device.answered) for device in devices)
        parts = [
            f"{time.monotonic() - self._began_s:.0f} s",
            f"{connected} of {words.count(len(devices), 'device')} connected",
            words.count(answers, "answer"),
            words.count(len(self._state.findings), "finding"),
        ]
        return Text(" · ".join(parts), "dim")

    def _line(self, subject: str, what: str, style: str = "") -> None:
        text = Text.assemble((words.printable(subject), "bold"), ": ", (words.printable(what), style))
        self._console.print(text, soft_wrap=True)

    @singledispatchmethod
    def _on(self, event: events.Event) -> None:
        """Most events only change the counts."""

    @_on.register
    def _device_chosen(self, event: events.DeviceChosen) -> None:
        self._line(event.device, "connecting" + (f" ({event.why})" if event.why else ""), "dim")

    @_on.register
    def _session_opened(self, event: events.SessionOpened) -> None:
        self._line(event.device, f"connected in {words.duration(event.duration_s)}, {event.platform}")

    @_on.register
    def _session_failed(self, event: events.SessionFailed) -> None:
        self._line(event.device, f"{words.REASONS[event.reason]}: {event.detail}", "yellow")

    @_on.register
    def _session_closed(self, event: events.SessionClosed) -> None:
        self._line(event.device, f"done, {words.count(event.commands, 'command')}", "dim")

    @_on.register
    def _command_sent(self, event: events.CommandSent) -> None:
        if self._verbose:
            self._line(event.device, f"$ {event.command}", "dim")

    @_on.register
    def _command_failed(self, event: events.CommandFailed) -> None:
        if self._verbose:
            self._line(event.device, f"{event.command}: {words.REASONS[event.reason]}", "yellow")

    @_on.register
    def _finding_raised(self, event: events.FindingRaised) -> None:
        finding = event.finding
        self._line(finding.severity, finding.title, _STYLES[finding.severity])

    @_on.register
    def _interrupted(self, event: events.Interrupted) -> None:
        self._line("netdoctor", "stopping; the report says what is known", "yellow")
