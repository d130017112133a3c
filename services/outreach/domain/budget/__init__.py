"""Budgets that cannot be overspent, and the rules for what is spent."""
