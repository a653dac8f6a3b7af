"""Reading a plan document (识读): text as read → blocks → outline → draft with doubts.

``blocks``   what an adapter hands over, one line of the text as read each, and paragraphs mended from
             hard-wrapped lines; every character keeps its line.
``outline``  the tree of headings by scope; every paragraph belongs to exactly one section.
``bundle``   where one file holds several plans, the lines of each.
``extract``  one module per thing sought; each takes the outline and returns items and doubts.
``draft``    all of it put together: ``read_document(lines) -> tuple[DraftPlan, ...]``.
"""
