// Review by keys: everything a hand can do with the mouse, and the focus always where one looks.
import { openHelp } from "./dialog.js";

const entries = () => [...document.querySelectorAll("[data-review-item]")];
let at = null;

function select(entry, focus = true) {
  if (!entry) return;
  document.querySelectorAll("[data-review-item].current").forEach((e) => e.classList.remove("current"));
  entry.classList.add("current");
  at = entry.id;
  if (focus) entry.focus({ preventScroll: true });
  const place = document.querySelector("[data-place]");
  if (place) place.textContent = `${entries().indexOf(entry) + 1} / ${entries().length}`;
  entry.scrollIntoView({ block: "nearest" });
  const detail = { id: entry.dataset.reviewItem, line: entry.dataset.toLine };
  entry.dispatchEvent(new CustomEvent("review:current", { bubbles: true, detail }));
}

const current = () => (at ? document.getElementById(at) : null);

function turn(rel) {
  const link = document.querySelector(`.pager a[rel="${rel}"]`);
  if (link) location.assign(link.href);
}

function move(step) {
  const all = entries();
  const index = all.indexOf(current()) + step;
  if (index >= all.length) { turn("next"); return; }
  if (index < 0 && at) { turn("prev"); return; }
  select(all[Math.max(0, index)]);
}

function press(key) {
  const button = current()?.querySelector(`[data-key="${key}"]`);
  if (button) button.click();
  return Boolean(button);
}

function lineOf(node) {
  const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  return element?.closest?.(".source-text p")?.dataset.line;
}

// A new item rests on the words selected in the text, else on the line of the entry being looked at.
let picked = null;

function remember() {
  const chosen = getSelection();
  const line = chosen && !chosen.isCollapsed ? lineOf(chosen.getRangeAt(0).startContainer) : null;
  if (line) picked = { line, quote: String(chosen).trim() };
  else if (chosen && lineOf(chosen.anchorNode)) picked = { line: lineOf(chosen.anchorNode), quote: "" };
}

function add(page) {
  const entry = current();
  const place = picked ?? (entry ? { line: entry.dataset.toLine, quote: entry.querySelector("blockquote")?.textContent ?? "" } : {});
  const query = new URLSearchParams({ line: place.line ?? "", quote: place.quote ?? "" });
  document.getElementById("pane-read")?.click();
  window.htmx.ajax("GET", `${page.dataset.add}?${query}`, { target: "#adding", swap: "innerHTML" });
}

function goto(show) {
  location.assign(`${location.pathname}?show=${show}`);
}

function keys(event, page) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const key = event.key;
  if (key === "Escape") { cancel(event.target); return; }
  if (event.target.matches("input, textarea, select")) return;
  const onButton = event.target.matches("button, a, summary");
  let done = true;
  if (key === "j") move(1);
  else if (key === "k") move(-1);
  else if (key === "a" && page.dataset.add) add(page);
  else if (key === "d" && page.dataset.show) goto(page.dataset.show === "doubts" ? "all" : "doubts");
  else if (key === "o") oneByOne();
  else if (key === "/") document.querySelector("[data-filter]")?.focus();
  else if (key === "?") openHelp();
  else if (key === "Enter" && !onButton) done = press("Enter");
  else if (["x", "e", "u"].includes(key)) done = press(key);
  else done = false;
  if (done) { event.preventDefault(); event.stopImmediatePropagation(); }
}

function cancel(target) {
  const form = target.closest?.(".lazy, #adding");
  if (form) form.replaceChildren();
  else if (target.matches("input, textarea, select")) target.blur();
  current()?.focus({ preventScroll: true });
}

function oneByOne() {
  const button = document.querySelector("[data-one]");
  if (!button) return;
  const on = document.getElementById("entries")?.classList.toggle("one");
  button.setAttribute("aria-pressed", String(on));
  select(current() ?? entries()[0]);
}

// A row is added by copying the last one, emptied, under the next number.
function copyOf(part, from, to) {
  const copy = part.cloneNode(true);
  copy.querySelectorAll("[name]").forEach((field) => {
    field.name = field.name.replace(from, to);
    if (field.tagName !== "SELECT") field.value = "";
  });
  copy.querySelectorAll(".field-fault").forEach((e) => e.remove());
  return copy;
}

