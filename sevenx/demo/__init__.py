"""The demonstration: a scripted, seeded month with plainly fictional persons and companies, through the real APIs."""
