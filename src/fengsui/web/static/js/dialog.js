// The clause and the help open over the page, which stays where it is.
export function startDialogs() {
  const sheet = document.getElementById("sheet");
  if (!sheet) return;
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "sheet-content") return;
    if (!sheet.open) sheet.showModal();
    sheet.querySelector(".hit")?.scrollIntoView({ block: "center" });
  });
  sheet.addEventListener("click", (event) => {
    if (event.target === sheet || event.target.closest("[data-close]")) sheet.close();
  });
}

export const openHelp = () => document.getElementById("open-help")?.click();
