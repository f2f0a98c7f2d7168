"""Plain-text accounting for incidents: sourced claims in, bounds, metrics and reports out."""

__version__ = "0.1.0"
