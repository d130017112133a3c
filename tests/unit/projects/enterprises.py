"""The beginnings of the stories that the tests of enterprises tell. All names are fictional (模拟数据)."""

from __future__ import annotations

from typing import Any

from services.projects.deciders import ENTERPRISE
from services.projects.domain.enterprise import commands as c
from services.projects.domain.enterprise.values import Alias, AliasKind
from services.projects.domain.values import Origin
from tests.unit.projects.stories import LIAISON, STREET, TODAY, Story, credit_code

ONE, TWO, THREE = (f"410804-E-2026-000{n}" for n in (1, 2, 3))
NAME = "星河铝材（模拟）有限公司"


def register(**changes: Any) -> c.RegisterEnterprise:
    facts: dict[str, Any] = {
        "enterprise": ONE,
        "name": NAME,
        "origin": Origin.PROVINCE_EXTERNAL,
        "place": "浙江省宁波市",
        "registered_for": STREET,
        "today": TODAY,
        "by": LIAISON,
        "code": credit_code(1),
        "industry_code": "C3252",
    }
    return c.RegisterEnterprise(**{**facts, **changes})


def enterprise(**changes: Any) -> Story:
    return Story(ENTERPRISE).after([register(**changes)])


def alias(name: str, kind: AliasKind = AliasKind.SHORT) -> c.AddEnterpriseAlias:
    return c.AddEnterpriseAlias(Alias(name, kind), TODAY, LIAISON)
