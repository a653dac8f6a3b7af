"""The duty desk and the call."""
