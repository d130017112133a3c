"""The ids of the registry's streams: the district's code, a letter, and a name that a person can read."""

from __future__ import annotations

import re

from sevenx.kernel.errors import Rejection

FORM = {
    "D": re.compile(r"[0-9]{6}-D"),
    "U": re.compile(r"[0-9]{6}-U-[a-z][a-z0-9-]*"),
    "G": re.compile(r"[0-9]{6}-G-[1-9][0-9]?"),
    "N": re.compile(r"[0-9]{6}-N-[a-z][a-z0-9-]*"),
}
EXAMPLE = {"D": "<code>-D", "U": "<code>-U-commerce", "G": "<code>-G-1", "N": "<code>-N-name"}
"""`<code>` is the district's, of six digits."""


def is_id(letter: str, text: str) -> bool:
    return FORM[letter].fullmatch(text) is not None


def refuse_id(letter: str, text: str) -> Rejection | None:
    if is_id(letter, text):
        return None
    return Rejection(
        "malformed-id",
        zh=f"编号“{text}”的格式不对，应如{EXAMPLE[letter].replace('<code>', '<区划代码>')}。",
        en=f"{text!r} is not an id of the form {EXAMPLE[letter]}.",
        details={"id": text},
    )
