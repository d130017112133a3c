"""What the import of a roster, the list of imports and a rollback answer."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from services.registry.domain.roster.kinds import Kind


class ImportView(BaseModel):
    """An import of the roster that changed something."""

    number: int
    sha256: str = Field(description="Of the files, as the import's answer told it")
    imported_by: str
    imported_on: date
    units: int
    groups: int
    people: int
    industries: int
    settings: int
    calendars: int
    changes: int = Field(description="How many events it caused")
    rolled_back_by: str | None
    rolled_back_on: date | None
    reason: str | None = Field(description="Why it was rolled back")


class ImportPage(BaseModel):
    items: list[ImportView]
    next: int | None


class ExportView(BaseModel):
    """The roster as files, by name with their whole text; what `POST /roster/import` takes."""

    as_of: date
    simulated: bool = Field(description="Of a deployment with simulated time: 模拟数据")
    sha256: str = Field(description="As an import of these files will tell it")
    files: dict[str, str]
    calendars: dict[str, str]


class ObstacleView(BaseModel):
    """What stands in the way of a rollback: changed since, or never taken back."""

    stream: str
    zh: str
    en: str


class ChangeView(BaseModel):
    """One change (`+`), one thing that the import leaves as it is though the roster says otherwise (`=`), or one thing
    that a rollback takes back (`-`)."""

    mark: str
    kind: Kind | None = Field(
        description="What it does to what stood before; null where it is told again, and for what is taken back"
    )
    stream: str
    zh: str
    en: str
    at: str | None = Field(description="`groups.yaml:14`: what asks for it; null where it is told again")
    text: str = Field(description="The change in one line")


class ImportAnswer(BaseModel):
    """What an import did or, with `dry_run`, would do."""

    position: str | None = Field(
        description="Where the district's stream stands with this import; null when nothing was stored"
    )
    after: list[str] = Field(description="`?after=` of a GET that shows all of it; empty when nothing was stored")
    number: int | None = Field(description="The import's number; null when nothing was stored")
    dry_run: bool
    replayed: bool = Field(description="This import was carried out before under the same key")
    sha256: str = Field(description="SHA-256 of the JSON of {calendars, files}: keys sorted, no blanks, UTF-8 as it is")
    counts: dict[str, int] = Field(description="What the roster holds, and how many changes there are")
    differences: list[ChangeView]


class RollbackAnswer(BaseModel):
    """What a rollback did or, with `dry_run`, would do."""

    position: str | None = Field(
        description="Where the district's stream stands with this rollback; null when nothing was stored"
    )
    after: list[str] = Field(description="`?after=` of a GET that shows all of it; empty when nothing was stored")
    dry_run: bool
    replayed: bool = Field(description="This rollback was carried out before under the same key")
    number: int
    differences: list[ChangeView]
    obstacles: list[ObstacleView] = Field(description="What stands in the way; the rollback is refused while any does")
