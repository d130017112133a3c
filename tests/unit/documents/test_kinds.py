"""A file is taken when its bytes are what its name and type say."""

from __future__ import annotations

import io

import pytest

from sevenx.documents.kinds import check_content, kind_stated, read_kinds
from sevenx.kernel.errors import Problem
from tests.unit.documents import files

KINDS = tuple(read_kinds().kinds.values())


def code(error: pytest.ExceptionInfo[Problem]) -> tuple[int, str, str]:
    return error.value.status, error.value.code, error.value.details["fields"][0]["where"]


@pytest.mark.parametrize("ending", files.ALL)
def test_each_kind_is_known_by_its_bytes_and_by_no_others(ending: str) -> None:
    kind = kind_stated(KINDS, f"合同（模拟）.{ending.upper()}", "application/octet-stream")
    check_content(kind, io.BytesIO(files.ALL[ending]))
    for other in set(files.ALL) - {ending}:
        with pytest.raises(Problem) as refused:
            check_content(kind, io.BytesIO(files.ALL[other]))
        assert code(refused) == (422, "document-content-differs", "body")


@pytest.mark.parametrize(
    ("ending", "data"),
    [
        ("docx", files.zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("xlsx", files.zipped("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin")),
        ("doc", files.compound("WordDocument", "_VBA_PROJECT")),
        ("xls", files.compound("Workbook", "_VBA_PROJECT_CUR")),
        ("docx", files.DOCX[:-10]),
        ("pdf", b"MZ\x90\x00 a program"),
    ],
)
def test_programs_in_documents_and_broken_containers_are_refused(ending: str, data: bytes) -> None:
    kind = kind_stated(KINDS, f"a.{ending}", "")
    with pytest.raises(Problem) as refused:
        check_content(kind, io.BytesIO(data))
    assert refused.value.code == "document-content-differs"


@pytest.mark.parametrize(
    ("name", "media_type", "expected"),
    [
        ("a.exe", "application/pdf", (415, "document-type-not-taken", "query.name")),
        ("no-ending", "application/pdf", (415, "document-type-not-taken", "query.name")),
        ("a.pdf", "text/html", (415, "document-type-not-taken", "header.content-type")),
        ("a.pdf", "image/png", (422, "document-type-differs", "query.name")),
    ],
)
def test_what_is_not_taken_or_says_two_things_is_refused(
    name: str, media_type: str, expected: tuple[int, str, str]
) -> None:
    with pytest.raises(Problem) as refused:
        kind_stated(KINDS, name, media_type)
    assert code(refused) == expected
    assert refused.value.zh


def test_a_type_may_carry_parameters() -> None:
    assert kind_stated(KINDS, "a.PDF", "Application/PDF; charset=binary").name == "pdf"


def test_a_stream_is_found_across_the_pieces_in_which_a_file_is_read() -> None:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust((1 << 20) - 6, b"\0")
    check_content(kind_stated(KINDS, "a.doc", ""), io.BytesIO(head + "WordDocument\0".encode("utf-16-le")))
