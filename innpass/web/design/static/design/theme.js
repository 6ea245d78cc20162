// Runs before the first paint: the stored colour scheme, and a mark that scripts work.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const chosen = localStorage.getItem("innpass-theme");
    if (chosen === "light" || chosen === "dark") root.dataset.colorScheme = chosen;
  } catch {
    // Storage may be closed; the scheme of the machine is used.
  }
})();
