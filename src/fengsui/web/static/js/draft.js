// A form that saves as it is typed: state beside it, kept in the browser too while the line is gone.
import { serverNow } from "./clock.js";
import { say } from "./words.js";

const PAUSE = 600;

function attach(form) {
  const state = document.getElementById(form.dataset.draftState);
  const key = `fengsui:draft:${form.dataset.draft}`;
  let timer = 0;
  let waiting = 0;
  const fields = () => [...form.elements].filter((e) => e.name && e.type !== "hidden");
  const kept = localStorage.getItem(key);
  if (kept) {
    const data = JSON.parse(kept);
    // What could not be sent is newer than what the server shows; elsewhere it only fills what is empty.
    const wins = form.dataset.draftWins !== undefined;
    fields().forEach((e) => {
      if (!(e.name in data)) return;
      if (e.type === "checkbox" || e.type === "radio") { if (wins) e.checked = [data[e.name]].flat().includes(e.value); }
      else if (wins || (data[e.name] && !e.value)) e.value = data[e.name];
    });
  }
  const tell = (name) => {
    const zone = document.body.dataset.zone || undefined;
    const at = new Date(serverNow()).toLocaleTimeString("zh-CN", { hour12: false, timeZone: zone });
    if (state) state.textContent = say(name, { at, count: waiting });
  };
  const save = async () => {
    const ticked = (e) => (e.type === "checkbox" || e.type === "radio" ? e.checked : true);
    const data = Object.fromEntries(fields().filter((e) => e.type === "checkbox").map((e) => [e.name, []]));
    fields().filter(ticked).forEach((e) => { data[e.name] = e.type === "checkbox" ? [...data[e.name], e.value] : e.value; });
    localStorage.setItem(key, JSON.stringify(data));
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form) });
      if (!answer.ok) throw new Error(String(answer.status));
      waiting = 0;
      localStorage.removeItem(key);
      tell("saved");
    } catch {
      tell("unsent");
      timer = setTimeout(save, 5000);
    }
  };
  form.addEventListener("input", () => {
    waiting += 1;
    tell("saving");
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => { clearTimeout(timer); localStorage.removeItem(key); });
}

export function startDrafts() {
  document.querySelectorAll("form[data-draft]").forEach(attach);
}
