// A file that is too big or of a strange kind is refused before it travels.
import { say } from "./words.js";

const KINDS = ["docx", "doc", "wps", "pdf", "txt", "md", "html", "htm"];

export function startUpload() {
  const form = document.querySelector("form[data-upload]");
  if (!form) return;
  const input = form.querySelector("input[type=file]");
  const problem = document.getElementById("file-problem");
  input.addEventListener("change", () => {
    const file = input.files[0];
    const limit = Number(form.dataset.limit);
    const kind = file?.name.split(".").pop()?.toLowerCase() ?? "";
    let text = "";
    if (file && file.size > limit * 1024 * 1024) text = say("tooBig", { limit });
    else if (file && !KINDS.includes(kind)) text = say("wrongKind", { kind });
    problem.textContent = text;
    problem.hidden = !text;
    if (text) input.value = "";
  });
}
