// What is typed about an article stays in this tab until the article is read, and is offered again where a page came back
// empty: after a session that ended, or a page that was left. Without script the browser's own Back does it.

const KEY = "article";
const offer = document.querySelector("[data-restore]");
const form = offer.form;
const boxes = [...form.elements].filter((box) => box.matches("textarea, input[type=text]"));

function kept() {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
    return typeof found === "object" && found ? found : {};
  } catch {
    return {};
  }
}

function keep() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(Object.fromEntries(boxes.map((box) => [box.name, box.value]))));
  } catch {
    // Not kept, then.
  }
}

function restore() {
  const found = kept();
  for (const box of boxes) if (typeof found[box.name] === "string" && !box.value) box.value = found[box.name];
  offer.hidden = true;
  form.elements.text.focus();
}

offer.hidden = form.elements.text.value !== "" || !kept().text;
offer.addEventListener("click", restore);
form.addEventListener("input", keep);
