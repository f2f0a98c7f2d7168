"""The ground floor: words that every other floor may use, and nothing of ours below."""
