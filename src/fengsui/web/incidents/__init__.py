"""The incident room, approvals, tasks and the log."""
