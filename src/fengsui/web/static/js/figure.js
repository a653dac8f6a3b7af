// A figure is known, at least, about or unknown: choosing "unknown" empties and closes the number.
function match(select) {
  const input = select.parentElement.querySelector("input");
  if (!input) return;
  const unknown = select.value === "unknown";
  const upper = select.parentElement.querySelector("[data-upper]");
  if (upper) upper.hidden = select.value !== "range";
  if (unknown) input.value = "";
}

function chooseFact(select) {
  const option = select.selectedOptions[0];
  const form = select.form;
  const isFigure = option?.dataset.unit !== "";
  form.querySelectorAll("[data-if-figure]").forEach((e) => { e.hidden = !isFigure; });
  form.querySelectorAll("[data-if-yesno]").forEach((e) => { e.hidden = isFigure; });
  const unit = form.querySelector("[data-unit-label]");
  if (unit) unit.textContent = option?.dataset.unitWord ?? "";
}

export function startFigures() {
  const sweep = () => {
    document.querySelectorAll("[data-manner]").forEach(match);
    document.querySelectorAll("[data-choose-fact]").forEach(chooseFact);
  };
  sweep();
  document.body.addEventListener("htmx:afterSettle", sweep);
  document.body.addEventListener("change", (event) => {
    if (event.target.matches("[data-manner]")) match(event.target);
    if (event.target.matches("[data-choose-fact]")) chooseFact(event.target);
  });
  // Typing a number says it is known: nobody has to open a list first.
  document.body.addEventListener("input", (event) => {
    const select = event.target.parentElement?.querySelector?.("[data-manner]");
    if (select && event.target.matches("input") && event.target.value && select.value === "unknown") select.value = "known";
  });
  document.body.addEventListener("click", (event) => {
    const button = event.target.closest("[data-ask-fact]");
    if (!button) return;
    const select = document.querySelector("[data-choose-fact]");
    if (!select) return;
    select.value = button.dataset.askFact;
    chooseFact(select);
    select.form.querySelector("input:not([type=hidden]):not([hidden])")?.focus();
    select.form.scrollIntoView({ block: "nearest" });
  });
}
