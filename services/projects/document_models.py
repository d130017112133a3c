"""Answers of the documents."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.projects.api_types import View
from services.projects.domain.document.events import Paper
from sevenx.kernel.desk import Answer


class StoredAnswer(Answer):
    """The document as it is stored now."""

    sha256: str = Field(description="By this it is filed: evidence, vouchers, gates, promises, procedures")
    size: int = Field(description="Bytes")
    media_type: str


class StoredView(View):
    sha256: str
    size: int
    media_type: str
    subject: str = Field(description="The lead, project or procedure for which it was sent in")
    paper: Paper
    stored_by: str
    stored_on: date


class StoredList(View):
    items: list[StoredView]


class TakenKind(View):
    zh: str
    en: str
    media_type: str
    extensions: list[str]


class TakenView(View):
    """What the store takes."""

    kept: bool = Field(description="False where this deployment has no store: digests alone are filed")
    required: bool = Field(description="Whether a document must be stored before it is filed (`documents.required`)")
    largest: int = Field(description="Bytes of the largest document")
    kinds: list[TakenKind]
