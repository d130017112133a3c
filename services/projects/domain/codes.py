"""Identity codes of the national standards, checked as the standards say."""

from __future__ import annotations

import re

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_FORM = re.compile(f"^[{_CREDIT_ALPHABET}]{{2}}[0-9]{{6}}[{_CREDIT_ALPHABET}]{{9}}[{_CREDIT_ALPHABET}]$")


def credit_code_check(first17: str) -> str:
    """The 18th character of a unified social credit code.

    Source: GB 32100-2015, 31 minus the sum of values weighted by 3^(i-1) mod 31, modulo 31, in the alphabet without
    I, O, S, V, Z. ValueError on a character outside it.
    """
    total = sum(_CREDIT_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(first17))
    return _CREDIT_ALPHABET[(31 - total % 31) % 31]


def is_credit_code(code: str) -> bool:
    """Whether `code` is a unified social credit code by its form and its check character (GB 32100-2015)."""
    return bool(_CREDIT_FORM.match(code)) and credit_code_check(code[:17]) == code[17]


_PROJECT_FORM = re.compile(
    r"^(?P<time>[0-9]{4})-(?P<region>[0-9]{6})-(?P<department>[0-9]{2})-(?P<type>[0-9]{2})-[0-9]{5}[0-9A-Z]$"
)


def is_project_code(code: str) -> bool:
    """Whether `code` has the 24-character structure of a national project code (GB/T 40058-2021, 4.1 to 4.7).

    Time (YYMM; a year in codes of 2015 to 2020), region, guiding department, project type, five random digits and the
    check character. The check character's value is not computed: the national platform has done so when it assigned
    the code, and the standard's text is not public enough to be cited here.
    """
    match = _PROJECT_FORM.match(code)
    if match is None:
        return False
    time, month = match["time"], int(match["time"][2:])
    return 1 <= month <= 12 or "2015" <= time <= "2020"


_DIVISIONS = {
    "A": (1, 5), "B": (6, 12), "C": (13, 43), "D": (44, 46), "E": (47, 50), "F": (51, 52), "G": (53, 60),
    "H": (61, 62), "I": (63, 65), "J": (66, 69), "K": (70, 70), "L": (71, 72), "M": (73, 75), "N": (76, 79),
    "O": (80, 82), "P": (83, 83), "Q": (84, 85), "R": (86, 90), "S": (91, 96), "T": (97, 97),
}  # fmt: skip
_INDUSTRY_FORM = re.compile(r"^(?P<section>[A-T])(?P<division>[0-9]{2})(?P<rest>[0-9]{0,2})$")


def is_industry_code(code: str) -> bool:
    """Whether `code` is a section letter with a division, group or class of GB/T 4754-2017, such as `C3252`: the
    division must lie in that section."""
    match = _INDUSTRY_FORM.match(code)
    if match is None:
        return False
    first, last = _DIVISIONS[match["section"]]
    return first <= int(match["division"]) <= last


_SHA256 = re.compile(r"^[0-9a-f]{64}$")


def is_sha256(text: str) -> bool:
    """Whether `text` is a SHA-256 in lower-case hex."""
    return bool(_SHA256.match(text))


_MONTH = re.compile(r"^20[0-9]{2}-(0[1-9]|1[0-2])$")


def is_month(text: str) -> bool:
    """Whether `text` is a month such as `2026-07`."""
    return bool(_MONTH.match(text))


_PERSONAL = (
    re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])"),
    re.compile(r"(?<![0-9])[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9Xx](?![0-9A-Za-z])"),
    re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
    re.compile(r"(?<![0-9])0[0-9]{2,3}-[0-9]{7,8}(?![0-9])"),
)


def has_contact_details(text: str) -> bool:
    """Whether free text holds what may never stand on the bus: a telephone number, an identity card number (GB 11643)
    or an e-mail address."""
    return any(pattern.search(text) for pattern in _PERSONAL)
