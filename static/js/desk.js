// Every page of the desk: a form that holds something typed asks before it is left, and long filters can be searched.

let isTyped = false;

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.method === "post" && form.querySelector(".submit-row") && !document.querySelector(".login")) isTyped = true;
});
document.addEventListener("submit", () => {
  isTyped = false;
});
addEventListener("beforeunload", (event) => {
  if (isTyped) event.preventDefault();
});

const LONG = 20;
for (const filter of document.querySelectorAll("#changelist-filter details")) {
  const choices = [...filter.querySelectorAll("li")];
  if (choices.length < LONG) continue;
  const box = document.createElement("input");
  box.type = "search";
  box.ariaLabel = filter.querySelector("summary").textContent.trim();
  box.placeholder = box.ariaLabel;
  box.addEventListener("input", () => {
    const words = box.value.trim().toLowerCase();
    for (const choice of choices) {
      choice.hidden = !choice.matches(".selected") && !choice.textContent.toLowerCase().includes(words);
    }
  });
  filter.querySelector("ul").before(box);
}
