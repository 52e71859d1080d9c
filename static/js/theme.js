// Sets the reader's theme before the first paint: a plain script in the head, so that nothing flashes.
// The choice is kept in localStorage; without one, or without script, the page follows the system.
(() => {
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch {
    // Storage can be forbidden; the system's theme serves.
  }
})();
