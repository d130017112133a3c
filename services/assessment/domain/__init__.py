"""Assessment, pure: the rulebook, what is measured, how it is scored, and the path of a year."""
