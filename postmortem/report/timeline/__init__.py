"""The timeline in every format that `postmortem timeline` writes."""
