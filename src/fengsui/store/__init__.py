"""The tables and the only code that writes rows; reading for screens is in ``selectors``."""
