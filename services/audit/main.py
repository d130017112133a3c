"""`python -m services.audit.main`: a process of the audit service."""

from __future__ import annotations

from services.audit.service import definition
from sevenx.kernel.app import run


def main() -> None:
    run(definition)


if __name__ == "__main__":
    main()
