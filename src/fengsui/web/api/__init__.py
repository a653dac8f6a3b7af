"""The JSON API: what the screens can do, for other programs, on the same use cases.

Conventions, the same in every module of this package:

- Addresses below ``/api/v1``. Each module declares a ``Router``; ``routers.py`` lists them. OpenAPI at
  ``/api/v1/openapi.json``.
- Sign-in: ``Authorization: Bearer KEY`` (made by ``fengsui key make``), or the session of a browser with its
  form token. ``X-Post`` names the post to act for where the account holds several.
- A command is a POST; ``Idempotency-Key`` makes sending it twice harmless. It answers with ``Done``.
- Bodies are classes of ``ninja.Schema``; a field not known is refused, so that a slip of the pen shows.
- A known failure is ``{"error": {"code", "message", "clause"?, "allowed"?}}`` with 403 (a rule says no), 404,
  409 (somebody was first), 422 (mend the input) or 503; ``Accept-Language: en`` asks for English words.
"""
