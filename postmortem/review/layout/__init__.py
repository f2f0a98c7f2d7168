"""The layout of a log: its keys in the order of the format, its blanks in one way, its text untouched."""
