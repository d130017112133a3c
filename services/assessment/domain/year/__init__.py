"""The assessment of a year (年度考核), from calculation to freeze."""
