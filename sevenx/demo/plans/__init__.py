"""What is planned, area by area: pure, the same for the same scenario."""
