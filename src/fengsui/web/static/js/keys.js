// The keyboard: n, /, g d, g i, g t, g p, a, ?; letters typed into a field stay letters.
import { openHelp } from "./dialog.js";

const typing = (element) => element.matches("input, textarea, select, [contenteditable]");
let afterG = 0;

function go(name) {
  const link = document.querySelector(`[data-go="${name}"]`);
  if (link) link.click();
}

const PLACES = { d: "desk", i: "incidents", t: "tasks", p: "plans", a: "approvals", l: "log" };

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const key = event.key;
  if (Date.now() - afterG < 1500 && PLACES[key]) {
    afterG = 0;
    event.preventDefault();
    go(PLACES[key]);
    return;
  }
  afterG = key === "g" ? Date.now() : 0;
  if (document.querySelector("dialog[open]")) return;
  const own = /^[0-9a-z]$/.test(key) ? document.querySelector(`[data-key="${key}"]`) : null;
  if (own) { event.preventDefault(); own.click(); return; }
  if (key === "n") { event.preventDefault(); go("new-call"); }
  else if (key === "/") {
    // The search of the page itself, else the one of the top bar; where that is hidden, the page of search.
    const box = document.querySelector("[data-search]") ?? document.querySelector("[data-find]");
    event.preventDefault();
    if (box?.checkVisibility()) box.focus(); else go("find");
  } else if (key === "a") { event.preventDefault(); go("approve"); }
  else if (key === "?") { event.preventDefault(); openHelp(); }
}

export function startKeys() {
  document.addEventListener("keydown", press);
}
