"""Errors of the kernel. Those that reach an API's client carry a stable type and a message in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any


class SevenXError(Exception):
    """Base of every error that the kernel raises on purpose."""


class SettingsError(SevenXError):
    """A setting is missing or wrong; the message names it and says how to mend it."""


class ConcurrencyConflict(SevenXError):
    """Another writer appended to the stream first; the command handler reloads and tries again."""


class StreamBlocked(SevenXError):
    """The stream has a fork that audit has not concluded yet: no command is taken for it."""


class MalformedRecord(SevenXError):
    """A record on the bus is not an event of ours; the message says which check it failed."""


class BrokenTopic(SevenXError):
    """A topic was recreated or truncated under a reader: it stops rather than go on with a hole."""


@dataclass(frozen=True)
class Rejection:
    """A command refused by a rule. Returned by `decide`, never raised there; nothing was stored.

    `code` is stable and becomes the problem's type (RFC 9457); `zh` and `en` say what was wrong and how to mend it;
    `rule` names the clause or setting; `details` are the numbers and names that a form wants to show. `field` is the
    one input that is to be mended, where there is one, by its place in the request's body (`amount`,
    `documents.0.dated`): a form shows the message there.
    """

    code: str
    zh: str
    en: str
    rule: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    status: int = 422
    field: str = ""

    def within(self, place: str) -> Rejection:
        """The same refusal of something that stands further in: `dated` within `documents.0`."""
        return replace(self, field=f"{place}.{self.field}" if self.field else place)


class Problem(SevenXError):
    """An answer to an API's client as an RFC 9457 problem document."""

    def __init__(
        self,
        status: int,
        code: str,
        zh: str,
        en: str,
        *,
        details: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{code}: {en}")
        self.status, self.code, self.zh, self.en = status, code, zh, en
        self.details = dict(details or {})
        self.headers = dict(headers or {})

    @classmethod
    def of(cls, rejection: Rejection) -> Problem:
        details = dict(rejection.details)
        if rejection.rule:
            details["rule"] = rejection.rule
        if rejection.field:
            details["fields"] = [
                {
                    "where": f"body.{rejection.field}",
                    "message": rejection.en,
                    "message_zh": rejection.zh,
                    "kind": rejection.code,
                }
            ]
        return cls(rejection.status, rejection.code, rejection.zh, rejection.en, details=details)
