"""Templates of reports: where they lie, how they are compiled, and own ones in their sandbox."""
