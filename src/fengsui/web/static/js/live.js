// What the server says: its time, that something changed, that the line is gone.
import { setServerTime, serverNow } from "./clock.js";
import { say } from "./words.js";

const banner = () => document.getElementById("net");
let lost = false;
let sources = [];

function show(name) {
  const element = banner();
  if (!element) return;
  const zone = document.body.dataset.zone || undefined;
  const at = new Date(serverNow()).toLocaleTimeString("zh-CN", { hour12: false, timeZone: zone });
  element.textContent = say(name, { at });
  element.hidden = false;
}

function back() {
  if (!lost) return;
  lost = false;
  if (banner()) banner().hidden = true;
  // What was missed while the line was gone.
  document.querySelectorAll("[data-live-part]").forEach((part) => window.htmx?.trigger(part, "refresh"));
}

export function startLive() {
  document.body.addEventListener("htmx:sseOpen", back);
  document.body.addEventListener("htmx:sseError", () => {
    if (!lost) show("lineLost");
    lost = true;
  });
  document.body.addEventListener("htmx:sseBeforeMessage", (event) => {
    if (event.detail.type === "time") setServerTime(Number(event.detail.data));
  });
  // The extension hands on only the events an element asks for; time is taken from the source itself.
  const create = window.htmx && window.htmx.createEventSource;
  if (create) {
    window.htmx.createEventSource = (url) => {
      const source = create(url);
      sources = [...sources.filter((one) => one.readyState !== EventSource.CLOSED), source];
      source.addEventListener("time", (event) => setServerTime(Number(event.data)));
      source.addEventListener("signed-out", () => location.reload());
      return source;
    };
  }
  // A browser holds six lines to one server: a page out of sight for a minute gives its own back.
  let resting = 0;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(resting);
    if (document.hidden) {
      resting = setTimeout(() => sources.forEach((source) => source.close()), 60000);
    } else {
      sources.filter((source) => source.readyState === EventSource.CLOSED)
        .forEach((source) => source.dispatchEvent(new Event("error")));
    }
  });
  window.addEventListener("offline", () => { lost = true; show("lineLost"); });
  window.addEventListener("online", back);
  document.body.addEventListener("htmx:sendError", () => show("notSent"));
  // A part being typed into is not replaced under the fingers.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const target = event.detail.target;
    if (target?.matches?.("[data-live-part]") && target.contains(document.activeElement)
        && document.activeElement.matches("input, textarea, select")) {
      event.detail.shouldSwap = false;
    }
  });
}
