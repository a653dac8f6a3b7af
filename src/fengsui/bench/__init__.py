"""Benchmarks of Fengsui by itself and beside peers: ``fengsui bench``.

``registry``    what a benchmark is, and the list of them.
``varied``      many plans and incidents made by varying a few (nothing random: same seed, same plans).
``grading``     one incident against all plans; ``peers`` the same tables in other engines.
``reading``     a plan of a hundred pages.
``storing``     activation in one transaction; ``pages`` the web pages over a full store.
"""
