// What is done on the phone without a line is kept (words and photos), shown as not yet sent, and sent in
// order when the line is back. Each carries its own mark, so that sent twice it counts once.
import * as store from "./outbox_store.js";
import { shrink } from "./photos.js";

const box = () => document.getElementById("outbox");
const words = (name, values = {}) =>
  (box()?.dataset[name] ?? "").replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
const mine = (item) => !item.post || item.post === box()?.dataset.post;
const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";

let sending = false;
let ended = false;

function line(item) {
  const row = document.createElement("li");
  const photos = item.files.length ? ` · ${words("photos", { n: item.files.length })}` : "";
  const what = document.createElement("span");
  what.textContent = `${item.what}${photos}${item.problem ? ` · ${words("refused")}：${item.problem}` : ""}`;
  row.append(what);
  if (item.problem) row.append(button("again", () => again(item)));
  row.append(button("drop", () => store.remove(item.key).then(tell)));
  return row;
}

function button(name, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-sm btn-quiet";
  made.textContent = words(name);
  made.addEventListener("click", act);
  return made;
}

async function again(item) {
  await store.put({ ...item, problem: "" });
  flush();
}

async function tell() {
  const place = box();
  if (!place) return;
  const items = (await store.all()).filter(mine);
  place.hidden = items.length === 0;
  const waiting = items.filter((item) => !item.problem).length;
  const head = document.createElement("p");
  head.textContent = ended ? words("signin") : words("waiting", { n: waiting });
  const list = document.createElement("ul");
  list.className = "plain unsent";
  list.append(...items.map(line));
  place.replaceChildren(...(waiting || ended ? [head] : []), list);
}

async function post(item) {
  const body = new FormData();
  item.fields.forEach(([name, value]) => body.append(name, value));
  item.files.forEach(({ name, file, as }) => body.append(name, file, as));
  body.set("command_id", item.key);
  body.set("csrfmiddlewaretoken", token());
  return fetch(item.url, { method: "POST", body, headers: { "HX-Request": "true", "X-Stay": "1" } });
}

// A sign-in that has ended answers with a wish to reload: nothing was taken, nothing may be thrown away.
const signedOut = (answer) => answer.headers.get("HX-Refresh") === "true" || answer.redirected;

async function reason(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return (page.querySelector(".notice")?.textContent ?? page.body.textContent ?? "").trim().slice(0, 200);
}

async function flush() {
  if (sending) return;
  sending = true;
  let sent = 0;
  try {
    for (const item of (await store.all()).filter(mine)) {
      if (item.problem) continue;
      const answer = await post(item);
      ended = signedOut(answer);
      if (ended || answer.status >= 500) break;
      // The form token of an old page: the page knows a new one after a reload, the item stays.
      if (answer.status === 403 && !(answer.headers.get("HX-Retarget"))) break;
      if (answer.status >= 400) await store.put({ ...item, problem: await reason(answer) });
      else { await store.remove(item.key); sent += 1; }
    }
  } catch {
    // Still no line: everything stays.
  }
  sending = false;
  await tell();
  if (sent) refresh();
}

function refresh() {
  document.querySelectorAll("[data-live-part]").forEach((part) => window.htmx?.trigger(part, "refresh"));
}

async function itemOf(form, submitter) {
  const data = new FormData(form);
  if (submitter?.name) data.set(submitter.name, submitter.value);
  const fields = [];
  const files = [];
  for (const [name, value] of data.entries()) {
    if (value instanceof File) {
      if (value.size) files.push(await shrink(name, value));
    } else if (name !== "csrfmiddlewaretoken" && name !== "command_id" && value !== "") fields.push([name, value]);
  }
  const key = crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random()}`;
  const post = box()?.dataset.post ?? "";
  const what = form.dataset.what ?? submitter?.textContent.trim() ?? "";
  return { key, at: Date.now(), url: form.action, fields, files, what, post, problem: "" };
}

async function submit(event) {
  const form = event.target.closest?.("form[data-outbox]");
  if (!form) return;
  event.preventDefault();
  const { submitter } = event;
  submitter?.setAttribute("disabled", "");
  try {
    const item = await itemOf(form, submitter);
    try {
      await store.put(item); // kept before it is tried: a phone that dies in between loses nothing
    } catch {
      document.getElementById("messages").textContent = words("full");
      return;
    }
    form.closest("details")?.removeAttribute("open");
    await flush();
    const kept = (await store.all()).find((other) => other.key === item.key);
    if (kept?.problem) box()?.scrollIntoView({ block: "center" });
    else form.reset();
  } finally {
    submitter?.removeAttribute("disabled");
  }
}

export function startOutbox() {
  document.addEventListener("submit", submit);
  window.addEventListener("online", flush);
  setInterval(async () => {
    if (navigator.onLine && box() && (await store.all()).some((item) => !item.problem)) flush();
  }, 5000);
  tell();
  if (box()) flush();
}
