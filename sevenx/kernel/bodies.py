"""Field types of request bodies: strict where a slip would do harm, with messages that say what is expected."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints


def _iso_day(value: Any) -> Any:
    """A day is written 2026-07-20; a number or a time of day is refused rather than guessed at."""
    if type(value) is date or (isinstance(value, str) and len(value) == len("2026-07-20")):
        return value
    raise ValueError("a day is written YYYY-MM-DD / 日期写作 YYYY-MM-DD")


def _no_control(text: str) -> str:
    if not is_plain(text):
        raise ValueError("control characters are not allowed / 不得含控制字符")
    return text


def is_plain(text: str) -> bool:
    """Whether every store takes the text: line breaks are text, other control characters and half of a pair are not."""
    return not any(unicodedata.category(one) in ("Cc", "Cs") and one != "\n" for one in text)


Day = Annotated[date, BeforeValidator(_iso_day)]
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_no_control)
]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000), AfterValidator(_no_control)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Body(BaseModel):
    """A request's body: a field that it does not know is an error, so that a misspelt one is not lost."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def example(**body: Any) -> ConfigDict:
    """The configuration of a body that shows an example in the API's documentation."""
    return ConfigDict(json_schema_extra={"examples": [body]})
