"""What texts for a terminal share: the pen, and columns."""
