"""A service's database with its two roles, and how a password that is kept apart gets into a URL."""

from __future__ import annotations

from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from sevenx.kernel.errors import SettingsError

_LOCK = 0x7EE1_0DB5
"""Advisory lock of PostgreSQL, on the administrator's database."""


def create_database(admin_url: str, name: str, *, owner: tuple[str, str], app: tuple[str, str]) -> None:
    """Make a database that only its owner role and its application role can open.

    `admin_url` is the libpq URL of a role that may create databases and roles; `owner` and `app` are (role, password).
    Running it again sets the passwords and changes nothing else. psycopg.Error says what the server refused.
    """
    database = sql.Identifier(name)
    with psycopg.connect(admin_url, autocommit=True) as connection:
        # The grants on postgres and template1 are rows that every caller writes: one at a time, until it disconnects.
        connection.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
        for role, password in (owner, app):
            known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchone() is not None
            verb = sql.SQL("ALTER ROLE" if known else "CREATE ROLE")
            connection.execute(
                sql.SQL("{} {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}").format(
                    verb, sql.Identifier(role), sql.Literal(password)
                )
            )
        if connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, sql.Identifier(owner[0])))
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(app[0])))
        connection.execute("REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC")


def with_login(url: str, user: str = "", password: str = "", database: str = "") -> str:
    """A libpq URL with another user, password or database; what is not given stays.

    Raises SettingsError where it is no such URL.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres") or not parts.hostname:
        raise SettingsError("a database is named by a URL such as postgresql://registry_app@host:5432/sevenx_registry")
    login, _, address = parts.netloc.rpartition("@")
    known_user, _, known_password = login.partition(":")
    name, secret = quote(user, safe="") or known_user, quote(password, safe="") or known_password
    netloc = f"{name}:{secret}@{address}" if secret else f"{name}@{address}" if name else address
    return urlunsplit(parts._replace(netloc=netloc, path=f"/{database}" if database else parts.path))
