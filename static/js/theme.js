// Sets the reader's theme before the first paint: a plain script in the head, so that nothing flashes.
// The choice is kept in localStorage; without one, or without script, the page follows the system.
(() => {
  if (document.documentElement.dataset.theme) return; // a frame whose host has chosen
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch {
    // Storage can be forbidden; the system's theme serves.
  }
})();
