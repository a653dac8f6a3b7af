// Countdowns by the server's time: green, amber from half, red from four fifths, overdue in words.
import { say } from "./words.js";

let offset = 0;

export const serverNow = () => Date.now() + offset;

export function setServerTime(milliseconds) {
  if (Number.isFinite(milliseconds)) offset = milliseconds - Date.now();
}

const two = (n) => String(n).padStart(2, "0");

export function span(milliseconds) {
  const seconds = Math.max(0, Math.floor(Math.abs(milliseconds) / 1000));
  const days = Math.floor(seconds / 86400);
  const clock = `${two(Math.floor((seconds % 86400) / 3600))}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return days ? say("days", { days, clock }) : clock;
}

function paint(element, now) {
  const due = Number(element.dataset.due);
  const start = Number(element.dataset.start || NaN);
  const left = due - now;
  // Where the start is not known, the last half hour and the last ten minutes count.
  const known = Number.isFinite(start) && due > start;
  const used = known ? (now - start) / (due - start) : left <= 600000 ? 0.8 : left <= 1800000 ? 0.5 : 0;
  const state = left <= 0 ? "over" : used >= 0.8 ? "late" : used >= 0.5 ? "half" : "calm";
  if (element.dataset.state !== state) element.dataset.state = state;
  const text = left <= 0 ? say("overdue", { span: span(left) }) : span(left);
  if (element.textContent !== text) element.textContent = text;
}

function tick() {
  const now = serverNow();
  document.querySelectorAll(".clock[data-due]").forEach((element) => paint(element, now));
  document.querySelectorAll(".since[data-from]").forEach((element) => {
    element.textContent = span(now - Number(element.dataset.from));
  });
  const zone = document.body.dataset.zone || undefined;
  document.querySelectorAll("[data-server-clock]").forEach((element) => {
    element.textContent = new Date(now).toLocaleTimeString("zh-CN", { hour12: false, timeZone: zone });
  });
}

export function startClocks() {
  setServerTime(Number(document.body.dataset.now));
  tick();
  setInterval(tick, 1000);
  document.body.addEventListener("htmx:afterSettle", tick);
}
