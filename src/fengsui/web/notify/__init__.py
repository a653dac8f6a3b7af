"""Screens of notification: who got what, the call list, a post's own notices, the gateways."""
