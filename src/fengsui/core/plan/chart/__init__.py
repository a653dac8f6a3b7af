"""Drawings from the data of a plan (图): boxes and lines with coordinates, no colours, no files.

``shapes`` is the vocabulary and the measure of text, ``organisation`` the two charts of bodies, ``flow`` the
course of a response. An adapter turns a ``Chart`` into SVG.
"""
