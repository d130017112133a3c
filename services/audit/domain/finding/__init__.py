"""A finding (审计疑点): what the log itself makes doubtful, the answer of whom it concerns, and the conclusion."""