function addRow(group) {
  const rows = [...group.querySelectorAll(".criterion-row")];
  const last = rows.findLast((row) => row.querySelector('[name$=".fact"]')) ?? document.querySelector(".criterion-row:has([name$='.fact'])");
  if (!last) return;
  const number = Math.max(-1, ...rows.map((row) => Number(row.dataset.row.split(".")[2]))) + 1;
  const name = `${group.dataset.group}.${number}`;
  const copy = copyOf(last, last.dataset.row, name);
  copy.dataset.row = name;
  rows.at(-1).after(copy);
  copy.querySelector("input:not([type=hidden])")?.focus();
}

function addGroup(fieldset) {
  const groups = [...fieldset.querySelectorAll("[data-group]")];
  const last = groups.findLast((group) => group.querySelector('[name$=".fact"]'));
  if (!last) return;
  const name = `c.${Math.max(...groups.map((group) => Number(group.dataset.group.split(".")[1]))) + 1}`;
  const copy = copyOf(last, last.dataset.group, name);
  copy.dataset.group = name;
  [...copy.querySelectorAll(".criterion-row")].forEach((row, place) => {
    if (place) row.remove();
    else row.dataset.row = row.dataset.row.replace(last.dataset.group, name);
  });
  groups.at(-1).after(copy);
  copy.querySelector(".fact-cell input")?.focus();
}

function clicked(event, page) {
  const target = event.target;
  if (target.closest("[data-add-here]")) { add(page); return; }
  if (target.closest("[data-one]")) { oneByOne(); return; }
  const step = target.closest("[data-step]");
  if (step) { move(Number(step.dataset.step)); return; }
  if (target.closest("[data-clear]")) { cancel(target); return; }
  const row = target.closest("[data-add-row]");
  if (row) { addRow(row.closest("[data-group]")); return; }
  const group = target.closest("[data-add-group]");
  if (group) { addGroup(group.closest("[data-rows]")); return; }
  const entry = target.closest("[data-review-item]");
  if (entry && !target.closest("input, select, textarea")) select(entry, !target.closest("button, a, summary"));
}

function answered(event) {
  const changed = event.target.id ?? "";
  if (changed === "review-progress") {
    const revision = event.target.dataset.revision;
    document.querySelectorAll("input.revision").forEach((input) => { input.value = revision; });
  }
  if (changed.startsWith("e-")) goOn(changed);
}

function goOn(changed) {
  if (changed !== at) return;
  const now = current();
  if (now?.querySelector(".notice-error")) { select(now); return; }
  const all = entries();
  const next = now?.classList.contains("settled")
    ? all.slice(all.indexOf(now) + 1).find((e) => !e.classList.contains("settled"))
    : null;
  select(next ?? now);
}

// A form that was opened takes the focus to its first field, or to the first that has a fault.
function opened(event) {
  const place = event.detail.target;
  const form = place?.matches?.(".item-form") ? document.querySelector(".item-form") : place;
  if (!form?.matches?.(".lazy, #adding, .item-form")) return;
  const first = form.querySelector("[aria-invalid], .field-fault") ?? form;
  const field = first.matches?.("[aria-invalid]") ? first : form.querySelector("select:not([name='f.kind']), input:not([type=hidden]), textarea, button:not([data-clear])");
  form.scrollIntoView({ block: "nearest" });
  field?.focus();
}

export function startReview() {
  const page = document.querySelector("[data-review]");
  if (!page) return;
  // Before the keys of all pages: a, / and ? mean something else here.
  document.addEventListener("keydown", (event) => keys(event, page), true);
  document.addEventListener("selectionchange", remember);
  page.addEventListener("click", (event) => clicked(event, page));
  page.addEventListener("review:choose", (event) => select(event.target));
  // Not before the swap has settled: until then a new entry bears the classes of the old one.
  document.body.addEventListener("htmx:afterSettle", answered);
  document.body.addEventListener("htmx:afterSwap", opened);
  const wanted = document.querySelector("[data-wanted]")?.dataset.wanted;
  const first = (wanted && document.getElementById(`e-${wanted}`)) || entries().find((e) => !e.classList.contains("settled")) || entries()[0];
  if (first) select(first, Boolean(wanted));
}
