"""Decisions: one pure function a command, ``(command, scene) -> events``; a refusal changes nothing."""
