"""A server of the embedded runtime as a child process: started, asked whether it answers, stopped, killed."""

from __future__ import annotations

import contextlib
import signal
import subprocess
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

import psutil

from sevenx.local.errors import LocalError
from sevenx.local.processes import end, tail, wait_until


class Server(ABC):
    """One server: `start`, `stop`, `kill9`, `why_not_ready`; also a context manager."""

    name: ClassVar[str]
    """As messages name it."""
    stop_signal: ClassVar[signal.Signals]
    """Asks it for a clean shutdown."""
    starts_within: ClassVar[float]
    stops_within: ClassVar[float]
    """Seconds."""

    def __init__(self, folder: Path, log: Path | None) -> None:
        """`folder` is the server's own; the log lies beside it if no other file is named."""
        self.folder = folder
        self.log = log or folder.parent / f"{folder.name}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @abstractmethod
    def prepare(self) -> None:
        """Make what must stand in the folder before the server is launched."""

    @abstractmethod
    def launch(self) -> subprocess.Popen[bytes]:
        """Start the server without waiting; the folder must be prepared."""

    @abstractmethod
    def _why_no_answer(self) -> str | None:
        """None when the server answers a request, else why it does not."""

    def start(self, seconds: float | None = None) -> None:
        """Start and wait until it answers; LocalError with the log's last lines when it dies or takes too long."""
        self.prepare()
        self.launch()
        patience = self.starts_within if seconds is None else seconds
        if not wait_until(lambda: self.why_not_ready() is None or self._exited(), patience) or self._exited():
            reason = self.why_not_ready()
            self.kill9()
            raise LocalError(f"{self.name} did not start: {reason}\n{tail(self.log)}")

    def stop(self, seconds: float | None = None) -> None:
        """Clean shutdown; SIGKILL after `seconds`."""
        self._end(self.stop_signal, self.stops_within if seconds is None else seconds)

    def kill9(self) -> None:
        """As a power cut would, except that the kernel's page cache survives."""
        self._end(signal.SIGKILL, 5)

    def why_not_ready(self) -> str | None:
        """None when the server answers, else the reason."""
        if self._exited():
            assert self.process is not None  # noqa: S101
            return f"the process ended with code {self.process.returncode}"
        return self._why_no_answer()

    def _exited(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def _end(self, how: signal.Signals, seconds: float) -> None:
        if self.process is None:
            return
        with contextlib.suppress(psutil.NoSuchProcess):
            end(psutil.Process(self.process.pid), how, seconds)
        self.process.wait()
        self.process = None
