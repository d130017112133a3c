"""The unified social credit code (统一社会信用代码) of an enterprise."""

from __future__ import annotations

import re

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_FORM = re.compile(f"^[{_ALPHABET}]{{2}}[0-9]{{6}}[{_ALPHABET}]{{10}}$")


def is_credit_code(code: str) -> bool:
    """Whether form and check character are those of GB 32100-2015: 31 minus the sum of the first seventeen values
    weighted by 3^(i-1) mod 31, modulo 31, in the alphabet without I, O, S, V and Z."""
    if not _FORM.match(code):
        return False
    total = sum(_ALPHABET.index(one) * pow(3, i, 31) for i, one in enumerate(code[:17]))
    return _ALPHABET[(31 - total % 31) % 31] == code[17]
