"""The district: its genesis, calendars, settings and industries."""
