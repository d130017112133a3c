"""An OIDC issuer for tests and benchmarks: signs tokens, and publishes its key on loopback."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class TestIssuer:
    """One key; the thread that serves it ends with the process."""

    __test__ = False

    def __init__(self) -> None:
        self._key = Ed25519PrivateKey.generate()
        public = json.loads(jwt.algorithms.OKPAlgorithm.to_jwk(self._key.public_key()))
        keys = json.dumps({"keys": [{**public, "kid": "test", "use": "sig", "alg": "EdDSA"}]}).encode()

        class Keys(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(keys)

            def log_message(self, *_: Any) -> None:
                return

        server = ThreadingHTTPServer(("127.0.0.1", 0), Keys)
        self.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def token(self, sub: str, grants: tuple[str, ...], district: str, lifetime: float, **other: Any) -> str:
        """A signed token; `lifetime` in seconds, negative for one that has expired."""
        now = datetime.now(UTC)
        claims = {
            "iss": self.url,
            "aud": "sevenx",
            "sub": sub,
            "iat": now,
            "exp": now + timedelta(seconds=lifetime),
            "district": district,
            "grants": list(grants),
            **other,
        }
        return jwt.encode(claims, self._key, "EdDSA", headers={"kid": "test"})
