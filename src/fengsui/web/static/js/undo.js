// A wrong tap may be taken back for a minute: the button counts down by the server's time and then goes.
import { serverNow } from "./clock.js";

function tick() {
  document.querySelectorAll("button[data-until]").forEach((button) => {
    const left = Math.ceil((Number(button.dataset.until) - serverNow()) / 1000);
    if (left <= 0) (button.closest("form") ?? button).remove();
    else button.textContent = button.dataset.count.replace("{n}", left);
  });
}

export function startUndo() {
  tick();
  setInterval(tick, 1000);
  document.body.addEventListener("htmx:afterSettle", tick);
  if ("serviceWorker" in navigator && document.getElementById("outbox")) {
    navigator.serviceWorker.register("/sw.js").catch(() => {});
  }
  // Whoever signs out leaves no tasks behind on the phone; what is not sent yet stays for its sender.
  document.addEventListener("submit", (event) => {
    if (event.target.matches?.('form[action="/logout"]')) window.caches?.delete("fengsui-tasks");
  });
}
