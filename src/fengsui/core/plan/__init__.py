"""A plan (预案): rules with citations. See ``model`` for the whole, the other modules for its parts."""
