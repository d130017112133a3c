"""Metrics of telling. No label holds a person or an address."""

from __future__ import annotations

from prometheus_client import Counter, Gauge

QUEUED = Counter("sevenx_notices_queued_total", "Notices queued", ["channel"])
DELIVERED = Counter("sevenx_notices_delivered_total", "Notices delivered", ["channel"])
FAILED = Counter("sevenx_notices_failed_total", "Attempts to deliver that failed, by notices", ["channel"])
UNADDRESSED = Counter("sevenx_notices_unaddressed_total", "Events of which nobody was told: posts are vacant", ["kind"])
OLDEST_QUEUED = Gauge("sevenx_notices_oldest_queued_seconds", "Age of the oldest e-mail that is due and not delivered")
GIVEN_UP = Gauge("sevenx_notices_given_up", "Notices that failed for good and wait for an operator")
MAIL_UP = Gauge("sevenx_mail_server_up", "1 when the mail server answered last, 0 when it did not; -1 without one")
