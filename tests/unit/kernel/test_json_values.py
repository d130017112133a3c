"""What a read model keeps of an event as JSON."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

from sevenx.kernel.json_values import plain


class Colour(StrEnum):
    RED = "red"


def test_every_type_that_an_event_can_hold_becomes_json() -> None:
    held = {
        "amount": Decimal("1000000000000000000.00"),
        "ratio": Decimal("0.000000"),
        "day": date(2026, 8, 25),
        "at": datetime(2026, 8, 25, 16, tzinfo=UTC),
        "hash": b"\x00\xff",
        "light": Colour.RED,
        "items": ({"share": Decimal("0.300000")}, None, True, 7),
    }
    assert json.loads(json.dumps(plain(held))) == {
        "amount": "1000000000000000000.00",
        "ratio": "0.000000",
        "day": "2026-08-25",
        "at": "2026-08-25T16:00:00+00:00",
        "hash": "00ff",
        "light": "red",
        "items": [{"share": "0.300000"}, None, True, 7],
    }
