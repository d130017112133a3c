"""What makes two mentions of an enterprise one."""

from __future__ import annotations

from services.projects.domain.values import Party
from sevenx.district.parties import key_of, normal_name

__all__ = ["normal_name", "party_key"]


def party_key(party: Party) -> str:
    """The key of a party by its code or, without one, its name: see `sevenx.district.parties`."""
    return key_of(party.name, party.code)
