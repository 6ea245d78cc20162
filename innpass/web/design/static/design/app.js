// What a page does beyond links and forms. All listeners are delegated, so that parts HTMX swaps in
// work at once. Every page works without this file.
(() => {
  const root = document.documentElement;

  const isDark = () =>
    root.dataset.colorScheme === "dark" ||
    (root.dataset.colorScheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);

  const showTheme = () => {
    for (const button of document.querySelectorAll(".theme-button")) {
      button.setAttribute("aria-pressed", String(isDark()));
    }
  };

  const toggleTheme = () => {
    const scheme = isDark() ? "light" : "dark";
    root.dataset.colorScheme = scheme;
    try {
      localStorage.setItem("innpass-theme", scheme);
    } catch {
      // Not stored: it lasts as long as the page.
    }
    showTheme();
  };

  const closePops = (except) => {
    for (const pop of document.querySelectorAll("details[data-pop][open]")) {
      if (pop !== except) pop.open = false;
    }
  };

  const live = document.getElementById("announcement");
  const failure = document.getElementById("failure");

  const announce = (text) => {
    live.textContent = text;
  };

  const showFiles = (input) => {
    const list = input.form.querySelector("[data-file-list]");
    if (!list) return;
    list.replaceChildren(
      ...Array.from(input.files, (file) => {
        const item = document.createElement("li");
        item.textContent = file.name;
        return item;
      }),
    );
  };

  // A button that copies a field is there only where the browser lets it.
  const copy = async (button) => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    announce(button.dataset.copied);
    button.textContent = button.dataset.copied;
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest(".theme-button")) toggleTheme();
    const copies = event.target.closest("[data-copy]");
    if (copies) copy(copies).catch(() => document.getElementById(copies.dataset.copy).select());
    if (event.target.closest("[data-print]")) print();
    closePops(event.target.closest("details[data-pop]"));
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const pop = document.querySelector("details[data-pop][open]");
      if (pop) {
        pop.open = false;
        pop.querySelector("summary").focus();
      }
    }
    const isTyping = event.target.closest?.("input, select, textarea");
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey) {
      const search = document.querySelector("[data-search]");
      if (search) {
        event.preventDefault();
        search.focus();
      }
    }
    // One key answers, only while the panel that says so has the focus (WCAG 2.1.4).
    const keys = isTyping || event.repeat ? null : event.target.closest?.("[data-keys]");
    if (keys && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const answer = keys.querySelector(`[data-key="${CSS.escape(event.key.toUpperCase())}"]`);
      if (answer) {
        event.preventDefault();
        answer.click();
      }
    }
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("input[type=file]")) showFiles(event.target);
  });

  // What a tab remembers of what was typed ends with the session of whoever typed it.
  document.addEventListener("submit", (event) => {
    if (!event.target.action.endsWith("/logg-ut/")) return;
    try {
      sessionStorage.clear();
    } catch {
      // Storage is closed: nothing was kept.
    }
  });

  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const zone = event.target.closest?.("[data-drop]");
      if (!zone) return;
      zone.classList.toggle("is-over", kind === "dragenter" || kind === "dragover");
    });
  }

  // Addresses carry only the filters in use.
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") return;
    const { parameters } = event.detail;
    for (const name of Object.keys(parameters)) {
      if (parameters[name] === "") delete parameters[name];
    }
  });

  // A fragment says in data-announce what a sighted person sees change. Focus that went with the
  // old fragment goes to the part that says what there is now.
  document.addEventListener("htmx:afterSettle", (event) => {
    const part = event.target;
    failure.hidden = true;
    const said = part.closest("[data-announce]") ?? part.querySelector("[data-announce]");
    if (said) announce(said.dataset.announce);
    if (document.activeElement === document.body) part.querySelector("[data-focus-after]")?.focus();
  });

  for (const kind of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(kind, () => {
      failure.hidden = false;
    });
  }

  if (navigator.clipboard) {
    for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
  }
  document.querySelector("[data-focus]")?.focus();
  showTheme();
})();
