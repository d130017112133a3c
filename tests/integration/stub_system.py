"""A supervisor whose services are tiny HTTP servers: the runtime's own behaviour without the product's.

python -m tests.integration.stub_system HOME PORT_BASE [AREA_THAT_FAILS]
"""

from __future__ import annotations

import http.server
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sevenx.local import preflight
from sevenx.local.home import Home
from sevenx.local.state import clear_leftovers, supervisor_lock
from sevenx.local.supervisor import Supervisor
from sevenx.local.work import Work


class Ready(http.server.BaseHTTPRequestHandler):
    """Answers every GET with the area's environment variable names."""

    def do_GET(self) -> None:
        body = ",".join(sorted(name for name in os.environ if name.startswith("SEVENX_"))).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@dataclass(frozen=True)
class StubWork(Work):
    failing: str = ""

    def imports(self) -> Iterator[str]:
        yield "nothing"

    def databases(self) -> None:
        """None are needed."""

    def topics(self) -> None:
        """None are needed."""

    def service(self, area: str) -> None:
        if area == self.failing:
            raise RuntimeError(f"{area} was told to fail")
        http.server.HTTPServer(("127.0.0.1", self.home.service_port(area)), Ready).serve_forever()


def main(folder: str, port_base: str, failing: str = "") -> None:
    home = Home.create(Path(folder), port_base=int(port_base))
    with supervisor_lock(home) as lock:
        assert lock is not None
        clear_leftovers(home)
        preflight.check(home)
        Supervisor(home, print, lock=lock, work=StubWork(home, failing)).run(lambda: print("READY", flush=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
