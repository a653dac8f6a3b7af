// Review by keys: j and k move, Enter accepts, e opens the form, x rejects.
const entries = () => [...document.querySelectorAll("[data-review-item]")];
let at = null;

function select(entry) {
  if (!entry) return;
  document.querySelectorAll("[data-review-item].current").forEach((e) => e.classList.remove("current"));
  entry.classList.add("current");
  at = entry.id;
  entry.scrollIntoView({ block: "center" });
  entry.focus({ preventScroll: true });
  entry.dispatchEvent(new CustomEvent("review:current", { bubbles: true, detail: entry.dataset.toLine }));
}

const current = () => (at ? document.getElementById(at) : null);

function move(step) {
  const all = entries();
  const index = all.indexOf(current());
  select(all[Math.min(all.length - 1, Math.max(0, index + step))] ?? all[0]);
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.matches("input, textarea, select, button, a, summary")) return;
  const entry = current();
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (!entry) return;
  else if (event.key === "Enter") entry.querySelector('[data-key="Enter"]')?.click();
  else if (event.key === "x") entry.querySelector('[data-key="x"]')?.click();
  else if (event.key === "e") {
    const form = entry.querySelector('details[data-key="e"]');
    if (form) { form.open = true; form.querySelector("input:not([type=hidden]), textarea, select, summary")?.focus(); }
  } else return;
  event.preventDefault();
}

export function startReview() {
  if (!document.querySelector("[data-review]")) return;
  document.addEventListener("keydown", press);
  document.addEventListener("click", (event) => {
    const entry = event.target.closest("[data-review-item]");
    if (entry && !event.target.closest("button, a, input, select, textarea, summary")) select(entry);
  });
  // Every answer raises the revision: all forms on the page must carry the new one.
  document.body.addEventListener("htmx:oobAfterSwap", (event) => {
    const revision = document.getElementById("review-progress")?.dataset.revision;
    document.querySelectorAll("input.revision").forEach((input) => { input.value = revision; });
    const changed = event.detail.target?.id ?? "";
    if (changed.startsWith("e-") && changed === at) {
      const all = entries();
      const next = all.slice(all.indexOf(current()) + 1).find((e) => !e.classList.contains("settled"));
      select(next ?? current());
    }
  });
}
