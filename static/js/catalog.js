// What htmx's exchange of the catalog must not lose: what stood open, where the reader was, and the truth about errors.

const opened = () => [...document.querySelectorAll("#catalog details[open][id]")].map((details) => details.id);
const above = (element) => element.getBoundingClientRect().top;
const chips = () => [...document.querySelectorAll("#catalog .chip")];
const isOurs = (element) => element?.id === "filters" || element?.matches(".chip");
let kept = null;

// Only the catalog itself says where it lives. Whatever else answers (an error, a proxy's page) is shown as the page it is.
document.addEventListener("htmx:before:response", (event) => {
  const { request, response, sourceElement } = event.detail.ctx;
  if (!isOurs(sourceElement) || response.headers.has("HX-Push-Url")) return;
  event.preventDefault();
  location.assign(request.action);
});

// A choice that never reached the site leaves the list as it was, which is then said where its count stands.
document.addEventListener("htmx:error", (event) => {
  if (!isOurs(event.detail.ctx?.sourceElement)) return;
  const status = document.getElementById("catalog-status");
  status.textContent = status.dataset.lost;
});

document.addEventListener("htmx:before:swap", () => {
  const focused = document.activeElement;
  kept = {
    opened: opened(),
    focus: focused?.closest("#catalog") && focused.id,
    chip: chips().indexOf(focused),
    top: focused && above(focused),
  };
});

document.addEventListener("htmx:after:swap", () => {
  if (!kept) return;
  for (const id of kept.opened) document.getElementById(id)?.setAttribute("open", "");
  // A chip that was removed is followed by the one after it, the last by the results that are left.
  const next = kept.chip < 0 ? null : chips()[kept.chip] ?? chips().at(-1) ?? document.getElementById("results");
  const again = next ?? (kept.focus && document.getElementById(kept.focus));
  if (again) {
    again.focus({ preventScroll: true });
    scrollBy({ top: above(again) - kept.top, behavior: "instant" });
  }
  kept = null;
});
