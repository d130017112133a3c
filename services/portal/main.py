"""The process of the service: `python -m services.portal.main`."""

from __future__ import annotations

from services.portal.service import SERVICE
from sevenx.kernel.app import run


def main() -> None:
    """Run the service until it is told to stop."""
    run(SERVICE)


if __name__ == "__main__":
    main()
