"""The HTML report: one file that needs nothing else, and lets nothing else in."""
