"""Sign-in, language, help."""
