"""Notices to people: which channel when, who may be left in peace, and how a receipt is proven. Pure."""
