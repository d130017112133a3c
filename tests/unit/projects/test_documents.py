"""Documents are stored once, said once of each thing and sender, and read by those who may read the thing."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.projects.api_documents import disposition
from services.projects.deciders import DOCUMENT
from services.projects.document_desk import _named, readable_row
from services.projects.domain.document.commands import StoreDocument
from services.projects.domain.document.events import DocumentStored, Paper
from services.projects.domain.values import Stage
from sevenx.kernel.errors import Problem
from tests.unit.given import Told, somebody
from tests.unit.projects.stories import sha

TODAY = date(2026, 7, 20)
PROJECT, OTHER = "410804-P-2026-0001", "410804-P-2026-0002"
ROW: dict[str, Any] = {
    "stored_by": "410804-N-sender", "group_id": "410804-G-1", "finder": "410804-U-macun", "landing_unit": None,
    "stage": Stage.NEGOTIATING, "unit": None, "subject": PROJECT,
}  # fmt: skip


def store(subject: str = PROJECT, by: str = "410804-N-sender", **changes: Any) -> StoreDocument:
    facts = {"sha256": sha("contract"), "size": 1000, "media_type": "application/pdf", "paper": Paper.EVIDENCE}
    return StoreDocument(**{**facts, **changes}, subject=subject, today=TODAY, by=by)


def test_a_document_is_stored_with_what_it_is_and_no_name() -> None:
    (said,) = Told(DOCUMENT, store()).then(DocumentStored)
    assert said == DocumentStored(
        sha("contract"), 1000, "application/pdf", PROJECT, Paper.EVIDENCE, "410804-N-sender", TODAY
    )


def test_the_same_bytes_are_the_same_document_and_each_thing_and_sender_is_said_once() -> None:
    told = Told(DOCUMENT, store())
    told.when(store()).then()
    told.when(store(OTHER)).then(DocumentStored)
    told.when(store(by="410804-N-second")).then(DocumentStored)
    assert told.state.is_of(PROJECT)
    assert told.state.is_of(OTHER)
    assert not told.state.is_of("410804-P-2026-0003")


def test_an_empty_document_and_what_is_no_hash_are_refused() -> None:
    Told(DOCUMENT, store(size=0)).refused("document-empty")
    Told(DOCUMENT, store(sha256="abc")).refused("hash-wrong")


@given(st.lists(st.tuples(st.sampled_from([PROJECT, OTHER]), st.sampled_from("abc")), max_size=12))
def test_however_often_it_is_sent_each_pair_is_said_once(sent: list[tuple[str, str]]) -> None:
    told = Told(DOCUMENT, *(store(subject, by) for subject, by in sent))
    assert [(one.subject, one.stored_by) for one in told.events] == list(dict.fromkeys(sent))


@pytest.mark.parametrize(
    ("grants", "name", "changes", "reads"),
    [
        (("liaison@410804-G-1",), "410804-N-a", {}, True),
        (("unit_head@410804-U-macun",), "410804-N-a", {}, True),
        (("liaison@410804-G-2",), "410804-N-a", {}, False),
        (("liaison@410804-G-2",), "410804-N-sender", {}, True),
        (("liaison@410804-G-2",), "410804-N-a", {"stage": Stage.SIGNED}, True),
        (("liaison@410804-G-2",), "410804-N-a", {"stage": None, "subject": "410804-L-2026-0001"}, False),
        (("unit_head@410804-U-finance",), "410804-N-a", {"unit": "410804-U-finance"}, True),
        (("commerce_bureau@410804",), "410804-N-a", {}, True),
        (("auditor@410804",), "410804-N-a", {}, True),
    ],
)
def test_who_may_read_a_document(grants: tuple[str, ...], name: str, changes: dict[str, Any], reads: bool) -> None:
    """Whoever may read what it belongs to (三(二): unsigned projects by those who work on them alone), and who sent it
    in."""
    assert (readable_row(somebody(*grants, name=name), [{**ROW, **changes}]) is not None) == reads


def test_somebody_without_a_post_reads_nothing_but_what_he_sent_in() -> None:
    with pytest.raises(Problem):
        readable_row(somebody(), [{**ROW, "stage": Stage.SIGNED}])
    assert readable_row(somebody(name="410804-N-sender"), [ROW]) is not None


def test_every_hash_that_a_command_names_is_found_with_its_place() -> None:
    body = {
        "title": sha("no name ends so"),
        "documents": [{"kind": "x", "sha256": "1"}, {"sha256": "2"}],
        "minutes_sha256": "3",
        "note": None,
        "deep": [[{"basis_sha256": "4"}]],
    }
    assert list(_named(body)) == [
        ("documents.0.sha256", "1"),
        ("documents.1.sha256", "2"),
        ("minutes_sha256", "3"),
        ("deep.0.0.basis_sha256", "4"),
    ]
    assert list(_named([None, 1, "x"])) == []


@given(st.text(max_size=300))
def test_no_name_ends_the_header_or_leaves_the_folder(name: str) -> None:
    """RFC 6266, RFC 8187."""
    header = disposition(name, "0123456789ab.pdf")
    assert header.isascii()
    assert header.isprintable()
    start, _, encoded = header.partition("filename*=UTF-8''")
    assert start == 'attachment; filename="0123456789ab.pdf"; '
    assert not set(encoded) & set(' "\\/;,')
    told = unquote(encoded)
    assert told
    assert not set(told) & set('\\/:*?"<>|')
    assert not told.startswith(".")


def test_a_chinese_name_is_kept() -> None:
    assert unquote(disposition("项目投资合同.pdf", "a.pdf").partition("UTF-8''")[2]) == "项目投资合同.pdf"
