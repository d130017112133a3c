"""How each act of the plan is carried out through the APIs, area by area."""
