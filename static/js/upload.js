// A file is uploaded as soon as it is chosen or dropped, as its help text says; without script the button does it.

const box = document.querySelector("input[type=file]");
box.addEventListener("change", () => box.files.length && box.form.requestSubmit());
