"""The one origin with what stands behind it, and a browser that knows what a browser does of cookies and redirects."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from sevenx.kernel.browser import csrf_token
from sevenx.local.issuer import Issuer
from sevenx.local.secret_files import ensure_rsa

ACCESS, SESSION, ATTEMPT = "__Host-sevenx", "__Host-sevenx-session", "__Host-sevenx-login"


@dataclass
class Site:
    """The one origin with what stands behind it."""

    origin: str
    district: str
    database: str

    def office(self, role: str = "district-office") -> str:
        return f"{self.district}-{role}"


@dataclass
class Browser:
    """Keeps cookies as a browser that trusts loopback does, and follows no redirect by itself."""

    site: Site
    cookies: dict[str, str] = field(default_factory=dict)
    flags: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, **other: Any) -> httpx.Response:
        url = path if path.startswith("http") else f"{self.site.origin}{path}"
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= other.pop("headers", {})
        answer = httpx.request(method, url, headers=headers, timeout=30, trust_env=False, **other)
        for line in answer.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                self.flags[name] = line
                if morsel.value and morsel["max-age"] != "0":
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)
        return answer

    def to_issuer(self, path: str = "/") -> dict[str, str]:
        """Begin at a page; what the issuer is asked."""
        answer = self.ask("GET", path)
        while answer.status_code == 303 and "/issuer/" not in answer.headers["location"]:
            answer = self.ask("GET", answer.headers["location"])
        return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}

    def back(self, asked: dict[str, str], subject: str) -> str:
        """Choose who one is; the address to which the issuer sends back."""
        answer = self.ask("POST", "/issuer/authorize", data={**asked, "sub": subject})
        return str(answer.headers["location"])

    def log_in(self, subject: str, path: str = "/") -> httpx.Response:
        return self.ask("GET", self.back(self.to_issuer(path), subject))

    def command(self, key: str, **headers: str) -> httpx.Response:
        """A command to the registry, as a form's script sends it, but for what `headers` changes."""
        sent = {
            "Origin": self.site.origin,
            "X-CSRF-Token": csrf_token(self.cookies.get(ACCESS, "")),
            "Idempotency-Key": key,
            **headers,
        }
        body = {"id": f"{self.site.district}-N-test-{key}", "zh": "甲某（模拟）", "en": "Sample", "basis": "模拟数据"}
        given = {name: value for name, value in sent.items() if value}
        return self.ask("POST", "/api/registry/people", json=body, headers=given)


def issuer(origin: str, folder: Path) -> Issuer:
    """The local issuer with a key of its own."""
    ensure_rsa(folder / "issuer.pem")
    key = load_pem_private_key((folder / "issuer.pem").read_bytes(), password=None)
    assert isinstance(key, RSAPrivateKey)
    return Issuer(f"{origin}/issuer", key, "the-secret", folder / "principals.json")


@contextmanager
def served(app: web.Application, origin: str) -> Iterator[None]:
    """An aiohttp application in a thread."""
    loop, ready = asyncio.new_event_loop(), threading.Event()
    runner = web.AppRunner(app)

    def serve() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(runner.setup())
        loop.run_until_complete(web.TCPSite(runner, "127.0.0.1", urlsplit(origin).port).start())
        ready.set()
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    assert ready.wait(10)
    yield
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)


@contextmanager
def tokens_seem_old(seconds: int = 3600) -> Iterator[None]:
    """The portal renews what is good for less than this; in here, everything."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr("services.portal.sessions._STILL_GOOD", seconds)
        yield
