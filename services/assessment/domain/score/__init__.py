"""A subject's score in a year (得分)."""
