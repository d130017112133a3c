"""What a service's routes ask for: who is asking, the desk for commands, the read model."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Header, Query, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import StringConstraints

from sevenx.kernel.auth import Principal, token_missing
from sevenx.kernel.browser import ACCESS_COOKIE, require_own_page
from sevenx.kernel.desk import Answer, CommandDesk
from sevenx.kernel.envelope import command_id
from sevenx.kernel.reads import Reads
from sevenx.kernel.topics import PARTITIONS

if TYPE_CHECKING:
    from sevenx.kernel.runtime import Runtime

__all__ = ["Answer", "Asking", "Commands", "ReadModel", "Uploads", "request_digest"]

_ENTITY_TAG = r'^"?[a-z]+/[A-Za-z0-9-]+@[0-9]+"?$'


def runtime_of(request: Request) -> Runtime:
    runtime: Runtime = request.app.state.runtime
    return runtime


_BEARER = HTTPBearer(auto_error=False, bearerFormat="JWT", description="访问令牌 / an access token of the OIDC issuer")


async def _principal(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)]
) -> Principal:
    runtime = runtime_of(request)
    cookie = request.cookies.get(ACCESS_COOKIE)
    if credentials is not None:
        principal = await runtime.tokens.verify(credentials.credentials)
    elif cookie:
        principal = await runtime.tokens.verify(cookie)
        require_own_page(request.method, request.headers, cookie, runtime.settings.origin)
    else:
        raise token_missing()
    return await runtime.with_posts(principal)


Asking = Annotated[Principal, Depends(_principal)]
"""Whoever sends the request, with the grants of his token and of his posts."""


_Key = Annotated[
    str,
    Header(
        min_length=8,
        max_length=128,
        pattern=r"^[\x21-\x7e]+$",
        description="Chosen by the client, new for each new command; sent again, the same answer comes back",
        examples=["9b0c5f0e-4b56-4a55-9f3e-0d1a6f9b2c11"],
    ),
]


def request_digest(request: Request, body: bytes) -> str:
    """What an Idempotency-Key stands for: the method, the path and the body."""
    return hashlib.sha256(f"{request.method} {request.scope['path']}\n".encode() + body).hexdigest()[:32]


async def _desk(
    request: Request,
    principal: Asking,
    idempotency_key: _Key,
    if_match: Annotated[
        str | None,
        Header(
            pattern=_ENTITY_TAG,
            description="Position on which the client decided (RFC 9110, 13.1.1); where the stream has moved on: 412",
            examples=['"projects/410804-P-2026-0001@3"'],
        ),
    ] = None,
) -> CommandDesk:
    digest = request_digest(request, await request.body())
    return _desk_of(request, principal, idempotency_key, digest, (if_match or "").strip('"'))


async def _upload_desk(request: Request, principal: Asking, idempotency_key: _Key) -> CommandDesk:
    return _desk_of(request, principal, idempotency_key, "", "")


def _desk_of(request: Request, principal: Principal, key: str, digest: str, expected: str) -> CommandDesk:
    runtime = runtime_of(request)
    return CommandDesk(
        runtime.handler,
        runtime.pool,
        runtime.definition.permissions,
        principal,
        runtime.clock.now,
        command_id(principal.subject, key),
        digest,
        expected,
    )


Commands = Annotated[CommandDesk, Depends(_desk)]
"""The desk for this request's commands."""
Uploads = Annotated[CommandDesk, Depends(_upload_desk)]
"""The desk of a route that reads its body in pieces (`ServiceDefinition.streamed`); it gives commands by
`desk.of_body(request_digest(request, …))` once it has read it."""


async def _reads(
    request: Request,
    _: Asking,
    after: Annotated[
        list[Annotated[str, StringConstraints(pattern=r"^[a-z]+/[A-Za-z0-9-]+@[0-9]{1,18}$")]] | None,
        Query(
            description="Positions that a command answered, each by a parameter of its own; the answer shows at least "
            "those, or is a 504 «not yet» after 2 s",
            max_length=4 * PARTITIONS,
            examples=[["projects/410804-P-2026-0001@3"]],
        ),
    ] = None,
) -> Reads:
    reads = runtime_of(request).reads
    if after:
        await reads.wait_for(after)
    return reads


ReadModel = Annotated[Reads, Depends(_reads)]
"""The read model, at least as new as `?after=` asks."""
