"""The rules of the monthly reports (clause 三(三)): pure, without clock, I/O or randomness."""
