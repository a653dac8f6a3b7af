"""How much a document may hold to be read at all: every limit of the readers in one place.

A plan has some hundred lines and a file of all plans of a county some ten thousand; what goes beyond these
figures is no plan, or was made to exhaust the machine. ``docs/reading.md`` tells them to users.
"""

MOST_BYTES = 100 * 1024 * 1024
"""Largest file that is read; the longest plans are below a tenth of it, drawings included."""
MOST_LINES = 2_000_000
"""Lines of a text, blank ones included."""
MOST_FULL_LINES = 500_000
"""Lines, paragraphs and cells with words in them."""

MOST_UNPACKED = 200 * 1024 * 1024
"""Bytes all parts of a .docx together may unpack to."""
MOST_RATIO = 150
"""How many times its packed size a part of more than ``RATIO_FROM`` bytes may unpack to."""
RATIO_FROM = 8 * 1024 * 1024
MOST_PARTS = 5000
"""Parts of a .docx."""
DEEPEST_DOCX = 200
"""Nesting of elements of a .docx beyond which it is taken for damaged."""
DEEPEST_HTML = 250
"""Nesting of elements of a web page beyond which it is taken for damaged."""

MOST_PAGES = 2000
"""Pages of a PDF file."""
MOST_GLYPHS = 5_000_000
"""Characters of a PDF file."""
MOST_SHAPES = 4000
"""A page with more drawn lines is a drawing; looking for tables in it takes minutes."""
MOST_UNPACKED_STREAM = 64 * 1024 * 1024
"""Largest stream of a PDF file once unpacked; the text of a page is a thousandth of it."""
MOST_UNPACKED_IMAGE = 400 * 1024 * 1024
MOST_UNPACKED_TOGETHER = 1024 * 1024 * 1024
"""Bytes all streams of a PDF file together may unpack to."""
