"""Hypothesis strategies for event dataclasses, drawn from their fields' types."""

from __future__ import annotations

import dataclasses
import types
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from sevenx.kernel.types import DecimalType


def instances(cls: type) -> st.SearchStrategy[Any]:
    """Instances of an event or of a record within one."""
    hints = get_type_hints(cls, include_extras=True)
    return st.builds(cls, **{field.name: _of(hints[field.name]) for field in dataclasses.fields(cls)})


def _of(hint: Any) -> st.SearchStrategy[Any]:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return st.one_of([_of(arg) for arg in get_args(hint)])
    if origin is tuple:
        return st.lists(_of(get_args(hint)[0]), max_size=3).map(tuple)
    if origin is Annotated:
        [mark] = [one for one in get_args(hint) if isinstance(one, DecimalType)]
        whole = Decimal(10) ** (mark.precision - mark.scale) - 1
        return st.decimals(-whole, whole, places=mark.scale, allow_nan=False, allow_infinity=False)
    if dataclasses.is_dataclass(hint):
        return instances(hint)
    if issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    return _PLAIN[hint]


_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=20),
    int: st.integers(-(2**63), 2**63 - 1),
    bool: st.booleans(),
    date: st.dates(),
    type(None): st.none(),
}
