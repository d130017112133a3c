"""A directive (督办事项) that follows from a hearing or another decision, clause 三(一) and 三(五)."""
