"""The metrics in every format that `postmortem metrics` writes."""
