"""Checking many plans together (预案之间): what no plan shows by itself.

``digest``     what the rules need of one plan, made once from its reading, small enough to keep.
``places``     whose plan it is and which plan a title means.
``context``    many digests with their indexes; no rule compares every plan with every other.
``rules``      one module per subject; ``run`` all chosen rules over all plans.
"""
