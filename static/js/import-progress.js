// Asks again how far an import is, and shows the whole page anew once it ended. Without script there is the link.

const PAUSE = 2000;

async function look() {
  const shown = document.querySelector("[data-import-progress]");
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-import-progress]");
    if (!fresh) {
      location.reload();
      return;
    }
    if (fresh.textContent !== shown.textContent) shown.replaceChildren(...fresh.childNodes);
  } catch {
    // The network may be back the next time.
  }
  setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);
