"""The ``stores`` fixture, for every test of this folder."""

from contract_stores import stores

__all__ = ["stores"]
