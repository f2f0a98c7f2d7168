"""The command line: one short file a command; the only place that reads clock, environment and arguments."""
