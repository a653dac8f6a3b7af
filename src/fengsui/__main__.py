"""``python -m fengsui``: the command line, for processes that start others."""

from fengsui.cli import main

raise SystemExit(main())
