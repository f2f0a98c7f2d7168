"""Incident to Timeline: the temporal network, bounds, proofs, contradictions, rulings, as-of."""
