"""A principal head's quota of a year, and the year in which the quotas are looked at."""
