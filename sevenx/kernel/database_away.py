"""What a database that is away looks like to its clients: it passes by itself, and is waited for."""

from __future__ import annotations

import psycopg
from psycopg_pool import PoolTimeout
from sqlalchemy.exc import DBAPIError

AWAY = (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout, DBAPIError, OSError)
"""Errors of psycopg, its pool and SQLAlchemy on a lost or refused connection."""
