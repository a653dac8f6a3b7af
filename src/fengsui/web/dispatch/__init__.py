"""Command and dispatch on the screen: board, one order, staffing, the scene, my tasks."""
