// What htmx's exchange of the catalog must not lose: what stood open, where the reader was, and the truth about errors.

const disclosures = () => [...document.querySelectorAll("#catalog details[id]")].map(({ id, open }) => ({ id, open }));
const above = (element) => element.getBoundingClientRect().top;
const panel = () => document.getElementById("filter-panel");
// Looked up each time: Back puts other elements in their places.
const catalog = () => document.getElementById("catalog");
const status = () => document.getElementById("catalog-status");
const chips = () => [...document.querySelectorAll("#catalog .chip")];
const isOurs = (element) => element?.id === "filters" || element?.matches(".chips a");
let kept = null;
let wait = 0;

// Where the filters are a sheet over the list, nothing is sent before its foot says so, and the foot says what will be seen
// as far as that is known: the number beside a box holds for that box alone.
const sheet = matchMedia("(max-width: 63.99rem)");
const isKept = (one) =>
  one.matches("select")
    ? one.selectedIndex === Math.max(0, [...one.options].findIndex((option) => option.defaultSelected))
    : one.checked === one.defaultChecked && one.value === one.defaultValue;
const changed = (form) => [...form.elements].filter((one) => one.matches("input, select") && !isKept(one));

function inFoot(form, button) {
  const [first, ...others] = changed(form);
  const { all, some, any } = button.dataset;
  if (!first) return some.replace("#", all);
  const isAlone = !others.length && first.checked && !form.querySelector(`[name="${first.name}"][checked]`);
  const number = isAlone && first.closest("label")?.querySelector(".option__count")?.textContent;
  return number ? some.replace("#", number) : any;
}

document.addEventListener(
  "change",
  (event) => {
    const form = event.target.form;
    if (form?.id !== "filters" || !event.target.closest("#filter-panel") || !sheet.matches) return;
    event.stopPropagation();
    const button = panel().querySelector(".toolbar .button");
    button.textContent = inFoot(form, button);
  },
  { capture: true },
);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || !sheet.matches || !panel()?.open) return;
  panel().open = false;
  panel().querySelector("summary").focus();
});

// On a desk the filters stand open to the eye, but Tab meets them as one stop, their summary, until a reader has opened it
// or is among them: forty boxes are no way to the results.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Tab" || !panel()) return;
  const isOpen = panel().open || document.activeElement.closest("#filter-panel > :not(summary)");
  const inside = panel().querySelectorAll(":scope > :not(summary) :is(a, button, input, select, summary)");
  for (const one of inside) one.tabIndex = isOpen ? 0 : -1;
});

// Only the catalog itself says where it lives. Whatever else answers (an error, a proxy's page) is shown as the page it is.
document.addEventListener("htmx:before:response", (event) => {
  const { request, response, sourceElement } = event.detail.ctx;
  if (!isOurs(sourceElement)) return;
  answered();
  if (response.headers.has("HX-Push-Url")) return;
  event.preventDefault();
  location.assign(request.action);
});

// A list that takes longer than one notices is dimmed, and said to be on its way.
document.addEventListener("htmx:before:request", (event) => {
  if (!isOurs(event.detail.ctx.sourceElement)) return;
  clearTimeout(wait);
  wait = setTimeout(() => {
    catalog().ariaBusy = "true";
    say("busy");
  }, 150);
});

function answered() {
  clearTimeout(wait);
  catalog().ariaBusy = null;
}

function say(what) {
  status().textContent = status().dataset[what];
}

// A choice that never reached the site leaves the list as it was, which is then said where its count stands.
document.addEventListener("htmx:error", (event) => {
  if (!isOurs(event.detail.ctx?.sourceElement)) return;
  answered();
  say("lost");
});

document.addEventListener("htmx:before:swap", () => {
  const focused = document.activeElement;
  kept = {
    disclosures: disclosures(),
    focus: focused?.closest("#catalog") && focused.id,
    chip: chips().indexOf(focused?.matches(".exclude") ? focused.previousElementSibling : focused),
    isSheet: sheet.matches && panel().open,
    scrolled: panel().scrollTop,
    top: focused && above(focused),
  };
});

document.addEventListener("htmx:after:swap", () => {
  if (!kept) return;
  const left = sheet.matches ? kept.disclosures.filter(({ id }) => id !== "filter-panel") : kept.disclosures;
  for (const { id, open } of left) document.getElementById(id)?.toggleAttribute("open", open);
  // A chip that was removed is followed by the one after it, the last by the results that are left; "exclude" by its chip.
  const results = document.getElementById("results");
  const next = kept.chip < 0 ? kept.isSheet && results : chips()[kept.chip] ?? chips().at(-1) ?? results;
  const again = next || (kept.focus && document.getElementById(kept.focus));
  if (again) again.focus({ preventScroll: true });
  // Where the filters scroll by themselves, they stay as they were, and the results in sight.
  if (again && panel().contains(again) && !sheet.matches) {
    panel().scrollTop = kept.scrolled;
    panel().scrollTop += above(again) - kept.top;
    if (above(results) < 0) results.scrollIntoView({ behavior: "instant" });
  } else if (again) scrollBy({ top: above(again) - kept.top, behavior: "instant" });
  kept = null;
});
