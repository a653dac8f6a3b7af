// Files that are too big or of a strange kind are refused before they travel. One file goes with the form;
// several, or a folder, go one by one, so that none waits for another and what arrived stays.
import { say } from "./words.js";

const KINDS = ["docx", "doc", "wps", "pdf", "txt", "md", "html", "htm", "zip"];
const AT_ONCE = 2;

const kindOf = (file) => file.name.split(".").pop()?.toLowerCase() ?? "";
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");

function problemOf(files, limit) {
  const big = files.find((file) => file.size > limit * 1024 * 1024);
  if (big) return say("tooBig", { limit });
  // In a folder, other files lie about: each gets its own result.
  if (files.length === 1 && !KINDS.includes(kindOf(files[0]))) return say("wrongKind", { kind: kindOf(files[0]) });
  return "";
}

export function startUpload() {
  const form = document.querySelector("form[data-upload]");
  if (!form) return;
  const inputs = [...form.querySelectorAll("input[type=file]")];
  const problem = document.getElementById("file-problem");
  const chosen = document.getElementById("file-chosen");
  let dropped = [];

  const files = () => [...dropped, ...inputs.flatMap((input) => [...input.files])];
  const look = () => {
    const text = problemOf(files(), Number(form.dataset.limit));
    problem.textContent = text;
    problem.hidden = !text;
    if (text) {
      for (const input of inputs) input.value = "";
      dropped = [];
    }
    chosen.textContent = fill(chosen.dataset.words, { n: files().length });
    chosen.hidden = files().length < 2 && !dropped.length;
  };
  for (const input of inputs) input.addEventListener("change", look);

  const zone = form.querySelector("[data-drop]");
  for (const name of ["dragover", "dragleave", "drop"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.toggle("over", name === "dragover");
      if (name !== "drop") return;
      dropped = [...event.dataTransfer.files];
      look();
    });
  }

  form.addEventListener("submit", (event) => {
    const all = files();
    if (!problem.hidden && !all.length) event.preventDefault();
    if (all.length < 2 && !dropped.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    send(form, all).catch((error) => {
      problem.textContent = error.message;
      problem.hidden = false;
      form.querySelector("button").disabled = false;
    });
  }, true);
}

async function post(address, data, token) {
  const answer = await fetch(address, {
    method: "POST",
    body: data,
    headers: { "X-CSRFToken": token, "HX-Request": "true" },
  });
  if (answer.ok) return answer;
  const told = new DOMParser().parseFromString(await answer.text(), "text/html");
  throw new Error(told.querySelector(".notice p")?.textContent?.trim() || say("lineLost"));
}

async function send(form, all) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const progress = document.getElementById("upload-progress");
  const [bar, words] = [progress.querySelector("progress"), progress.querySelector("p")];
  form.querySelector("button").disabled = true;
  const purpose = new FormData();
  for (const name of ["kind", "jurisdiction", "hazards"]) purpose.set(name, form.elements[name].value);
  const folder = all[0].webkitRelativePath?.split("/")[0] ?? "";
  purpose.set("source", all.length === 1 ? all[0].name : folder);
  const batch = await (await post(form.dataset.start, purpose, token)).json();
  progress.hidden = false;
  bar.max = all.length;
  let done = 0;
  const waiting = [...all];
  const work = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      const data = new FormData();
      data.set("file", file);
      data.set("name", file.webkitRelativePath?.split("/").slice(1).join("/") || file.name);
      await post(batch.files, data, token);
      done += 1;
      bar.value = done;
      words.textContent = fill(words.dataset.words, { done, all: all.length });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  location.assign(batch.page);
}
