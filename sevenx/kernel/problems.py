"""Errors as RFC 9457 problem documents, in both languages, whatever went wrong."""

from __future__ import annotations

import logging

import psycopg
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from opentelemetry import trace
from psycopg_pool import PoolTimeout
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException

from sevenx.kernel.errors import Problem
from sevenx.kernel.field_errors import in_chinese

log = logging.getLogger(__name__)
_PROBLEM = "application/problem+json"
ANSWERS = {
    code: {"description": text, "content": {_PROBLEM: {}}}
    for code, text in {
        400: "The body cannot be read",
        401: "No token, or one that is not valid",
        403: "Not allowed",
        404: "No such object, or no such address",
        409: "Conflict with another change, or the key was used with another body",
        412: "The stream has moved on from the version in If-Match",
        413: "The body is longer than is taken",
        422: "The request is not valid, or a rule refuses it",
        423: "The stream is blocked by a fork",
        503: "A part that is needed is away; try again with the same key",
        504: "Not yet: what was asked for is not in the read model so far",
    }.items()
}
"""The problems that any route may answer, for the API's documentation."""


def problem_response(problem: Problem) -> JSONResponse:
    """An RFC 9457 problem document with its message in both languages."""
    body = {
        **problem.details,
        "type": f"urn:sevenx:problem:{problem.code}",
        "title": problem.en,
        "title_zh": problem.zh,
        "status": problem.status,
        "detail": problem.en,
        "detail_zh": problem.zh,
    }
    trace_id = trace.get_current_span().get_span_context().trace_id
    if trace_id:
        body["trace_id"] = f"{trace_id:032x}"
    return JSONResponse(body, problem.status, headers=problem.headers, media_type=_PROBLEM)


async def _on_problem(_: Request, error: Exception) -> Response:
    if not isinstance(error, Problem):
        raise error
    return problem_response(error)


async def _on_invalid(_: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    fields = [
        {
            "where": ".".join(str(part) for part in one["loc"]),
            "message": one["msg"],
            "message_zh": in_chinese(one),
            "kind": one["type"],
        }
        for one in error.errors()
    ]
    names = "、".join(sorted({str(field["where"]) for field in fields}))
    return problem_response(
        Problem(
            422,
            "invalid-request",
            f"请求内容有误：{names}。请按说明修改后重试。",
            "The request is not valid: " + "; ".join(f"{f['where']}: {f['message']}" for f in fields),
            details={"fields": fields},
        )
    )


async def _on_http(_: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    zh = {404: "没有这个地址或对象。", 405: "该地址不支持此方法。"}.get(error.status_code, "请求无法处理。")
    code = {404: "not-found", 405: "method-not-allowed"}.get(error.status_code, "bad-request")
    return problem_response(Problem(error.status_code, code, zh, str(error.detail), headers=dict(error.headers or {})))


async def _on_database(_: Request, error: Exception) -> Response:
    if isinstance(error, DBAPIError) and isinstance(error.orig, _ANOTHER_SHAPE):
        log.warning("the read model is of another shape", extra={"error": repr(error.orig)})
        return problem_response(
            Problem(
                503,
                "rebuilding",
                "系统刚升级，数据正在重建，请稍候再试。",
                "The read model is being rebuilt after an upgrade; try again shortly.",
                headers={"Retry-After": "2"},
            )
        )
    if isinstance(error, DBAPIError) and not (error.connection_invalidated or _lost(error.orig)):
        return await _on_any(_, error)
    if isinstance(error, psycopg.Error) and not _lost(error):
        return await _on_any(_, error)
    log.warning("database away", extra={"error": repr(error)})
    return problem_response(
        Problem(
            503,
            "database-unavailable",
            "数据库暂时不可用；请用同一个 Idempotency-Key 稍后重试。",
            "The database is away for the moment; try again later with the same Idempotency-Key.",
            headers={"Retry-After": "2"},
        )
    )


_ANOTHER_SHAPE = (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn)
"""What a query meets while the reader of this version still builds the tables that it asks."""


def _lost(error: BaseException | None) -> bool:
    return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)


async def _on_any(_: Request, error: Exception) -> Response:
    log.error("unexpected error", exc_info=error)
    return problem_response(
        Problem(500, "internal-error", "系统内部错误，已记录。", "An internal error; it has been logged.")
    )


def answer_with_problems(app: FastAPI) -> None:
    """Let every error of an app become a problem document."""
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    for lost in (psycopg.Error, PoolTimeout, DBAPIError):
        app.add_exception_handler(lost, _on_database)
    app.add_exception_handler(Exception, _on_any)
