// A box of a drawing opens its clause over the page, as the clause marks do; with no script it is a plain link.
export function startDrawings() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".drawing-room a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !window.htmx) return;
    event.preventDefault();
    window.htmx.ajax("GET", link.getAttribute("href"), { target: "#sheet-content", swap: "innerHTML" });
  });
}
