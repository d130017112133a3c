"""Checks of who and what is meant, shared by leads and projects. Each answers with a Rejection or None."""

from __future__ import annotations

from services.projects.domain.codes import (
    has_contact_details,
    is_credit_code,
    is_industry_code,
    is_project_code,
    is_sha256,
)
from services.projects.domain.values import Origin, Party
from sevenx.kernel.errors import Rejection


def check_party(party: Party, origin: Origin | None = None, at: str = "") -> Rejection | None:
    """What is wrong with the party that stands `at` a place of the request."""
    wrong = _check_party(party, origin)
    return wrong.within(at) if wrong is not None and at else wrong


def _check_party(party: Party, origin: Origin | None) -> Rejection | None:
    """A named enterprise; its unified social credit code holds (GB 32100), and only a foreign investor may lack one
    (mechanism, «Identity»). Where no origin is given, the code may be unknown."""
    if not party.name.strip():
        return Rejection("party-unnamed", "须填写企业名称。", "The enterprise needs a name.", field="name")
    if has_contact_details(party.name):
        return _contact("name")
    if party.code is None:
        if origin is None or origin is Origin.FOREIGN:
            return None
        return Rejection(
            "credit-code-missing",
            f"“{party.name}”缺少统一社会信用代码；境外投资方可以不填。",
            f"{party.name} lacks a unified social credit code; only a foreign investor may have none.",
            rule="GB 32100-2015",
            field="code",
        )
    if not is_credit_code(party.code):
        return Rejection(
            "credit-code-wrong",
            f"统一社会信用代码 {party.code} 的格式或校验码不正确。",
            f"The unified social credit code {party.code} is malformed or its check character does not fit.",
            rule="GB 32100-2015",
            details={"code": party.code},
            field="code",
        )
    return None


def check_industry_code(code: str | None) -> Rejection | None:
    """An industry code, if given, is one of GB/T 4754."""
    if code is None or is_industry_code(code):
        return None
    return Rejection(
        "industry-code-wrong",
        f"{code} 不是国民经济行业分类代码（如 C3252）。",
        f"{code} is not a code of the national industry classification, such as C3252.",
        rule="GB/T 4754-2017",
        details={"code": code},
        field="industry_code",
    )


def check_project_code(code: str) -> Rejection | None:
    """A project code has the structure of GB/T 40058."""
    if is_project_code(code):
        return None
    return Rejection(
        "project-code-wrong",
        f"{code} 不符合国家项目代码结构（如 2607-410804-04-01-123456）。",
        f"{code} has not the structure of a national project code, such as 2607-410804-04-01-123456.",
        rule="GB/T 40058-2021",
        details={"code": code},
        field="code",
    )


def check_hash(sha256: str, field: str = "sha256") -> Rejection | None:
    """A document or voucher is named by 64 lower-case hex digits."""
    if is_sha256(sha256):
        return None
    return Rejection(
        "hash-wrong",
        "SHA-256 须为64位小写十六进制。",
        "A SHA-256 is 64 lower-case hex digits.",
        details={"sha256": sha256},
        field=field,
    )


def check_free_text(**texts: str) -> Rejection | None:
    """Contact details never stand on the bus: a text that holds a telephone number, an identity card number or an
    e-mail address is refused, with the field's name."""
    for name, text in texts.items():
        if has_contact_details(text):
            return _contact(name)
    return None


def _contact(field: str) -> Rejection:
    return Rejection(
        "contact-details",
        f"“{field}”中含电话、证件号码或邮箱。联系方式不得写入事件，请改用联系人编号。",
        f"{field} holds a telephone, identity card number or e-mail address; these never enter an event: "
        "name the contact by id.",
        field=field,
    )
