"""What the reader tells about itself on `/metrics`."""

from __future__ import annotations

from prometheus_client import Counter, Gauge

APPLIED = Counter("sevenx_reader_applied_total", "Events applied to the projections", ["area"])
DUPLICATES = Counter("sevenx_reader_duplicates_total", "Records that stood at or below their stream's head", ["area"])
SET_ASIDE = Counter("sevenx_reader_set_aside_total", "Records set aside, by kind", ["area", "kind"])
HOLES = Counter("sevenx_reader_holes_total", "Holes in offsets that stayed when they were read again", ["topic"])
LAG_RECORDS = Gauge("sevenx_reader_lag_records", "Records not yet applied", ["topic", "partition"])
LAG_SECONDS = Gauge("sevenx_reader_lag_seconds", "Age of the oldest record not yet applied", ["topic", "partition"])
BROKEN = Gauge("sevenx_reader_broken", "1 when the reader has stopped because a topic was recreated or truncated")
WAITING = Gauge("sevenx_reader_waiting", "1 while the database or Kafka is away or the read model is being rebuilt")
OPEN_ENTRIES = Gauge("sevenx_quarantine_open", "Entries of the quarantine that wait for a person", ["kind"])
REACTIONS_WAITING = Gauge("sevenx_reactions_waiting", "Events that are still to be reacted to")
REACTIONS_FAILED = Counter("sevenx_reactions_failed_total", "Events set aside because a reaction failed", ["reaction"])
