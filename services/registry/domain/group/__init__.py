"""One of the seven groups: its leader, deputy, units, duties, liaison, plans and targets."""
