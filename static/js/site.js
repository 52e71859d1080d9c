// What every page gains from script: the theme switch, the language kept, and copying of text that is marked for it.

const root = document.documentElement;

function applyTheme(theme) {
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  else delete root.dataset.theme;
  document.dispatchEvent(new CustomEvent("themechange", { detail: theme }));
}

/** Remembers a choice, "" for the usual one. */
function keep(name, value) {
  try {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
  } catch {
    // Not kept beyond this page, then.
  }
}

function isKept(name, value) {
  try {
    return localStorage.getItem(name) === value;
  } catch {
    return false;
  }
}

const theme = document.querySelector("[data-theme-switch]");
if (theme) {
  theme.hidden = false;
  const select = theme.querySelector("select");
  select.value = root.dataset.theme ?? "system";
  select.addEventListener("change", () => {
    keep("theme", select.value === "system" ? "" : select.value);
    applyTheme(select.value);
  });
}

// Only a reader's own hand is kept: a legend that comes with a new list is open, which is nobody's choice.
function asKept() {
  const legend = document.getElementById("legend");
  if (legend && isKept("legend", "closed")) legend.open = false;
}
asKept();
document.addEventListener("htmx:after:swap", asKept);
document.addEventListener("click", ({ target }) => {
  const legend = target.closest?.("#legend > summary")?.parentElement;
  if (legend) keep("legend", legend.open ? "closed" : ""); // it turns after the click
});

// The link fixes the language by its address; the choice is kept for addresses that fix none. Nothing waits for it.
for (const link of document.querySelectorAll("[data-language]")) {
  link.addEventListener("click", () => {
    const body = new URLSearchParams({ language: link.dataset.language });
    fetch(link.dataset.remember, { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => {});
  });
}

/** Whether `text`, which `element` shows, is copied. Without HTTPS there is no clipboard, but often still the old command. */
async function copied(element, text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection().selectAllChildren(element);
    return document.execCommand("copy");
  }
}

for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const element = document.getElementById(button.dataset.copy);
  const done = await copied(element, element.innerText.trim()).catch(() => false);
  button.querySelector("[role=status]").textContent = ` · ${done ? button.dataset.done : button.dataset.failed}`;
});

// A link to one claim opens the evidence around it, where the browser does not do so itself.
function openTarget() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const closed = target && target.closest("details:not([open])");
  if (closed) {
    closed.open = true;
    target.scrollIntoView();
  }
}
addEventListener("hashchange", openTarget);
openTarget();
