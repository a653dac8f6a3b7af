"""Every screen as people see it: at desk and phone width, without a serious fault of access, printed.

``FENGSUI_SHOTS=write`` saves the main screens to docs/images, so that what the readmes show is what there is.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WRITE = os.environ.get("FENGSUI_SHOTS") == "write"
SHOTS = Path(os.environ["FENGSUI_SHOT_DIR"]) if os.environ.get("FENGSUI_SHOT_DIR") else None
"""Where every picture goes, to be looked at."""
WIDTHS = {"desk": (1440, 900), "phone": (390, 844)}

SCREENS: dict[str, tuple[tuple[str, str], ...]] = {
    # account: (name, address); {incident} and {plan} stand for those of the demo prefecture
    "duty-main": (
        ("desk", "/desk"),
        ("new-call", "/calls/new"),
        ("wall", "/wall"),
        ("incidents", "/incidents"),
        ("room", "/incidents/{incident}"),
        ("log", "/incidents/{incident}/log"),
        ("propose", "/incidents/{incident}/propose"),
        ("calls", "/calls"),
        ("call", "/calls/demo-call-5"),
        ("incident-calls", "/incidents/{incident}/calls"),
        ("hand-overs", "/watch/hand-overs"),
        ("hand-over", "/watch/hand-overs/demo-hand-over"),
        ("duty-log", "/watch/log"),
        ("public-report", "/public/report"),
        ("reports", "/incidents/{incident}?tab=reports"),
        ("losses", "/incidents/{incident}/losses"),
        ("received", "/reports/received"),
        ("consultations", "/incidents/{incident}/consultations"),
        ("in-command", "/incidents/{incident}/in-command"),
        ("sensitive", "/incidents/{incident}/sensitive"),
        ("notices", "/incidents/{incident}/notices"),
        ("my-notices", "/notices"),
        ("call-list", "/incidents/{incident}/call-list"),
        ("release", "/incidents/{incident}/release"),
        ("release-new", "/incidents/{incident}/release/new"),
        ("public", "/public"),
        ("aftermath", "/incidents/{incident}/aftermath"),
        ("after-review", "/incidents/{incident}/review"),
        ("cases", "/cases"),
        ("winter", "/cases/winter"),
        ("terminate", "/incidents/{incident}/terminate"),
        ("paper", "/paper?of=/calls/new"),
    ),
    "vice-safety": (("approvals", "/approvals"),),
    "fire-liaison": (("tasks", "/tasks"),),
    "emb-director": (
        ("roster", "/watch/roster"),
        ("roster-import", "/watch/roster/import"),
        ("board", "/incidents/{incident}/board"),
        ("board-by-unit", "/incidents/{incident}/board?by=unit"),
        ("command", "/incidents/{incident}/command"),
        ("scene", "/incidents/{incident}/scene"),
        ("order", "/incidents/{incident}/directives/d1"),
        ("new-order", "/incidents/{incident}/directives/new"),
        ("unit", "/incidents/{incident}/units/fire"),
    ),
    "admin": (
        ("people", "/people"),
        ("post", "/people/posts/duty-main"),
        ("accounts", "/people/accounts"),
        ("person", "/people/persons/duty-main"),
        ("changes", "/people/changes"),
        ("channels", "/channels"),
        ("channel-new", "/channels/new"),
        ("channels-health", "/channels/health"),
        ("ladders", "/channels/ladders"),
        ("second-factor", "/account/second-factor"),
    ),
    "auditor": (("reads", "/people/reads"),),
    "plan-editor": (("library", "/plans"), ("plan", "{plan}"), ("review", "{plan}/review")),
}
KEPT = frozenset(
    {
        "desk",
        "room",
        "wall",
        "tasks",
        "board",
        "reports",
        "plan",
        "review",
        "release",
        "after-review",
        "calls",
    }
)
"""Screens whose pictures stand in docs/images."""
NOT_PRINTED = frozenset({"wall", "public", "public-report"})


@pytest.mark.parametrize("account", SCREENS)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_screen_fits_its_width_and_has_no_serious_fault(
    open_page: Callable, account: str, width: str, tmp_path: Path
) -> None:
    wide, high = WIDTHS[width]
    page = open_page(account, width=wide, height=high, phone=width == "phone")
    here = _places(page, account)
    found: list[str] = []
    for name, address in SCREENS[account]:
        page.goto(address.format(**here))
        if page.locator('script[type="module"]').count():
            page.wait_for_selector("html[data-ready]")
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if beyond > 0:
            found.append(f"{name}: {beyond} px beyond the edge")
        found += [f"{name}: {fault}" for fault in faults_of(page)]
        if width == "desk" and name not in NOT_PRINTED:
            found += [f"{name}: {fault}" for fault in print_faults_of(page)]
        shot = page.screenshot()
        if SHOTS:
            (SHOTS / f"{name}-{width}.png").write_bytes(shot)
        if WRITE and name in KEPT:
            (ROOT / "docs" / "images" / f"{name}-{width}.png").write_bytes(shot)
    assert not found, "\n".join(found)


def _places(page, account: str) -> dict[str, str]:
    here = {"incident": "", "plan": ""}
    if account == "plan-editor":
        page.goto("/plans")
        here["plan"] = page.locator('main a[href^="/plans/"]:has-text("生产安全")').first.get_attribute(
            "href"
        )
    elif account in ("duty-main", "emb-director"):
        page.goto("/incidents")
        link = page.locator("main a", has_text="透水").first.get_attribute("href")
        here["incident"] = link.rsplit("/", 1)[-1].split("?")[0]
    return here


def faults_of(page) -> list[str]:
    """Serious and critical faults of access that axe finds on the page."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed (npm ci)")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{item['id']} ({item['impact']}) at {item['nodes'][0]['target'][0]}"
        for item in found["violations"]
        if item["impact"] in ("serious", "critical")
    ]


def print_faults_of(page) -> list[str]:
    """What a printed page must have and must not: its title and time, and nothing to press."""
    page.emulate_media(media="print")
    lacks = [] if page.locator(".print-only").first.is_visible() else ["no title and time in print"]
    bar = ["the bar is printed"] if page.locator(".topbar").is_visible() else []
    pressed = page.locator("button:visible:not(.cite)").count()  # a clause is told on paper as well
    page.emulate_media(media="screen")
    return [*lacks, *bar, *([f"{pressed} buttons are printed"] if pressed else [])]
