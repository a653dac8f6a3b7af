// Words for scripts come with the page, in its language: <template id="words" data-…>.
const source = () => document.getElementById("words")?.dataset ?? {};

export function say(name, values = {}) {
  const text = source()[name] ?? "";
  return text.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}
