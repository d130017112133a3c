"""What makes two mentions of an enterprise one, for every service that keeps leads and referrals."""

from __future__ import annotations

import hashlib
import re
import unicodedata


def key_of(name: str, code: str | None) -> str:
    """The unified social credit code; for a foreign investor without one its name, whatever its case, width, blanks
    and punctuation: `n-` and 16 hex digits of its SHA-256."""
    return code or f"n-{hashlib.sha256(normal_name(name).encode()).hexdigest()[:16]}"


def normal_name(name: str) -> str:
    """Letters and digits of a name alone, in one case and one width; what parts two digits is kept as a hyphen."""
    plain = re.sub(r"(?<=\d)[\W_]+(?=\d)", "\0", unicodedata.normalize("NFKC", name).casefold())
    return "".join(one for one in plain if one.isalnum() or one == "\0").replace("\0", "-")
