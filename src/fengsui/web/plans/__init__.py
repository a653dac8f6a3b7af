"""The plan library, the plan page and the review of a draft."""
