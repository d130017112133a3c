"""Signature Version 4 against the examples that AWS publishes (Amazon S3 API Reference, "Signature Calculations for the
Authorization Header: Transferring Payload in a Single Chunk")."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest

from sevenx.documents.signature import EMPTY, Credentials

KEY = Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1")
AT = datetime(2013, 5, 24, tzinfo=UTC)
HOST = {"Host": "examplebucket.s3.amazonaws.com"}
WELCOME = hashlib.sha256(b"Welcome to Amazon S3.").hexdigest()


@pytest.mark.parametrize(
    ("method", "path", "query", "headers", "payload", "names", "signature"),
    [
        ("GET", "/test.txt", {}, {"Range": "bytes=0-9"}, EMPTY, "host;range;x-amz-content-sha256;x-amz-date",
         "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
        ("PUT", "/test$file.text", {},
         {"Date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"}, WELCOME,
         "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
         "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
        ("GET", "/", {"lifecycle": ""}, {}, EMPTY, "host;x-amz-content-sha256;x-amz-date",
         "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        ("GET", "/", {"prefix": "J", "max-keys": "2"}, {}, EMPTY, "host;x-amz-content-sha256;x-amz-date",
         "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
    ],
    ids=["get", "put", "lifecycle", "list"],
)  # fmt: skip
def test_the_published_examples(
    method: str,
    path: str,
    query: dict[str, str],
    headers: dict[str, str],
    payload: str,
    names: str,
    signature: str,
) -> None:
    signed = KEY.signed(method, path, query, {**HOST, **headers}, payload, AT)
    assert signed["authorization"] == (
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
        f"SignedHeaders={names},Signature={signature}"
    )
    assert signed["x-amz-date"] == "20130524T000000Z"
    assert signed["x-amz-content-sha256"] == payload


def test_a_key_does_not_show_its_secret() -> None:
    assert "wJalr" not in repr(KEY)
