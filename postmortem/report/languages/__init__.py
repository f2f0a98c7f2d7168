"""The languages of reports: one table of fixed words each, all with the same keys."""
