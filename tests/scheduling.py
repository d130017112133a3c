"""Which tests run on one worker, one after the other: those that share what is expensive to start."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

GROUPS = {
    "tests/console/": "console",
    "tests/chaos/": "whole system",
    "tests/integration/test_new_service.py": "whole system",
}
"""What shares more than its file: the console's tests one district and one browser; and no two tests at once start a
whole system of their own. By how a file's path begins."""


def group_of(nodeid: str) -> str:
    """The group of a test: its file, whose fixtures it shares, or one of GROUPS."""
    file = nodeid.partition("::")[0]
    return next((group for begins, group in GROUPS.items() if file.startswith(begins)), file)


class GroupScheduling(LoadScopeScheduling):
    """A group's tests go to one worker, in their order."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)
