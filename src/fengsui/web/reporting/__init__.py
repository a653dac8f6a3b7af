"""Screens of reporting (信息报送): the board, the report, ledgers of losses, reports received."""
