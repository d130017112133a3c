"""A roster's outline as the YAML files that an import reads."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import yaml

from services.registry.domain.roster.outline import Outline

_WIDTH = 100_000
"""A line is never broken: an entry's values stand where a reader looks for them."""
SIMULATED = "模拟数据 simulated data"


class _Dumper(yaml.SafeDumper):
    """Lists indented under their key, and no anchors: an import takes none."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


_Dumper.add_multi_representer(StrEnum, lambda dumper, value: dumper.represent_str(value.value))


def files_of(outline: Outline, head: str) -> dict[str, str]:
    """The district's files by name. `head` opens each as a comment: whose roster it is, and of which day."""
    return {name: _text(content, head) for name, content in outline.files().items()}


def calendars_of(outline: Outline, head: str) -> dict[str, str]:
    """The calendars by name."""
    return {name: _text(content, head) for name, content in outline.calendars().items()}


def _text(content: Mapping[str, Any], head: str) -> str:
    text: str = yaml.dump(
        dict(content), Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=_WIDTH
    )
    return f"# {head}\n{text}"
