"""Where documents are kept and what is taken follows from the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from sevenx.documents.folder import FolderStore
from sevenx.documents.kinds import read_kinds
from sevenx.documents.s3 import S3Store
from sevenx.documents.settings import DocumentSettings, open_store
from sevenx.kernel.errors import SettingsError

S3 = {
    "SEVENX_DOCUMENTS": "s3://bucket/410804",
    "SEVENX_DOCUMENTS_S3_ENDPOINT": "https://s3.example",
    "SEVENX_DOCUMENTS_S3_ACCESS_KEY": "key",
    "SEVENX_DOCUMENTS_S3_SECRET_KEY": "secret",
}


def test_without_a_location_there_is_no_store() -> None:
    settings = DocumentSettings.from_env({})
    assert open_store(settings) is None
    assert settings.largest == 32 << 20
    assert [kind.name for kind in settings.kinds] == list(read_kinds().kinds)


def test_a_path_is_a_folder_and_s3_is_a_bucket(tmp_path: Path) -> None:
    assert isinstance(open_store(DocumentSettings.from_env({"SEVENX_DOCUMENTS": str(tmp_path / "d")})), FolderStore)
    settings = DocumentSettings.from_env(S3)
    assert isinstance(open_store(settings), S3Store)
    assert "secret" not in repr(settings)


def test_size_and_kinds_are_narrowed() -> None:
    settings = DocumentSettings.from_env({"SEVENX_DOCUMENTS_LARGEST_MIB": "5", "SEVENX_DOCUMENTS_KINDS": "pdf, ofd"})
    assert settings.largest == 5 << 20
    assert [kind.name for kind in settings.kinds] == ["pdf", "ofd"]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"SEVENX_DOCUMENTS_LARGEST_MIB": "0"}, "LARGEST_MIB"),
        ({"SEVENX_DOCUMENTS_LARGEST_MIB": "many"}, "LARGEST_MIB"),
        ({"SEVENX_DOCUMENTS_KINDS": "pdf,exe"}, "exe"),
        ({**S3, "SEVENX_DOCUMENTS_S3_SECRET_KEY": ""}, "S3_SECRET_KEY"),
        ({**S3, "SEVENX_DOCUMENTS": "s3://"}, "s3://BUCKET"),
    ],
)
def test_what_is_wrong_is_named(wrong: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        open_store(DocumentSettings.from_env(wrong))
