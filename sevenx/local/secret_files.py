"""Files that only their owner may read, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey


def write_private(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Replace `path` by `content` atomically; a reader sees the old bytes or the new ones, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def ensure_ed25519(private: Path, public: Path) -> None:
    """Make an Ed25519 key pair as PEM files, unless the private key is there; the public file is always restored."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if not private.exists():
        write_private(private, _pem(Ed25519PrivateKey.generate()))
    if not public.exists():
        key = serialization.load_pem_private_key(private.read_bytes(), password=None)
        pem = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        write_private(public, pem, mode=0o644)


def ensure_rsa(private: Path) -> None:
    """Make an RSA key of 2,048 bits as a PEM file, unless it is there."""
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

    if not private.exists():
        write_private(private, _pem(generate_private_key(public_exponent=65537, key_size=2048)))


def _pem(key: Ed25519PrivateKey | RSAPrivateKey) -> bytes:
    from cryptography.hazmat.primitives import serialization

    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
