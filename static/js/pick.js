// Entries ticked for a comparison stay ticked while one browses: kept in this tab, shown in a bar at the foot.
// Without script the boxes and the bar's button are a plain form for the entries of the page.

const KEY = "compare";
const bar = document.getElementById("picks");
const most = Number(bar.dataset.most);
const list = bar.querySelector("ul");
const boxes = () => document.querySelectorAll("input[data-pick]");

function kept() {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return found.filter((one) => typeof one?.slug === "string" && typeof one?.name === "string").slice(0, most);
  } catch {
    return [];
  }
}

let picks = kept();

function keep() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(picks));
  } catch {
    // Not kept beyond this page, then.
  }
}

function hiddenInput(slug) {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name: "model", value: slug });
  return input;
}

function chip({ slug, name }) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "chip", textContent: `${name} ×` });
  button.setAttribute("aria-label", `${bar.dataset.remove} ${name}`);
  button.addEventListener("click", () => change(picks.filter((one) => one.slug !== slug)));
  const item = document.createElement("li");
  item.append(hiddenInput(slug), button);
  return item;
}

// The boxes take no part in the form while the bar does: each entry is sent once, in the order of ticking.
function show() {
  const chosen = new Set(picks.map((one) => one.slug));
  for (const box of boxes()) {
    box.removeAttribute("form");
    box.checked = chosen.has(box.value);
    box.disabled = !box.checked && picks.length >= most;
  }
  list.replaceChildren(...picks.map(chip));
  bar.hidden = picks.length === 0;
  bar.querySelector("[type=submit]").disabled = picks.length < 2;
  bar.querySelector("output").value = picks.length >= most ? bar.dataset.full : `${picks.length} / ${most}`;
}

function change(next) {
  picks = next.slice(0, most);
  keep();
  show();
}

// Heard before the filters hear it: a tick for the comparison changes no filter.
document.addEventListener(
  "change",
  (event) => {
    const box = event.target;
    if (!box.matches?.("input[data-pick]")) return;
    event.stopPropagation();
    const others = picks.filter((one) => one.slug !== box.value);
    change(box.checked ? [...others, { slug: box.value, name: box.dataset.pick }] : others);
  },
  true,
);

bar.querySelector("[type=reset]").addEventListener("click", () => change([]));
addEventListener("pageshow", () => change(kept()));
new MutationObserver((changes) => {
  if (changes.some((one) => one.target !== list && [...one.addedNodes].some((node) => node.nodeType === 1))) show();
}).observe(document.querySelector("main"), { childList: true, subtree: true });
show();
