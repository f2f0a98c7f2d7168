"""Text to a tree of values that know their places; where in the text a route lies."""
