"""What is wrong with a field of a request, in Chinese; pydantic says it in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_OTHER = "填写的内容不符合要求"
_CHINESE = {
    "missing": "请填写此项",
    "extra_forbidden": "没有这一项",
    "string_type": "须为文字",
    "string_too_short": "至少{min_length}个字",
    "string_too_long": "最多{max_length}个字",
    "string_pattern_mismatch": "格式不正确",
    "too_short": "至少{min_length}项",
    "too_long": "最多{max_length}项",
    "greater_than": "须大于{gt}",
    "greater_than_equal": "不小于{ge}",
    "less_than": "须小于{lt}",
    "less_than_equal": "不大于{le}",
    "decimal_parsing": "请输入数字，例如 1200000 或 12.5",
    "decimal_type": "请输入数字，例如 1200000 或 12.5",
    "decimal_max_places": "最多{decimal_places}位小数",
    "decimal_max_digits": "数字过长，最多{max_digits}位",
    "decimal_whole_digits": "数字过长，整数部分最多{whole_digits}位",
    "int_parsing": "请输入整数",
    "int_type": "请输入整数",
    "int_from_float": "请输入整数",
    "bool_parsing": "请选择是或否",
    "bool_type": "请选择是或否",
    "enum": "请从所列选项中选择",
    "literal_error": "请从所列选项中选择",
    "list_type": "须为列表",
    "date_parsing": "日期写作 YYYY-MM-DD",
    "date_from_datetime_parsing": "日期写作 YYYY-MM-DD",
    "datetime_parsing": "时间格式不正确",
    "timezone_aware": "时间须写明时区",
    "json_invalid": "不是有效的 JSON",
}
"""By pydantic's type of error. A validator of ours says both: «english / 中文»."""


def in_chinese(error: Mapping[str, Any]) -> str:
    """One of pydantic's errors (`type`, `msg`, `ctx`) in Chinese."""
    if error["type"] in ("value_error", "assertion_error"):
        return str(error["msg"]).partition(" / ")[2] or _OTHER
    limits = error.get("ctx") or {}
    if error["type"] == "string_too_short" and limits.get("min_length") == 1:
        return _CHINESE["missing"]
    return _CHINESE.get(error["type"], _OTHER).format(**limits)
