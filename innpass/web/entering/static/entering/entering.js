// Keeps what is typed in this tab until it has reached the server, so that a lost connection, a
// crash or a session that ended loses nothing. Forgotten when the tab is closed, and at signing out.
(() => {
  const form = document.querySelector("form[data-typing]");
  if (!form) return;
  const place = `innpass-typed:${location.pathname}`;
  const left = new Set(["csrfmiddlewaretoken", "mark", "form_id", "act"]);

  const read = () => {
    try {
      return JSON.parse(sessionStorage.getItem(place));
    } catch {
      return null;
    }
  };

  const forget = () => {
    try {
      sessionStorage.removeItem(place);
    } catch {
      // Storage may be closed; then nothing was kept.
    }
  };

  const keep = () => {
    const typed = [...new FormData(form)].filter(
      ([name, value]) => !left.has(name) && typeof value === "string",
    );
    const kept = { id: form.dataset.formId, owner: form.dataset.owner, typed };
    try {
      sessionStorage.setItem(place, JSON.stringify(kept));
    } catch {
      // Storage is full or closed: the draft on the server remains.
    }
  };

  const wasSaved = (id) =>
    document.cookie.split("; ").some((cookie) => cookie === `saved_form=${id}`);

  const putBack = (typed) => {
    const values = new Map();
    for (const [name, value] of typed) values.set(name, [...(values.get(name) ?? []), value]);
    for (const control of form.elements) {
      if (!control.name || left.has(control.name)) continue;
      const [value = ""] = values.get(control.name) ?? [];
      if (control.type === "radio" || control.type === "checkbox") {
        control.checked = (values.get(control.name) ?? []).includes(control.value);
      } else if (control.type !== "submit") {
        control.value = value;
      }
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const same = (typed) => {
    const now = new URLSearchParams([...new FormData(form)].filter(([name]) => !left.has(name)));
    return new URLSearchParams(typed).toString() === now.toString();
  };

  const kept = read();
  const offer = document.querySelector("[data-unsaved]");
  if (kept && (kept.owner !== form.dataset.owner || wasSaved(kept.id))) {
    forget();
  } else if (kept && "typed" in form.dataset) {
    keep(); // the page already shows what was typed
  } else if (kept && !same(kept.typed)) {
    offer.hidden = false;
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-put-back]")) {
      putBack(kept.typed);
      offer.hidden = true;
      form.querySelector("input:not([type=hidden]), select, textarea").focus();
    }
    if (event.target.closest("[data-throw-away]")) {
      forget();
      offer.hidden = true;
    }
    if (event.target.closest("[value=discard]")) forget();
  });

  form.addEventListener("input", keep);
  form.addEventListener("submit", keep);
  document.addEventListener("submit", (event) => {
    if (event.target.action.includes("/logg-ut/")) forget();
  });
})();
