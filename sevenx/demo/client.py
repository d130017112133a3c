"""A client of the APIs through the one origin, as a browser or another system would use them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import httpx

from sevenx.local.errors import LocalError
from sevenx.local.home import Home
from sevenx.local.tokens import token

_TOKEN_SECONDS = 600.0
"""A token is asked for anew after this; it is good for 15 minutes."""
_AGAIN = (502, 503, 504)


class Refused(LocalError):
    """An answer that the script did not expect."""

    def __init__(self, method: str, path: str, answer: httpx.Response) -> None:
        super().__init__(f"{method} {path}: {answer.status_code} {answer.text[:2000]}")
        self.status = answer.status_code
        self.problem: dict[str, Any] = answer.json() if "json" in answer.headers.get("content-type", "") else {}


class Gateway:
    """One connection to the gateway. Commands get keys of their own, `demo-1`, `demo-2` …, so that one that is sent
    again because a part was away is carried out once."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._client = httpx.Client(base_url=home.gateway_url, timeout=60, trust_env=False)
        self._tokens: dict[str, tuple[str, float]] = {}
        self._commands = 0

    def close(self) -> None:
        self._client.close()

    def as_(self, subject: str) -> Caller:
        """Somebody who calls: a person's id, or an office such as `operator`."""
        known = subject if "-" in subject else f"{self._home.district}-{subject.replace('_', '-')}"
        return Caller(self, known)

    def token(self, subject: str) -> str:
        """A fresh enough token."""
        found = self._tokens.get(subject)
        if found is None or time.monotonic() - found[1] > _TOKEN_SECONDS:
            found = (token(self._home, subject), time.monotonic())
            self._tokens[subject] = found
        return found[0]

    def send(self, subject: str, method: str, path: str, **options: Any) -> Any:
        """The JSON of the answer; Refused for anything but a success. A part that is away is waited for, up to 30 s."""
        headers = {"Authorization": f"Bearer {self.token(subject)}"}
        if method == "POST":
            self._commands += 1
            headers["Idempotency-Key"] = f"demo-{self._commands:06d}"
        until = time.monotonic() + 30
        while True:
            answer = self._client.request(method, f"/api{path}", headers=headers, **options)
            if answer.is_success:
                return answer.json()
            if answer.status_code not in _AGAIN or time.monotonic() > until:
                raise Refused(method, path, answer)
            time.sleep(0.1)


@dataclass(frozen=True)
class Caller:
    """One person or office at the gateway."""

    gateway: Gateway
    subject: str

    def get(self, path: str, **query: Any) -> Any:
        return self.gateway.send(self.subject, "GET", path, params=query)

    def post(self, path: str, body: Any = None) -> Any:
        return self.gateway.send(self.subject, "POST", path, json=body)

    def refused(self, path: str, body: Any = None) -> dict[str, Any]:
        """Post what the rules must refuse; the problem document. RuntimeError when it was accepted."""
        try:
            self.post(path, body)
        except Refused as refusal:
            return refusal.problem
        raise RuntimeError(f"{path} should have been refused")
