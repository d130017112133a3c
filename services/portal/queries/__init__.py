"""What pages ask of the read model: a handful of SELECTs each, never one in a loop."""
