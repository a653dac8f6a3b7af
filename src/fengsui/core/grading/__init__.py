"""Grading (分级): what a plan says about an incident on the facts known so far."""
