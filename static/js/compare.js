// The switch of a comparison acts at once; without script it has its button.

for (const box of document.querySelectorAll("[data-submit]")) {
  box.form.querySelector("button").hidden = true;
  box.addEventListener("change", () => box.form.requestSubmit());
}
