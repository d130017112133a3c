"""Field types of events that carry more than a Python type says."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated


@dataclass(frozen=True)
class DecimalType:
    """An Avro decimal: total digits and digits after the point. A changed scale needs a new field name, because the
    schema fingerprint ignores logical types."""

    precision: int
    scale: int


Money = Annotated[Decimal, DecimalType(20, 2)]
"""An amount in yuan, to the fen."""

Ratio = Annotated[Decimal, DecimalType(12, 6)]
"""A share or rate; 1 is the whole."""
