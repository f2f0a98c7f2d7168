"""How times, durations, quantities and metrics are said, in the language of the report."""
