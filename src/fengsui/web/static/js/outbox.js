// What is done on the phone without a line is kept, shown as not yet sent, and sent when the line is back.
import { say } from "./words.js";

const KEY = "fengsui:outbox";
const read = () => JSON.parse(localStorage.getItem(KEY) ?? "[]");
const write = (items) => localStorage.setItem(KEY, JSON.stringify(items));

function tell() {
  const box = document.getElementById("outbox");
  if (!box) return;
  const count = read().length;
  box.hidden = count === 0;
  box.textContent = say("waiting", { count });
}

const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";

async function post(item) {
  const body = new URLSearchParams(item.fields);
  body.set("csrfmiddlewaretoken", token());
  return fetch(item.url, { method: "POST", body, headers: { "HX-Request": "true", "X-Stay": "1" } });
}

async function flush() {
  for (const item of read()) {
    let answer;
    try {
      answer = await post(item);
    } catch {
      break;
    }
    // Refused or done already: the page says how it stands; keeping it would try for ever.
    if (answer.status < 500) write(read().filter((other) => other.key !== item.key));
    else break;
  }
  tell();
}

async function submit(event) {
  const form = event.target.closest?.("form[data-outbox]");
  if (!form) return;
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(form));
  delete fields.csrfmiddlewaretoken;
  if (event.submitter?.name) fields[event.submitter.name] = event.submitter.value;
  const key = crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random()}`;
  const item = { key, url: form.action, fields: { ...fields, command_id: key } };
  event.submitter?.setAttribute("disabled", "");
  try {
    const answer = await post(item);
    if (answer.status >= 400) {
      document.getElementById("messages").innerHTML = await answer.text();
      document.getElementById("messages").scrollIntoView({ block: "center" });
    } else {
      document.querySelectorAll("[data-live-part]").forEach((part) => window.htmx?.trigger(part, "refresh"));
    }
  } catch {
    write([...read(), item]);
  }
  event.submitter?.removeAttribute("disabled");
  tell();
}

export function startOutbox() {
  document.addEventListener("submit", submit);
  window.addEventListener("online", flush);
  setInterval(() => { if (read().length && navigator.onLine) flush(); }, 5000);
  tell();
  if (read().length) flush();
}
