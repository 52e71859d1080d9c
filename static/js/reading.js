// An article's findings, worked through by keyboard, and all that is sure of a model ticked at once. Every key presses
// what is on the page, which is a plain form without script.

const form = document.getElementById("reading");
const cards = [...form.querySelectorAll(".card")];
const keys = document.querySelector("[data-keys]");
const counted = form.querySelector("[data-counted]");
const filters = [...form.querySelectorAll("[name=show]")];
const seen = new Set();
let current = -1;

const boxOf = (card) => card.querySelector("[type=checkbox]");
const shown = () => cards.filter((card) => card.checkVisibility());

function count() {
  if (!counted) return;
  const ticked = cards.filter((card) => boxOf(card).checked).length;
  counted.value = counted.dataset.counted.replace("#1", seen.size).replace("#2", cards.length).replace("#3", ticked);
}

function walk(step) {
  const all = shown();
  if (!all.length) return;
  const now = all.indexOf(cards[current]);
  const next = all[Math.min(Math.max(now + step, 0), all.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "center" });
}

function tickAll(button) {
  const sure = [...button.closest(".group").querySelectorAll("[data-solid]")].map(boxOf);
  for (const box of sure) {
    box.checked = true;
    seen.add(box.closest(".card"));
  }
  count();
}

function filter() {
  const next = filters[(filters.findIndex((one) => one.checked) + 1) % filters.length];
  next.checked = true;
}

function correct(card) {
  const more = card?.querySelector("details");
  if (!more) return;
  more.open = true;
  more.querySelector("input, select").focus();
}

const groupOf = (card) => card?.closest(".group").querySelector("[name^=name-]");
const input = (name) => form.elements[`mark-${name}`];
let before = input("model").value;
let offered = before;

// The words that are selected in a line of the text, and where they begin in it, without the numbers of the marks.
function selected() {
  const range = getSelection().rangeCount && getSelection().getRangeAt(0);
  const line = range && !range.collapsed && range.startContainer.parentElement?.closest("[data-line]");
  if (!line || !line.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.setStart(line, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const words = textOf(range);
  const start = textOf(before).trimStart().length + words.length - words.trimStart().length;
  return words.trim() && { line: line.dataset.line, start, words: words.trim(), model: modelBefore(range) };
}

function modelBefore(range) {
  const link = [...form.querySelectorAll(".mark-number")].findLast((one) => range.comparePoint(one, 0) < 0);
  return link ? groupOf(document.getElementById(link.hash.slice(1)))?.value ?? "" : "";
}

function textOf(range) {
  const part = range.cloneContents();
  for (const number of part.querySelectorAll(".mark-number")) number.remove();
  return part.textContent;
}

function takeSelection() {
  const found = selected();
  if (!found) return;
  for (const name of ["line", "start", "words"]) input(name).value = found[name];
  before = found.model;
  offer();
}

// A fact is mostly of the model named last before it; a name is its own. What somebody typed stays.
function offer() {
  const box = input("model");
  if (box.value && box.value !== offered) return;
  offered = input("field").value === "name" ? "" : before;
  box.value = offered;
}

function mark() {
  const line = cards[current]?.querySelector(".card-words .place")?.textContent.split(":")[0];
  if (line && !selected()) Object.assign(input("line"), { value: line });
  const group = groupOf(cards[current]);
  if (group && !input("model").value) input("model").value = group.value;
  (input("words").value ? input("field") : input("words")).focus();
}

const PRESSED = {
  m: mark,
  j: () => walk(1),
  k: () => walk(-1),
  x: () => cards[current] && boxOf(cards[current]).click(),
  a: () => cards[current]?.closest(".group").querySelector("[data-all]")?.click(),
  e: () => correct(cards[current]),
  p: () => cards[current]?.closest(".group").querySelector("[name=_preview]")?.click(),
  f: filter,
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = event.target.closest?.("input:not([type=checkbox], [type=radio]), select, textarea");
  if (box && event.key === "Escape") box.closest(".card")?.focus();
  else if (box?.matches("[name^=mark-]") && event.key === "Enter") {
    event.preventDefault();
    form.querySelector("[data-mark]").click();
  }
  else if (box?.matches("input") && event.key === "Enter") event.preventDefault(); // It would press the first button.
  else if (!box && Object.hasOwn(PRESSED, event.key)) {
    event.preventDefault();
    PRESSED[event.key]();
  }
});

document.addEventListener("focusin", (event) => {
  const card = event.target.closest(".card");
  if (!card) return;
  current = cards.indexOf(card);
  seen.add(card);
  count();
});

document.addEventListener("selectionchange", takeSelection);
input("field").addEventListener("change", offer);
input("words").addEventListener("input", () => Object.assign(input("start"), { value: "" }));
form.addEventListener("change", count);
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-all]");
  if (!button) return;
  event.preventDefault();
  tickAll(button);
});

const watcher = new IntersectionObserver(
  (entries) => {
    for (const one of entries.filter((entry) => entry.isIntersecting)) seen.add(one.target);
    count();
  },
  { threshold: 1 },
);
for (const card of cards) watcher.observe(card);
if (keys) keys.hidden = false;
count();
