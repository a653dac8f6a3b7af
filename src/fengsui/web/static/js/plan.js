// The text and what was read stand side by side: a click on either shows the other.
function light(line, scroll) {
  document.querySelectorAll(".lit").forEach((e) => e.classList.remove("lit"));
  const source = document.getElementById(`L${line}`);
  source?.classList.add("lit");
  if (scroll && source) {
    const box = source.closest(".scroll");
    if (box) box.scrollTop = source.offsetTop - box.offsetTop - box.clientHeight / 3;
  }
}

function showItems(line) {
  const item = document.querySelector(`[data-item-line="${line}"], [data-review-item][data-to-line="${line}"]`);
  if (!item) return;
  const panel = item.closest("[class^='tab-']");
  if (panel) document.getElementById(panel.className.split(" ")[0])?.click();
  document.querySelectorAll(`[data-item-line="${line}"]`).forEach((e) => e.classList.add("lit"));
  item.scrollIntoView({ block: "center" });
}

export function startPlanPage() {
  const page = document.querySelector("[data-plan-page]");
  if (!page) return;
  page.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-to-line]");
    if (button) light(button.dataset.toLine, true);
    const source = event.target.closest(".source-text p.has-items");
    if (source) { light(source.dataset.line, false); showItems(source.dataset.line); }
  });
  page.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(".source-text p.has-items")) event.target.click();
  });
  page.addEventListener("review:current", (event) => light(event.detail, true));
  if (/^#L\d+$/.test(location.hash)) light(location.hash.slice(2), true);
}
