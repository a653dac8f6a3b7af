// The text and what was read stand side by side: whatever is chosen on one side shows on the other.
const named = (root, id) => [...root.querySelectorAll(`[data-at~="${CSS.escape(id)}"]`)];

function clear() {
  document.querySelectorAll(".lit").forEach((e) => e.classList.remove("lit"));
}

function into(box, element) {
  if (!box || box.scrollHeight <= box.clientHeight) { element.scrollIntoView({ block: "center" }); return; }
  box.scrollTop += element.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
}

// The exact words an item rests on; its line where the words were mended in reading.
export function showSource(id, line) {
  clear();
  const text = document.querySelector(".source-text");
  if (!text) return;
  const marks = named(text, id).filter((e) => e.tagName === "MARK");
  const found = marks.length ? marks : [document.getElementById(`L${line}`)].filter(Boolean);
  found.forEach((e) => e.classList.add("lit"));
  if (found[0]) into(text.closest(".scroll") ?? text, found[0]);
}

function itemsOf(ids) {
  return ids.map((id) => document.querySelector(`[data-item="${CSS.escape(id)}"], [data-review-item="${CSS.escape(id)}"]`)).filter(Boolean);
}

// From the text to the items; where they are not on this page, to the page they are on.
function openItems(element, page) {
  const ids = (element.dataset.at ?? "").split(" ").filter(Boolean);
  if (!ids.length) return;
  const found = itemsOf(ids);
  if (!found.length) {
    const here = page.dataset.here ?? location.pathname;
    location.assign(`${here}?${page.dataset.review === undefined ? "" : "show=all&"}at=${encodeURIComponent(ids[0])}`);
    return;
  }
  clear();
  element.classList.add("lit");
  found.forEach((e) => e.classList.add("lit"));
  document.getElementById("pane-read")?.click();
  if (found[0].matches("[data-review-item]")) found[0].dispatchEvent(new CustomEvent("review:choose", { bubbles: true }));
  else found[0].scrollIntoView({ block: "center" });
}

function pressed(event, page) {
  const item = event.target.closest("[data-to-entry]");
  if (item) {
    const entry = item.closest("[data-to-line]") ?? item;
    if (matchMedia("(max-width: 820px)").matches) document.getElementById("pane-source")?.click();
    showSource(item.dataset.toEntry, entry.dataset.toLine);
    return;
  }
  const near = event.target.closest("[data-at-entry]");
  if (near && itemsOf([near.dataset.atEntry]).length) {
    event.preventDefault();
    openItems({ dataset: { at: near.dataset.atEntry }, classList: near.classList }, page);
    return;
  }
  const text = event.target.closest(".source-text");
  if (!text || String(getSelection())) return;
  const place = event.target.closest("mark[data-at]") ?? event.target.closest("p[data-at]");
  if (place) openItems(place, page);
}

export function startPlanPage() {
  const page = document.querySelector("[data-plan-page]");
  if (!page) return;
  page.addEventListener("click", (event) => pressed(event, page));
  page.addEventListener("review:current", (event) => showSource(event.detail.id, event.detail.line));
  const wanted = document.querySelector("[data-wanted]")?.dataset.wanted;
  const item = wanted && itemsOf([wanted])[0];
  if (item) {
    item.classList.add("lit");
    item.scrollIntoView({ block: "center" });
    if (!item.matches("[data-review-item]")) showSource(wanted, item.dataset.toLine);
    item.classList.add("lit");
  } else if (/^#L\d+$/.test(location.hash)) {
    const line = document.getElementById(location.hash.slice(1));
    // On a phone the text is behind its own switch: who came for a line sees the line.
    if (line && matchMedia("(max-width: 820px)").matches) document.getElementById("pane-source")?.click();
    if (line) { line.classList.add("lit"); into(line.closest(".scroll"), line); }
  }
}
