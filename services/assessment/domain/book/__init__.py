"""A year's rulebook (考核办法), version by version."""
