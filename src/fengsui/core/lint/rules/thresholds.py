"""Rules on thresholds."""
