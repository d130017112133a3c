"""AWS Signature Version 4, as S3 and what is compatible with it ask for it.

Source: AWS, "Authenticating Requests: Using the Authorization Header (AWS Signature Version 4)", Amazon S3 API
Reference. S3 encodes a path once and does not normalise it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote

ALGORITHM = "AWS4-HMAC-SHA256"
EMPTY = hashlib.sha256(b"").hexdigest()
"""SHA-256 of no bytes: the payload of a GET or HEAD."""


@dataclass(frozen=True)
class Credentials:
    """A key of the store, and the region that its scope names."""

    access_key: str
    secret_key: str = field(repr=False)
    region: str = "us-east-1"

    def signed(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        payload: str,
        at: datetime,
    ) -> dict[str, str]:
        """The headers with `x-amz-date`, `x-amz-content-sha256` and `Authorization`.

        path: as it is sent, without encoding; query: its parameters, without encoding; headers: all that are to be
        signed, `host` among them; payload: hex SHA-256 of the body; at: now, within 15 minutes of the store's clock.
        """
        stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        all_headers = {
            **{name.lower(): " ".join(value.split()) for name, value in headers.items()},
            "x-amz-content-sha256": payload,
            "x-amz-date": stamp,
        }
        names = ";".join(sorted(all_headers))
        request = "\n".join(
            (
                method,
                encoded_path(path),
                encoded_query(query.items()),
                *(f"{name}:{all_headers[name]}" for name in sorted(all_headers)),
                "",
                names,
                payload,
            )
        )
        scope = f"{stamp[:8]}/{self.region}/s3/aws4_request"
        to_sign = "\n".join((ALGORITHM, stamp, scope, hashlib.sha256(request.encode()).hexdigest()))
        signature = hmac.new(self._key(stamp[:8]), to_sign.encode(), hashlib.sha256).hexdigest()
        authorization = f"{ALGORITHM} Credential={self.access_key}/{scope},SignedHeaders={names},Signature={signature}"
        return {**all_headers, "authorization": authorization}

    def _key(self, day: str) -> bytes:
        key = f"AWS4{self.secret_key}".encode()
        for part in (day, self.region, "s3", "aws4_request"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        return key


def encoded_path(path: str) -> str:
    """A path with everything but unreserved characters and `/` in percent form."""
    return quote(path, safe="/-_.~")


def encoded_query(parameters: Iterable[tuple[str, str]]) -> str:
    """Parameters in their canonical order and form; the same is sent."""
    return "&".join(f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in sorted(parameters))
