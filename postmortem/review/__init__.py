"""A wing above the report: two versions of one log, and what changed between them in meaning."""
