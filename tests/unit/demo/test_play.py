"""In which order services are waited for."""

from __future__ import annotations

import pytest

from sevenx.declaration import Service, services
from sevenx.demo.play import levels
from sevenx.local.errors import LocalError


def test_nobody_is_asked_before_those_whom_it_follows() -> None:
    order = levels(services())
    asked: set[str] = set()
    for level in order:
        assert all(set(one.follows) <= asked for one in level)
        asked |= {one.area for one in level}
    assert asked == {one.area for one in services()}


def test_services_that_follow_one_another_in_a_circle_are_named() -> None:
    with pytest.raises(LocalError, match="one, other"):
        levels([Service("one", ("other",), 0), Service("other", ("one",), 1)])
