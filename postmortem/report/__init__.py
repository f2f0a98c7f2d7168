"""Facts to words and drawings: the Report that templates see, and the renderers of every format."""
