// Suggestions while typing in a search field: a list that arrow keys walk through, after the ARIA combobox pattern.
// Without script the field is a search like any other. Listens on the document, since htmx exchanges the fields.

const DELAY = 150;
let timer;
let asked = 0;

const boxOf = (target) => target.closest?.("[data-suggest]");
const fieldOf = (box) => box.querySelector("[type=search]");
const listOf = (box) => box.querySelector(".listbox");
const options = (box) => [...(listOf(box)?.querySelectorAll("[role=option]") ?? [])];
const chosen = (box) => options(box).find((option) => option.ariaSelected === "true");

function close(box) {
  listOf(box)?.remove();
  const input = fieldOf(box);
  input.ariaExpanded = "false";
  input.removeAttribute("aria-activedescendant");
  input.removeAttribute("aria-controls");
}

// How many there are, for who cannot see the list appear.
function tell(box, text) {
  const status = box.querySelector("[role=status]");
  if (status) status.textContent = text;
}

function show(box, html) {
  close(box);
  const list = document.createElement("div");
  list.className = "listbox";
  list.id = "suggestions";
  list.role = "listbox";
  list.ariaLabel = box.querySelector("label").textContent;
  list.innerHTML = html;
  const said = list.querySelector("[data-said]");
  said?.remove();
  tell(box, said?.textContent ?? "");
  if (!list.querySelector("[role=option]")) return;
  box.append(list);
  const input = fieldOf(box);
  input.ariaExpanded = "true";
  input.setAttribute("aria-controls", list.id);
}

function choose(box, step) {
  const all = options(box);
  if (!all.length) return;
  const now = all.indexOf(chosen(box));
  const next = (now + step + all.length + (now < 0 && step < 0 ? 1 : 0)) % all.length;
  all.forEach((option, place) => (option.ariaSelected = String(place === next)));
  all[next].scrollIntoView({ block: "nearest" });
  fieldOf(box).setAttribute("aria-activedescendant", all[next].id);
}

async function ask(box, q) {
  const number = ++asked;
  const address = new URL(box.dataset.suggest, location.href);
  address.searchParams.set("q", q);
  const answer = await fetch(address);
  // An answer that comes after a later question, or after the reader has gone on, is dropped.
  if (number === asked && answer.ok && box.contains(document.activeElement)) show(box, await answer.text());
}

function prepare(event) {
  const box = boxOf(event.target);
  if (!box || event.target !== fieldOf(box) || event.target.role === "combobox") return;
  event.target.role = "combobox";
  event.target.ariaAutoComplete = "list";
  event.target.ariaExpanded = "false";
  const status = document.createElement("span");
  status.className = "visually-hidden";
  status.role = "status";
  box.append(status);
}

document.addEventListener("focusin", prepare);
document.addEventListener("focusout", (event) => {
  const box = boxOf(event.target);
  if (box && !box.contains(event.relatedTarget)) close(box);
});
document.addEventListener("input", (event) => {
  const box = boxOf(event.target);
  if (!box) return;
  clearTimeout(timer);
  const q = event.target.value.trim();
  if (q) timer = setTimeout(() => ask(box, q), DELAY);
  else close(box);
});
document.addEventListener("keydown", (event) => {
  const box = boxOf(event.target);
  if (!box || event.isComposing) return;
  if (event.key === "Escape") {
    clearTimeout(timer);
    asked += 1; // an answer under way would open the list again
  }
  if (!listOf(box)) {
    const q = event.target === fieldOf(box) && event.target.value.trim();
    if (event.key !== "ArrowDown" || !q) return;
    event.preventDefault();
    ask(box, q);
    return;
  }
  const option = chosen(box);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") choose(box, event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "Escape") {
    close(box);
    tell(box, "");
  } else if (event.key === "Enter" && option) location.assign(option.href);
  else return;
  event.preventDefault();
});
