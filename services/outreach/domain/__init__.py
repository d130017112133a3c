"""The rules of outreach (clauses 三(一) and 三(四)): pure, without clock, I/O or randomness."""
