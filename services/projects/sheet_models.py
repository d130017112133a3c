"""Answers of the routes on sheets."""

from __future__ import annotations

from pydantic import Field

from services.projects.api_types import View


class ImportAnswer(View):
    """What an import brought, or would bring."""

    position: str | None = Field(description="Of the file's own stream; null after a dry run")
    after: list[str] = Field(description="`?after=` of a GET that shows all of it; empty after a dry run")
    dry_run: bool
    replayed: bool = Field(description="The same request again")
    file: str
    sha256: str = Field(description="Of the file's bytes")
    rows: int
    first: str | None = Field(description="The first of the new numbers; null after a dry run")
    last: str | None
