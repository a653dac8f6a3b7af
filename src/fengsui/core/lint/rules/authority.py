"""Rules on authority."""
