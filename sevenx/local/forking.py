"""Children forked from a process that has imported the heavy modules once.

Forking is safe only from a single thread with no open clients; `fork` refuses anything else.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn

from sevenx.kernel.errors import SevenXError
from sevenx.local.errors import LocalError

PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)
_libc = ctypes.CDLL(None, use_errno=True)


class Forked:
    """A forked child; `pid`, `poll` and `returncode` are as in subprocess.Popen."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode


def fork(
    name: str, body: Callable[[], None], log: Path, env: Mapping[str, str] | None = None, drop: tuple[int, ...] = ()
) -> Forked:
    """Run `body` in a forked child.

    The child carries `name` (15 bytes) in the process table, writes both streams to `log`, has default signal
    handlers, its own process group and the extra environment `env`, closes the descriptors in `drop`, and dies with
    its parent. It ends with 0, or with 1 and a traceback in the log. LocalError when the process has more threads.
    """
    if threading.active_count() > 1:
        names = ", ".join(thread.name for thread in threading.enumerate())
        raise LocalError(f"{name} cannot be forked: the supervisor has threads ({names}), which a child would lose")
    parent = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        _child(name, body, log, env or {}, drop, parent)
    return Forked(pid)


def _child(
    name: str, body: Callable[[], None], log: Path, env: Mapping[str, str], drop: tuple[int, ...], parent: int
) -> NoReturn:
    code = 1
    try:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)
        signal.set_wakeup_fd(-1)
        for one in SIGNALS:
            signal.signal(one, signal.SIG_DFL)
        os.setpgid(0, 0)
        for descriptor in drop:
            os.close(descriptor)
        _libc.prctl(PR_SET_NAME, name.encode()[:15], 0, 0, 0)
        _redirect(log)
        os.environ.update(env)
        gc.enable()
        body()
        code = 0
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
        if isinstance(leaving.code, str):
            print(leaving.code, file=sys.stderr)
    except SevenXError as error:
        print(error, file=sys.stderr)
    except BaseException:  # noqa: BLE001 - the child's last words; it ends with 1
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _redirect(log: Path) -> None:
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for stream in (1, 2):
        os.dup2(descriptor, stream)
    os.close(descriptor)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    sys.stdout = os.fdopen(1, "w", buffering=1, encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, encoding="utf-8", closefd=False)
