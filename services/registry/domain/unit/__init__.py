"""A unit: its names, its head and its liaison."""
