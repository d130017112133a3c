"""This process's store of documents, and what its errors mean to a client."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from fastapi import Request

from sevenx.documents.settings import DocumentSettings, open_store
from sevenx.documents.store import DocumentDamaged, DocumentMissing, DocumentStore, StoreAway, StoreFull
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import runtime_of
from sevenx.kernel.runtime import Runtime


@dataclass(frozen=True)
class Documents:
    """The store, where there is one, and what it takes."""

    settings: DocumentSettings
    kept_in: DocumentStore | None

    @property
    def store(self) -> DocumentStore:
        """Problem 409 where this deployment has none."""
        if self.kept_in is None:
            raise Problem(
                409,
                "documents-not-kept",
                "本系统没有设置文件库，只登记文件的 SHA-256；请联系运维设置 SEVENX_DOCUMENTS。",
                "This deployment keeps no documents, only their SHA-256; the operator sets SEVENX_DOCUMENTS.",
            )
        return self.kept_in


_OPEN: WeakKeyDictionary[Runtime, Documents] = WeakKeyDictionary()


async def open_documents(runtime: Runtime) -> None:
    """Open the store that the environment names; SettingsError where it is wrong, before requests are taken."""
    settings = DocumentSettings.from_env(os.environ)
    _OPEN[runtime] = Documents(settings, open_store(settings))


def documents_of(request: Request) -> Documents:
    return _OPEN[runtime_of(request)]


@contextmanager
def answering() -> Iterator[None]:
    """Errors of the store as problems: 507 no room, 503 away, 500 damaged or lost."""
    try:
        yield
    except StoreFull as error:
        raise Problem(
            507,
            "document-store-full",
            "文件库空间不足，文件没有保存；请联系运维扩容后再上传。",
            "The documents' store has no room left; nothing was stored. Send it again once the operator has made room.",
        ) from error
    except StoreAway as error:
        raise Problem(
            503,
            "document-store-away",
            "文件库暂时不可用，请稍后重试。",
            "The documents' store does not answer; try again later.",
            headers={"Retry-After": "5"},
        ) from error
    except DocumentDamaged as error:
        raise Problem(
            500,
            "document-damaged",
            "文件库中的这份文件已损坏（与登记的 SHA-256 不符），没有发送；请联系运维从备份恢复。",
            "The stored bytes no longer have the SHA-256 that was recorded; nothing was sent. They come back from the "
            "operator's backup, or by sending the document in again.",
        ) from error
    except DocumentMissing as error:
        raise Problem(
            500,
            "document-lost",
            "文件库中找不到这份已登记的文件；请联系运维从备份恢复。",
            "The document was stored, but its bytes are gone; they come back from the operator's backup, or by sending "
            "the document in again.",
        ) from error
