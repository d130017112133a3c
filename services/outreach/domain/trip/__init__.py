"""Trips: requested beforehand, approved, visits, result."""
