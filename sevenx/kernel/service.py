"""What a service is made of, and how a process of it runs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, FastAPI

from sevenx.kernel.decider import Decider
from sevenx.kernel.deployment import deployment_table
from sevenx.kernel.projection import Projections
from sevenx.kernel.reaction import Reaction

if TYPE_CHECKING:
    from sevenx.kernel.auth import Rule
    from sevenx.kernel.deadlines import Deadlines
    from sevenx.kernel.runtime import Runtime


@dataclass(frozen=True)
class ServiceDefinition:
    """Everything that one service adds to the kernel.

    permissions: for each command class the rules of which one must hold; a command without an entry is refused.
    grants: how the grants of a person are found in the service's projections, beside those in the token.
    deadlines: what falls due and the command that then decides it, in the stream that it judges.
    on_start: called once the database is there, before requests are taken (for example to load a setting).
    """

    area: str
    title: str
    title_zh: str
    router: APIRouter
    deciders: tuple[Decider[Any], ...]
    projections: Projections
    permissions: Mapping[type, tuple[Rule, ...]]
    reactions: tuple[Reaction, ...] = ()
    deadlines: Deadlines | None = None
    grants: Callable[..., Awaitable[frozenset[str]]] | None = None
    on_start: tuple[Callable[[Runtime], Awaitable[None]], ...] = ()
    background: tuple[Callable[[Runtime], Coroutine[Any, Any, None]], ...] = ()
    """Long-running coroutines of the worker role."""
    description: str = ""
    writes: bool = True
    """False for a service without events: no relay, no clock role, no forks of its own log."""
    streamed: frozenset[str] = frozenset()
    """Paths under `/api/<area>` whose bodies their routes read in pieces, and limit themselves."""
    watched: bool = False
    """Whether people watch what it reads of others as it comes: its reader then rests little between batches."""
    site: Callable[[FastAPI], None] | None = None
    """Adds what is served outside `/api/<area>`: pages and their files."""

    def __post_init__(self) -> None:
        deployment_table(self.projections)
