// Keys for the review queue: j and k walk, a accepts, r asks for the reason and rejects or dismisses, d disputes what a
// reader reports. The page works without them.

const ROW = "[data-claim], [data-report]";
const rows = [...document.querySelectorAll(ROW)];
let current = -1;

function walk(step) {
  if (!rows.length) return;
  current = Math.min(Math.max(current + step, 0), rows.length - 1);
  rows[current].focus();
  rows[current].scrollIntoView({ block: "center" });
}

function press(what) {
  rows[current]?.querySelector(what)?.click();
}

function reject() {
  const reason = rows[current]?.querySelector("[data-reason]");
  if (!reason) return;
  if (reason.value.trim()) press("[data-reject]");
  else reason.focus();
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea");
  if (typing && event.key === "Enter" && typing.matches("[data-reason]")) {
    event.preventDefault(); // Enter would press the form's first button, which accepts.
    reject();
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") walk(1);
  else if (event.key === "k") walk(-1);
  else if (event.key === "a") press("[data-accept]");
  else if (event.key === "r") reject();
  else if (event.key === "d") press("[data-dispute]");
  else return;
  event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest(ROW);
  if (row) current = rows.indexOf(row);
});
