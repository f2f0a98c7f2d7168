"""What a report tells, gathered once for the renderers of every format."""
