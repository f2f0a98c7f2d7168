"""The doors by which a text of the log leaves: one a format, and no other way out."""
