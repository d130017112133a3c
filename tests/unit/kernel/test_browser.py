"""What a cookie's request must bring along, so that no other site can give commands in somebody's name."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from sevenx.kernel.browser import csrf_token, require_own_page
from sevenx.kernel.errors import Problem

ORIGIN = "https://7x.example.gov.cn"
TOKEN = "header.claims.signature"


def headers(origin: str | None = ORIGIN, csrf: str | None = csrf_token(TOKEN)) -> Headers:
    sent = {"origin": origin, "x-csrf-token": csrf}
    return Headers({name: value for name, value in sent.items() if value is not None})


def test_our_own_page_may_give_commands() -> None:
    require_own_page("POST", headers(), TOKEN, ORIGIN)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_needs_neither(method: str) -> None:
    require_own_page(method, Headers(), TOKEN, ORIGIN)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "http://7x.example.gov.cn", f"{ORIGIN}.evil.example", "null", "", None],
)
def test_another_origin_is_refused(method: str, origin: str | None) -> None:
    with pytest.raises(Problem) as refused:
        require_own_page(method, headers(origin), TOKEN, ORIGIN)
    assert (refused.value.status, refused.value.code) == (403, "wrong-origin")


def test_without_a_setting_no_origin_is_ours() -> None:
    for sent in ("", None, ORIGIN):
        with pytest.raises(Problem, match="SEVENX_ORIGIN"):
            require_own_page("POST", headers(sent), TOKEN, "")


@pytest.mark.parametrize("csrf", [None, "", "forged", csrf_token("another.token.s"), csrf_token(TOKEN) + "x", "错"])
def test_a_missing_or_forged_csrf_token_is_refused(csrf: str | None) -> None:
    sent = {"origin": ORIGIN, "x-csrf-token": csrf} if csrf is not None else {"origin": ORIGIN}
    with pytest.raises(Problem) as refused:
        require_own_page("POST", _Found(sent), TOKEN, ORIGIN)
    assert (refused.value.status, refused.value.code) == (403, "csrf-token-wrong")


def test_the_csrf_token_tells_nothing_of_the_access_token() -> None:
    assert len(csrf_token(TOKEN)) == 43
    assert csrf_token(TOKEN) != csrf_token(TOKEN + "x")


class _Found(dict[str, str]):
    """Headers found in any case, with any characters."""

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
        return super().get(name.lower(), default)
