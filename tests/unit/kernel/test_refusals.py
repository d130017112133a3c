"""A rule's refusal names the field that is to be mended just as a malformed request does."""

from __future__ import annotations

from typing import Annotated

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from pydantic import Field

from sevenx.kernel.bodies import Body
from sevenx.kernel.errors import Problem, Rejection
from sevenx.kernel.problems import answer_with_problems

EARLY = Rejection(
    "due-not-ahead", "办理期限须晚于今天。", "The due day must lie after today.", rule="三(五)", field="due_on"
)


class _Asked(Body):
    due_on: Annotated[str, Field(min_length=10)]


def service() -> AsyncClient:
    app = FastAPI()
    answer_with_problems(app)

    @app.post("/asked")
    async def asked(body: _Asked) -> None:
        raise Problem.of(EARLY)

    return AsyncClient(transport=ASGITransport(app), base_url="http://service")


@pytest.mark.parametrize(
    ("due_on", "said", "kind"),
    [("2026", "至少10个字", "string_too_short"), ("2026-07-01", "办理期限须晚于今天。", "due-not-ahead")],
)
async def test_the_field_is_told_alike_by_whoever_refuses(due_on: str, said: str, kind: str) -> None:
    async with service() as client:
        answer = await client.post("/asked", json={"due_on": due_on})
    assert answer.status_code == 422
    (field,) = answer.json()["fields"]
    assert set(field) == {"where", "message", "message_zh", "kind"}
    assert (field["where"], field["message_zh"], field["kind"]) == ("body.due_on", said, kind)


def test_a_refusal_that_concerns_no_one_field_names_none() -> None:
    assert "fields" not in Problem.of(Rejection("wrong-step", "不能办理。", "Not now.", status=409)).details


def test_a_shared_check_is_placed_where_its_object_stands() -> None:
    assert EARLY.within("issue").field == "issue.due_on"
    assert Rejection("empty", "须填写。", "Fill it in.").within("documents.0").field == "documents.0"
