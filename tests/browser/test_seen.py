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
        ("documents", "/incidents/{incident}/documents"),
        ("sealed", "/people/sealed"),
        ("scene-paper", "/paper?of=/incidents/{incident}/scene"),
        ("statement-paper", "/paper?of=/incidents/{incident}/release/new"),
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
        ("waits", "/channels/waits"),
        ("contacts", "/people/contacts"),
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


POST = """async ([address, pairs]) => {
  const token = document.querySelector('[name=csrfmiddlewaretoken]').value;
  const form = new URLSearchParams([['csrfmiddlewaretoken', token], ...pairs]);
  const answer = await fetch(address, {method: 'POST', body: form});
  return [answer.status, new URL(answer.url).pathname];
}"""


def _posted(page, address: str, *pairs: tuple[str, str]) -> str:
    """Send a form as the page would; where it leads."""
    status, path = page.evaluate(POST, [address, [list(pair) for pair in pairs]])
    assert status == 200, (address, status)
    return str(path)


@pytest.fixture
def decided(open_page: Callable) -> dict[str, str]:
    """A proposal, a consultation with what was said, a statement that waits, matters given to a unit."""
    page = open_page("duty-main")
    here = _places(page, "duty-main")
    room = f"/incidents/{here['incident']}"
    page.goto(f"{room}/propose")
    choices = page.locator('[name="choice"]:not([disabled])')
    if choices.count():  # else one waits from before
        choice = choices.last.get_attribute("value")
        _posted(page, f"{room}/propose", ("choice", choice), ("reason", "伤亡增加"))
    asked = (("topic", "是否提级"), ("post", "fire-chief"), ("body", "省矿山救援总队"))
    consultation = _posted(page, f"{room}/consultations", *asked)
    _posted(page, consultation, ("asked", "a1"), ("stance", "agree"), ("text", "水位上涨"))
    written = (("kind", "first"), ("title", "情况通报"), ("text", "正在救援。"))
    _posted(page, f"{room}/release/new", *written)
    given = (("text", "安置返家"), ("owner", "州消防救援支队"), ("due", "2099-01-01T18:00"))
    _posted(page, f"{room}/aftermath/matters", *given)
    page.goto(f"{room}/release")
    statement = page.locator("article.statement").first.get_attribute("id")
    return {
        "approvals": "/approvals",
        "consultation": consultation,
        "minutes": f"{consultation}/minutes",
        "statement-approval": f"{room}/release/{statement}/approve",
        "release": f"{room}/release",
        "aftermath": f"{room}/aftermath",
        "tasks": "/tasks",
    }


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_a_decision_fit_and_have_no_serious_fault(
    open_page: Callable, decided: dict[str, str], width: str
) -> None:
    wide, high = WIDTHS[width]
    found: list[str] = []
    page = open_page("vice-safety", width=wide, height=high, phone=width == "phone")
    page.goto("/approvals")
    for number, href in enumerate(
        {link.get_attribute("href") for link in page.locator('main a[href^="/approvals/"]').all()}
    ):
        found += _looked_at(page, f"approval-{number}", href, width)
    for name, address in decided.items():
        found += _looked_at(page, name, address, width)
    liaison = open_page("fire-liaison", width=wide, height=high, phone=width == "phone")
    found += _looked_at(liaison, "tasks-with-matters", "/tasks", width)
    assert not found, "\n".join(found)


def _looked_at(page, name: str, address: str, width: str) -> list[str]:
    """What is wrong with a page to the eye and to a screen reader."""
    answer = page.goto(address)
    if answer is None or answer.status != 200:
        return [f"{name}: {answer.status if answer else 'no answer'}"]
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if SHOTS:
        (SHOTS / f"{name}-{width}.png").write_bytes(page.screenshot())
    wide = [f"{name}: {beyond} px beyond the edge"] if beyond > 0 else []
    return wide + [f"{name}: {fault}" for fault in faults_of(page)]


ENGLISH = {
    "duty-main": (
        *("/desk", "/calls/new", "/calls", "/wall", "/incidents/{incident}", "/notices"),
        *("/incidents/{incident}?tab=reports", "/incidents/{incident}/release"),
        *("/incidents/{incident}/aftermath", "/incidents/{incident}/review"),
    ),
    "emb-director": (
        *("/incidents/{incident}/board", "/incidents/{incident}/scene", "/incidents/{incident}/command"),
        *("/approvals", "/tasks", "/people/sealed", "/incidents/{incident}/documents"),
    ),
}


@pytest.mark.parametrize("account", ENGLISH)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_main_screens_hold_english_words_as_well(open_page: Callable, account: str, width: str) -> None:
    wide, high = WIDTHS[width]
    page = open_page(account, width=wide, height=high, phone=width == "phone")
    here = _places(page, account)
    page.locator('form[action="/language"] button, a[href^="/language"]').first.click()
    page.wait_for_selector('html[lang="en"]')
    found: list[str] = []
    for address in ENGLISH[account]:
        page.goto(address.format(**here))
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if beyond > 0:
            found.append(f"{address}: {beyond} px beyond the edge")
        if width == "desk" and page.locator(".topbar").count():
            bar = page.evaluate(
                "[document.querySelector('.next-deadlines'), document.querySelector('.whoami')]"
                ".map((one) => one && one.getBoundingClientRect())"
            )
            if bar[0] and bar[1] and bar[0]["right"] > bar[1]["left"] + 1:
                found.append(f"{address}: the deadlines run into the name")
    assert not found, "\n".join(found)
