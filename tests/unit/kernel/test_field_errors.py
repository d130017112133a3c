"""A field's fault is told in Chinese too, whatever pydantic finds and whatever our own validators say."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field, ValidationError

from sevenx.kernel.bodies import Body, Day, Line, Sha256
from sevenx.kernel.field_errors import in_chinese


class _Kind(StrEnum):
    OWN = "own"


class _Asked(Body):
    title: Line = "题目"
    code: Annotated[str, Field(min_length=18, max_length=18)] = "91000000MA00000001"
    amount: Annotated[Decimal, Field(gt=0, max_digits=8, decimal_places=2)] = Decimal(1)
    people: Annotated[int, Field(ge=1, le=500)] = 1
    on: Day | None = None
    sha256: Sha256 = "0f" * 32
    kind: _Kind = _Kind.OWN
    way: Literal["there", "back"] = "there"
    done: bool = False
    reasons: Annotated[tuple[Line, ...], Field(min_length=1, max_length=2)] = ("因",)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"title": " "}, "请填写此项"),
        ({"title": "长" * 201}, "最多200个字"),
        ({"title": "题\x07目"}, "不得含控制字符"),
        ({"code": "9100"}, "至少18个字"),
        ({"amount": "三千"}, "请输入数字，例如 1200000 或 12.5"),
        ({"amount": "0"}, "须大于0"),
        ({"amount": "1.234"}, "最多2位小数"),
        ({"amount": "123456789"}, "数字过长，最多8位"),
        ({"people": "2.5"}, "请输入整数"),
        ({"people": 0}, "不小于1"),
        ({"people": 501}, "不大于500"),
        ({"on": "7月20日"}, "日期写作 YYYY-MM-DD"),
        ({"sha256": "不是指纹"}, "格式不正确"),
        ({"kind": "mine"}, "请从所列选项中选择"),
        ({"way": "up"}, "请从所列选项中选择"),
        ({"done": "也许"}, "请选择是或否"),
        ({"reasons": []}, "至少1项"),
        ({"reasons": ["一", "二", "三"]}, "最多2项"),
        ({"titel": "题"}, "没有这一项"),
    ],
)
def test_each_fault_is_told_in_chinese(body: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as caught:
        _Asked.model_validate(body)
    assert [in_chinese(dict(one)) for one in caught.value.errors()] == [said]
