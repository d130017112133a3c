"""The services' APIs as the verbs call them: through the embedded runtime's gateway, or at any deployment's URL."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import httpx

from sevenx.cli._options import Decorator
from sevenx.kernel.errors import SevenXError
from sevenx.local.home import Home
from sevenx.local.tokens import token

_URL = click.option("--url", envvar="SEVENX_URL", help="Another deployment's origin; else the embedded runtime's.")
_TOKEN = click.option(
    "--token", "bearer", envvar="SEVENX_TOKEN", help="Bearer token for --url; better given as SEVENX_TOKEN."
)


def api_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--url` and `--token`, for a deployment with an identity provider of its own."""
    decorate: tuple[Decorator, ...] = (_URL, _TOKEN)
    for one in decorate:
        function = one(function)
    return function


class ProblemAnswer(SevenXError):
    """An API's refusal: its RFC 9457 document."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        zh, en = problem.get("detail_zh", ""), problem.get("detail", "")
        super().__init__(f"{zh} / {en}" if zh or en else f"the answer was {status}")
        self.status, self.problem = status, problem


@dataclass(frozen=True)
class Api:
    """One caller at one origin."""

    url: str
    token: Callable[[], str]
    home: Home | None = None
    """The embedded runtime's folder, where it is the embedded runtime."""

    @classmethod
    def of(cls, home: Path, url: str | None, bearer: str | None, office: str) -> Api:
        """The API at `--url` with the token given, else the embedded runtime's as one of its offices
        (`district-office`). SevenXError when a URL comes without a token."""
        if url:
            if not bearer:
                raise SevenXError("--url needs a token: set SEVENX_TOKEN, or give --token")
            given = bearer
            return cls(url.rstrip("/"), lambda: given)
        opened = Home.open(home)
        return cls(opened.gateway_url, lambda: token(opened, f"{opened.district}-{office}"), opened)

    def get(self, path: str, **query: Any) -> Any:
        """The JSON at `/api/<path>`; ProblemAnswer for a refusal."""
        return self._send("GET", path, params={name: value for name, value in query.items() if value is not None})

    def download(self, path: str) -> bytes:
        """The file at `/api/<path>`; ProblemAnswer for a refusal."""
        return self._request("GET", path).content

    def post(self, path: str, body: Any) -> Any:
        """A command under a key of its own; ProblemAnswer for a refusal."""
        return self._send("POST", path, json=body, headers={"Idempotency-Key": str(uuid.uuid4())})

    def wait_shown(self, area: str, seconds: float = 15) -> bool:
        """Wait until an area's read model shows all of its log; whether it does. Only with the embedded runtime."""
        if self.home is None:
            return False
        home, until = self.home, time.monotonic() + seconds
        operator = Api(self.url, lambda: token(home, f"{home.district}-operator"))
        while not operator.get(f"{area}/status")["drained"]:
            if time.monotonic() > until:
                return False
            time.sleep(0.1)
        return True

    def _send(self, method: str, path: str, headers: Mapping[str, str] | None = None, **request: Any) -> Any:
        answer = self._request(method, path, headers, **request)
        if not _is_json(answer):
            raise ProblemAnswer(answer.status_code, {})
        return answer.json()

    def _request(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, **request: Any
    ) -> httpx.Response:
        try:
            with httpx.Client(timeout=60, trust_env=self.home is None) as client:
                answer = client.request(
                    method,
                    f"{self.url}/api/{path}",
                    headers={"Authorization": f"Bearer {self.token()}", **(headers or {})},
                    **request,
                )
        except httpx.HTTPError as error:
            raise SevenXError(f"{self.url} does not answer ({error}); type: sevenx status") from error
        if answer.is_error:
            raise ProblemAnswer(answer.status_code, answer.json() if _is_json(answer) else {})
        return answer


def _is_json(answer: httpx.Response) -> bool:
    return "json" in answer.headers.get("content-type", "")
