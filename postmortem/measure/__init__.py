"""Timeline to Metrics: durations, ratios, growth, series; always low, nominal, high."""
