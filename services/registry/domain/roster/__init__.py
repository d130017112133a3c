"""The roster: what a district's files say, and which commands bring the streams there."""
