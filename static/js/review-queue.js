// The review queue by keyboard, and the focus after a decision. Every key presses a button or follows a link that is
// on the page, which works without them.

const ROW = "[data-claim], [data-report]";
const rows = [...document.querySelectorAll(ROW)];
const together = document.querySelector("#together");
const picks = [...document.querySelectorAll("[data-pick]")];
const keys = document.querySelector("[data-keys]");
let current = -1;

function walk(step) {
  if (!rows.length) return;
  current = Math.min(Math.max(current + step, 0), rows.length - 1);
  rows[current].focus();
  rows[current].scrollIntoView({ block: "center" });
}

const find = (what) => rows[current]?.querySelector(what);
const picked = () => picks.filter((pick) => pick.checked);

// With some selected a key acts on all of them, whose page shows the effects first; else on the claim that has the focus.
function decide(what) {
  (picked().length ? together.querySelector(what) : find(what))?.click();
}

function fill(box, button) {
  const field = find(box);
  if (picked().length || !field) return decide(button);
  const folded = field.closest("details");
  if (folded) folded.open = true;
  if (field.value.trim()) decide(button);
  else if (document.activeElement === field) tellMissing(field);
  else field.focus();
}

// Said by the browser beside the box; forgotten once it is left or typed in, or it would hold up the other buttons.
function tellMissing(field) {
  const forget = () => field.setCustomValidity("");
  for (const event of ["input", "blur"]) field.addEventListener(event, forget, { once: true });
  field.setCustomValidity(field.dataset.missing ?? "");
  field.reportValidity();
}

function count() {
  const said = together?.querySelector("[data-picked]");
  if (said) said.textContent = picked().length ? `${picked().length} / ${picks.length}` : "";
}

function pickAll() {
  const all = picked().length < picks.length;
  for (const pick of picks) pick.checked = all;
  count();
}

const PRESSED = {
  j: () => walk(1),
  k: () => walk(-1),
  a: () => decide("[data-accept]"),
  p: () => find("[data-prefer]")?.click(),
  d: () => fill("[data-ruling]", "[data-dispute]"),
  r: () => fill("[data-reason]", "[data-reject]"),
  x: () => find("[data-pick]")?.click(),
  u: () => document.querySelector("[data-undo]")?.click(),
  "?": () => {
    if (!keys) return;
    keys.open = !keys.open;
    keys.querySelector("summary").focus();
  },
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = event.target.closest?.("input:not([type=checkbox]), select, textarea");
  if (box?.closest(ROW) && event.key === "Enter") {
    event.preventDefault(); // Enter would press the form's first button, which accepts.
    if (box.matches("[data-ruling]")) fill("[data-ruling]", "[data-dispute]");
    else fill("[data-reason]", "[data-reject]");
  } else if (box?.closest(ROW) && event.key === "Escape") {
    box.closest(ROW).focus();
  } else if (!box && Object.hasOwn(PRESSED, event.key)) {
    event.preventDefault();
    PRESSED[event.key]();
  }
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest(ROW);
  if (row) current = rows.indexOf(row);
});

if (keys) keys.hidden = false;
for (const pick of picks) pick.addEventListener("change", count);
together?.querySelector("[data-pick-all]").addEventListener("click", (event) => {
  event.preventDefault();
  pickAll();
});
count();

// What was decided is said once the page stands, since words that are there from the first are announced by no reader.
const told = document.querySelector(".messagelist");
const place = /^#[a-z]+(-\d+)?$/.test(location.hash) && document.querySelector(location.hash);
if (place) place.focus();
if (told) setTimeout(() => (document.querySelector("[data-announce]").textContent = told.textContent.trim()), 200);
