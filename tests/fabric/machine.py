"""One namespaced machine: its own network, mounts, host name and processes, and nothing left of it after.

A machine is a bash that reads its script from a pipe, as process 1 of its own PID namespace. Closing the
pipe, or the death of whoever holds it, ends bash; the kernel then ends everything inside and takes the
network, the mounts and the host name with it.
"""

from __future__ import annotations

import grp
import os
import pwd
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, NamedTuple

_READY = "ready"

_SCRIPT_HEAD = """
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t tmpfs -o mode=755 private /run
mkdir /run/upper /run/work
mount -t overlay private -o lowerdir=/etc,upperdir=/run/upper,workdir=/run/work /etc
"""


class MachineError(RuntimeError):
    """A machine that did not start, or a command that had to succeed inside and did not."""


class File(NamedTuple):
    """A file to stand inside a machine."""

    text: str
    mode: int = 0o644
    user: str = "root"
    group: str = "root"


class Machine:
    """A machine reached from outside: whatever has the namespaces of process `pid`."""

    def __init__(self, name: str, pid: int) -> None:
        self.name = name
        self.pid = pid

    def write(self, files: Mapping[str, File]) -> None:
        """Puts files inside, by absolute path."""
        for path, file in files.items():
            inside = self.inside(path)
            inside.parent.mkdir(parents=True, exist_ok=True)
            inside.write_text(file.text)
            inside.chmod(file.mode)
            os.chown(inside, pwd.getpwnam(file.user).pw_uid, grp.getgrnam(file.group).gr_gid)

    def inside(self, path: str) -> Path:
        """A path of the machine, as it is reached from outside."""
        return Path(f"/proc/{self.pid}/root{path}")

    def command(self, argv: Sequence[str]) -> list[str]:
        """The command line that runs `argv` inside, from outside."""
        return [
            "nsenter",
            f"--net=/proc/{self.pid}/ns/net",
            f"--mount=/proc/{self.pid}/ns/mnt",
            f"--uts=/proc/{self.pid}/ns/uts",
            f"--pid=/proc/{self.pid}/ns/pid_for_children",
            *argv,
        ]

    def run(self, argv: Sequence[str], *, check: bool = True, text: str | None = None) -> str:
        """What `argv` prints inside. Raises MachineError when it fails and `check` is set."""
        done = subprocess.run(self.command(argv), input=text or "", capture_output=True, text=True, cwd="/")
        if check and done.returncode:
            said = (done.stderr or done.stdout).strip()
            raise MachineError(f"{self.name}: {' '.join(argv)}: exit {done.returncode}: {said}")
        return done.stdout


class StartedMachine(Machine):
    """A machine that this process started, and ends."""

    def __init__(self, name: str, hidden: Sequence[str] = ()) -> None:
        """Starts it. Each folder of `hidden` is an empty one inside."""
        self._process = subprocess.Popen(
            ["unshare", "--net", "--mount", "--uts", "--pid", "--fork", "--kill-child", "bash", "-s"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd="/",
        )
        super().__init__(name, self._process.pid)
        folders = "".join(f"mount -t tmpfs -o mode=755 private {folder}\n" for folder in hidden)
        self.tell(f"set -e\nhostname {name}\n{_SCRIPT_HEAD}{folders}set +e\n")

    def tell(self, script: str) -> None:
        """Has process 1 run a script; `settle` waits for its end. Children inherit no pipe."""
        stdin = self._pipe(self._process.stdin)
        stdin.write(f"{{\n{script}\n}} </dev/null\necho {_READY}\n")
        stdin.flush()

    def settle(self) -> None:
        """Waits until the script told last has ended. Raises MachineError with what it printed."""
        printed = []
        for line in self._pipe(self._process.stdout):
            if line.strip() == _READY:
                break
            printed.append(line)
        else:
            raise MachineError(f"{self.name} ended: {''.join(printed).strip()}")

    def stop(self) -> None:
        """Ends it, and returns when nothing in it is left. May be called twice."""
        self._pipe(self._process.stdin).close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._pipe(self._process.stdout).close()

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None, "opened as pipes"
        return pipe
