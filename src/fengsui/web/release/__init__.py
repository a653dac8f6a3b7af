"""Informing the public: the desk's screens and the page that anybody may read."""
