"""The answer to an id that the registry does not know."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from sevenx.kernel.errors import Problem


def unknown(what: str, zh: str, wrong: str, known: Iterable[str]) -> Problem:
    """Problem 422 `unknown-<what>` that names the id and the nearest that are known; `zh` is `what` in Chinese."""
    near = get_close_matches(wrong, sorted(known), n=5, cutoff=0.3)
    return Problem(
        422,
        f"unknown-{what}",
        f"登记簿中没有{zh} {wrong}；相近的有：{'、'.join(near) or '无'}。",
        f"The registry knows no {what} {wrong}; near it: {', '.join(near) or 'none'}.",
        details={what: wrong, "near": near},
    )
