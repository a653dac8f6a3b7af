// Small manners of forms: a second press confirms, a done form is emptied, a message is brought into sight.
function confirmTwice(event) {
  const button = event.target.closest("[data-confirm]");
  if (!button || button.dataset.sure) return;
  event.preventDefault();
  event.stopPropagation();
  const before = button.textContent;
  button.dataset.sure = "yes";
  button.textContent = button.dataset.confirm;
  setTimeout(() => { delete button.dataset.sure; button.textContent = before; }, 5000);
}

function note(text) {
  const box = document.getElementById("messages");
  if (!box) return;
  const line = document.createElement("div");
  line.className = "notice notice-done";
  line.setAttribute("role", "status");
  line.textContent = text;
  box.replaceChildren(line);
  setTimeout(() => line.remove(), 6000);
}

// Ctrl+Enter saves a quick form by its first button, from whatever field one is in.
function quick(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest?.("form[data-quick]");
  const button = form && [...form.querySelectorAll("button")].find((e) => e.matches(".btn-primary"));
  if (!button) return;
  event.preventDefault();
  button.click();
}

export function startForms() {
  document.addEventListener("keydown", quick);
  document.addEventListener("click", confirmTwice, true);
  document.body.addEventListener("fengsui:done", (event) => note(event.detail.text));
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("form[data-clear]");
    if (!form || !event.detail.successful) return;
    form.querySelectorAll("input:not([type=hidden]):not([type=radio]):not([data-keep]), textarea").forEach((e) => { e.value = ""; });
    form.querySelectorAll("[data-manner]").forEach((e) => { e.value = "known"; e.dispatchEvent(new Event("change", { bubbles: true })); });
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id === "messages") {
      event.detail.target.scrollIntoView({ block: "center" });
      event.detail.target.querySelector("[tabindex]")?.focus();
    }
  });
  document.querySelectorAll("[data-print]").forEach((e) => e.addEventListener("click", () => window.print()));
}
