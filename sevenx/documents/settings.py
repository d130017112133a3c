"""Where the documents are, and what is taken: settings of a service, over `data/documents.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sevenx.documents.folder import FolderStore
from sevenx.documents.kinds import Kind, read_kinds
from sevenx.documents.s3 import S3Store
from sevenx.documents.signature import Credentials
from sevenx.documents.store import DocumentStore
from sevenx.kernel.errors import SettingsError
from sevenx.kernel.settings import Environment

_MIB = 1 << 20


@dataclass(frozen=True)
class DocumentSettings:
    """`SEVENX_DOCUMENTS` is a folder, or `s3://bucket` or `s3://bucket/prefix`; empty: there is no store."""

    location: str
    largest: int
    """Bytes of the largest document."""
    kinds: tuple[Kind, ...]
    endpoint: str = ""
    credentials: Credentials | None = None

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> DocumentSettings:
        """SettingsError names the variable that is missing or wrong."""
        read = Environment(env)
        taken = read_kinds()
        location, wanted = read.get("DOCUMENTS", ""), read.get("DOCUMENTS_KINDS", "")
        names = [name.strip() for name in wanted.split(",") if name.strip()] or list(taken.kinds)
        if unknown := [name for name in names if name not in taken.kinds]:
            raise SettingsError(
                f"SEVENX_DOCUMENTS_KINDS names {', '.join(unknown)}; there are {', '.join(taken.kinds)}"
            )
        mib = read.get("DOCUMENTS_LARGEST_MIB", str(taken.largest_mib))
        if not (mib.isascii() and mib.isdigit() and 1 <= int(mib) <= 1024):
            raise SettingsError(f"SEVENX_DOCUMENTS_LARGEST_MIB is {mib!r}; it must be a whole number from 1 to 1024")
        kinds = tuple(taken.kinds[name] for name in names)
        if not location.startswith("s3://"):
            return cls(location, int(mib) * _MIB, kinds)
        return cls(
            location,
            int(mib) * _MIB,
            kinds,
            read.need("DOCUMENTS_S3_ENDPOINT"),
            Credentials(
                read.need("DOCUMENTS_S3_ACCESS_KEY"),
                read.need("DOCUMENTS_S3_SECRET_KEY"),
                read.get("DOCUMENTS_S3_REGION", "us-east-1"),
            ),
        )


def open_store(settings: DocumentSettings) -> DocumentStore | None:
    """The store that the settings name; None when they name none. SettingsError when a folder cannot be made."""
    if not settings.location:
        return None
    if settings.credentials is None:
        return FolderStore(Path(settings.location).absolute())
    bucket, _, prefix = settings.location.removeprefix("s3://").partition("/")
    if not bucket:
        raise SettingsError(f"SEVENX_DOCUMENTS is {settings.location!r}; it must be s3://BUCKET or s3://BUCKET/PREFIX")
    return S3Store(settings.endpoint, bucket, settings.credentials, prefix)
