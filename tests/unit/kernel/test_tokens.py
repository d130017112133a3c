"""A token that was checked once is not checked again while it holds."""

from __future__ import annotations

import time

import pytest

from sevenx.kernel import auth
from sevenx.kernel.auth import TokenVerifier
from sevenx.kernel.errors import Problem
from sevenx.kernel.settings import Settings
from sevenx.kernel.testing.issuer import TestIssuer

DISTRICT = "410804"
WHO = f"{DISTRICT}-N-jia-yi"


def verifier(issuer: TestIssuer) -> TokenVerifier:
    return TokenVerifier(Settings(area="registry", district=DISTRICT, issuer=issuer.url, jwks_url=f"{issuer.url}/jwks"))


async def test_a_token_is_remembered_and_no_longer_than_it_is_good(monkeypatch: pytest.MonkeyPatch) -> None:
    issuer = TestIssuer()
    tokens = verifier(issuer)
    token = issuer.token(WHO, ("liaison@G",), DISTRICT, 60)
    first = await tokens.verify(token)
    assert await tokens.verify(token) is first
    assert (first.subject, first.grants) == (WHO, {"liaison@G"})
    past = time.time() + 66
    monkeypatch.setattr(auth.time, "time", lambda: past)
    assert await tokens.verify(token) is not first, "it was to be checked anew"
    over = issuer.token(WHO, (), DISTRICT, -10)
    with pytest.raises(Problem, match="token-expired"):
        await tokens.verify(over)


async def test_a_forged_token_is_not_remembered_for_a_true_one() -> None:
    issuer = TestIssuer()
    tokens, token = verifier(issuer), issuer.token(WHO, (), DISTRICT, 60)
    await tokens.verify(token)
    head, body, signature = token.split(".")
    for forged in (f"{head}.{body}.{signature[::-1]}", f"{head}.{body[::-1]}.{signature}", token[:-2]):
        with pytest.raises(Problem, match="token-invalid"):
            await tokens.verify(forged)


async def test_only_so_many_tokens_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth, "_REMEMBERED", 2)
    issuer = TestIssuer()
    tokens = verifier(issuer)
    given = [issuer.token(f"{WHO}-{n}", (), DISTRICT, 60) for n in range(4)]
    for token in given:
        await tokens.verify(token)
    assert list(tokens._verified) == given[-2:]
