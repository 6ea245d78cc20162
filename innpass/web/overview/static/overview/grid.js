// Editing the overview from the keyboard, as in a spreadsheet. The table is an ordinary one that
// works without this file; here it becomes a grid (ARIA): one cell has the focus, arrows move it,
// Enter, F2 or typing edits, Escape leaves, Tab saves and moves on. ``ranges.js`` marks, copies and
// pastes cells.
(() => {
  const words = document.getElementById("grid-words")?.dataset;
  const bar = document.getElementById("saved");
  if (!words || !bar) return;

  const PATIENCE = 15000; // milliseconds before a save counts as lost
  const LEAP = 10; // rows for PageUp and PageDown
  const editors = new Map(); // the open editor of each cell
  const shared = (globalThis.innpassGrid = {}); // with ranges.js, which marks cells

  const theGrid = () => document.querySelector("table[data-grid]");
  const bodyRows = () => [...(theGrid()?.tBodies[0]?.rows ?? [])];
  const headOf = (cell) => theGrid().tHead.rows[0].cells[cell.cellIndex];
  const fieldsOf = (cell) => JSON.parse(headOf(cell)?.dataset.fields || "[]");
  const textsOf = (row) => JSON.parse(row.dataset.cells || "{}");
  // What a cell says in which nobody can tell which activity, placement or test is meant.
  const lackingIn = (cell) => {
    const lacking = JSON.parse(headOf(cell)?.dataset.lacking || "null");
    return lacking?.[markIn(cell.parentElement, fieldsOf(cell)[0]?.name ?? "")] ?? null;
  };
  const markIn = (row, field) => textsOf(row)[`@${field.split(".")[0]}`] ?? "";
  const nameOf = (row) => row.querySelector(".who")?.textContent ?? "";
  const cellOf = (node) => {
    const cell = node?.closest?.("td, th");
    return cell && theGrid()?.tBodies[0]?.contains(cell) ? cell : null;
  };
  // What takes the focus of a cell: the one link or box in it, or the cell itself.
  const targetOf = (cell) => cell.querySelector(":scope > .who, :scope > input") ?? cell;

  const announce = (text) => {
    document.getElementById("announcement").textContent = text;
  };

  const say = (text, act = "", people = []) => {
    bar.hidden = false;
    bar.querySelector("[data-said]").textContent = text;
    const form = bar.querySelector("form");
    form.hidden = !act;
    form.elements.act.value = act;
    form.dataset.people = people.join(" ");
    announce(text);
  };

  // The grid

  const setUp = () => {
    const grid = theGrid();
    if (!grid || grid.getAttribute("role") === "grid") return;
    grid.setAttribute("role", "grid");
    grid.setAttribute("aria-readonly", "true");
    grid.setAttribute("aria-multiselectable", "true");
    editors.clear();
    const heads = [...grid.tHead.rows[0].cells];
    const editable = heads.flatMap((head, index) => (head.dataset.fields ? [index] : []));
    const places = Object.fromEntries(heads.map((head, index) => [head.dataset.column, index]));
    for (const row of bodyRows()) {
      for (const index of editable) row.cells[index].setAttribute("aria-readonly", "false");
      for (const column of row.dataset.changed?.split(" ") ?? []) {
        row.cells[places[column]]?.classList.add("is-changed");
      }
      for (const inner of row.querySelectorAll("a, input")) inner.tabIndex = -1;
    }
    const first = bodyRows()[0]?.querySelector(".who");
    if (first) first.tabIndex = 0;
    countMarked();
  };

  const focusOn = (cell) => {
    if (!cell) return;
    for (const old of theGrid().tBodies[0].querySelectorAll("[tabindex='0']")) {
      if (!old.closest(".editor")) old.tabIndex = -1;
    }
    const target = targetOf(cell);
    target.tabIndex = 0;
    target.focus();
  };

  const beside = (cell, down, across) => {
    const rows = bodyRows();
    const row = rows[Math.min(Math.max(rows.indexOf(cell.parentElement) + down, 0), rows.length - 1)];
    return row.cells[Math.min(Math.max(cell.cellIndex + across, 0), row.cells.length - 1)];
  };

  // The next cell one may edit, in reading order; null at either end.
  const nextEditable = (cell, step) => {
    const cells = bodyRows().flatMap((row) => [...row.cells]);
    for (let at = cells.indexOf(cell) + step; at >= 0 && at < cells.length; at += step) {
      if (headOf(cells[at]).dataset.fields && !cells[at].querySelector(".who")) return cells[at];
    }
    return null;
  };

  const moves = {
    ArrowUp: (cell) => beside(cell, -1, 0),
    ArrowDown: (cell) => beside(cell, 1, 0),
    ArrowLeft: (cell) => beside(cell, 0, -1),
    ArrowRight: (cell) => beside(cell, 0, 1),
    PageUp: (cell) => beside(cell, -LEAP, 0),
    PageDown: (cell) => beside(cell, LEAP, 0),
    Home: (cell, ctrl) => beside(cell, ctrl ? -Infinity : 0, -Infinity),
    End: (cell, ctrl) => beside(cell, ctrl ? Infinity : 0, Infinity),
  };

  // Editing

  const make = (tag, attributes = {}, ...inside) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...inside);
    return made;
  };

  // The names of those who work here are fetched once; classes stand in the filter.
  let names;

  const offeredFor = async (field) => {
    const classes = document.getElementById("filter-klasse");
    if (field.name === "programme.class_name" && classes) {
      return [...classes.options].slice(1).map((option) => option.label);
    }
    if (!field.named) return [];
    names ??= fetch(theGrid().dataset.names, { headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : {}))
      .catch(() => ({}));
    return (await names)[field.name] ?? [];
  };

  const offer = async (input, field) => {
    const texts = await offeredFor(field);
    if (!texts.length || !input.isConnected) return;
    const list = make("datalist", { id: `${input.id}-offered` });
    for (const text of texts) list.append(make("option", { value: text }));
    input.after(list);
    input.setAttribute("list", list.id);
  };

  const inputsOf = (editor) => [...editor.form.querySelectorAll("input")];

  const openEditor = (cell, { typed, atEnd = false } = {}) => {
    const fields = fieldsOf(cell);
    if (!fields.length) {
      say(words.readonly);
      return;
    }
    shared.unmark?.();
    if (editors.has(cell)) {
      const open = editors.get(cell);
      if (!open.form.classList.contains("is-saving")) inputsOf(open)[0]?.focus();
      return;
    }
    const lacking = lackingIn(cell);
    if (lacking) {
      openNote(cell, lacking);
      return;
    }
    const row = cell.parentElement;
    const texts = textsOf(row);
    const form = make("form", { class: `editor${fields.length > 1 ? " editor--many" : ""}`, novalidate: "" });
    const editor = { cell, row, form, seen: {}, initial: {}, about: {}, move: null };
    for (const field of fields) {
      const id = `edit-${row.dataset.person}-${field.name}`;
      const input = make("input", {
        ...{ id, name: field.name, class: "ds-input", type: "text", autocomplete: "off" },
        ...{ spellcheck: "false", "aria-describedby": `${id}-problem` },
      });
      input.value = texts[field.name] ?? "";
      if (field.kind === "number") input.inputMode = "numeric";
      if (field.unit) input.inputMode = "decimal";
      if (field.kind === "date") input.placeholder = words.date;
      editor.seen[field.name] = texts[field.name] ?? "";
      editor.initial[field.name] = input.value;
      if (headOf(cell).dataset.lacking) editor.about[field.name] = markIn(row, field.name);
      const label = make("label", { for: id }, field.label);
      label.append(make("span", { class: "ds-sr-only" }, ` – ${nameOf(row)}`));
      if (fields.length === 1) label.className = "ds-sr-only";
      const problem = make("p", { id: `${id}-problem`, class: "ds-validation-message", hidden: "" });
      const typed_in = field.unit
        ? make("div", { class: "editor__unit" }, input, make("span", { "aria-hidden": "true" }, field.unit))
        : input;
      form.append(make("div", { class: "editor__field" }, label, typed_in, problem));
    }
    if (fields.length > 1) form.append(make("p", { class: "editor__keys" }, words.keys));
    form.append(make("div", { class: "editor__more", hidden: "" }));
    cell.append(form);
    for (const field of fields) offer(form.elements[field.name], field);
    cell.classList.add("is-editing");
    editors.set(cell, editor);
    const first = inputsOf(editor)[0];
    first.focus();
    if (typed !== undefined) first.value = typed;
    else if (atEnd) first.setSelectionRange(first.value.length, first.value.length);
    else first.select();
  };

  // Says why nothing can be typed, and leads to where it can: Enter again, or Escape.
  const openNote = (cell, { sentence, href }) => {
    const row = cell.parentElement;
    const form = make("div", { class: "editor editor--note" }, make("p", {}, sentence));
    const editor = { cell, row, form, seen: {}, initial: {}, about: {}, move: null };
    announce(`${nameOf(row)}: ${sentence}`);
    if (href) {
      const here = href.replace("00000000-0000-0000-0000-000000000000", row.dataset.person);
      const words_of_link = [words.open, make("span", { class: "ds-sr-only" }, ` – ${nameOf(row)}`)];
      form.append(make("a", { class: "ds-link", href: here }, ...words_of_link));
    } else form.tabIndex = -1;
    cell.append(form);
    cell.classList.add("is-editing");
    editors.set(cell, editor);
    (form.querySelector("a") ?? form).focus();
    form.addEventListener("focusout", () => closeEditor(editor), { once: true });
  };

  const closeEditor = (editor) => {
    editor.form.remove();
    editor.cell.classList.remove("is-editing", "is-left");
    editors.delete(editor.cell);
  };

  const showMore = (editor, text, ...buttons) => {
    const more = editor.form.querySelector(".editor__more");
    more.hidden = !text && !buttons.length;
    more.replaceChildren(...(text ? [make("p", {}, text)] : []));
    for (const [label, act] of buttons) {
      const button = make("button", { class: "ds-button", "data-variant": "secondary", type: "button" }, label);
      button.addEventListener("click", act);
      more.append(button);
    }
  };

  const showProblem = (input, text) => {
    const problem = document.getElementById(`${input.id}-problem`);
    problem.textContent = text;
    problem.hidden = !text;
    input.toggleAttribute("aria-invalid", Boolean(text));
    if (text) input.setAttribute("aria-invalid", "true");
  };

  const post = async (address, values) => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(address, {
      method: "POST",
      body: new URLSearchParams(values),
      headers: { "X-CSRFToken": token, Accept: "application/json" },
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.redirected || answer.status === 403) throw new Error("signed out");
    if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
    return answer.json();
  };

  // Put rows as they are now in the place of what stands, without moving the focus.
  const merge = (html) => {
    const made = document.createElement("template");
    made.innerHTML = `<table>${html}</table>`;
    for (const fresh of made.content.querySelectorAll("tr[data-person]")) {
      const row = bodyRows().find((old) => old.dataset.person === fresh.dataset.person);
      if (!row) continue;
      row.dataset.cells = fresh.dataset.cells;
      [...fresh.cells].forEach((cell, index) => {
        const old = row.cells[index];
        const who = cell.querySelector(".who");
        if (who) {
          old.querySelector(".who").textContent = who.textContent;
          const status = cell.querySelector(".who__status");
          if (status) old.querySelector(".who__status").replaceChildren(...status.childNodes);
        } else if (!cell.classList.contains("pick")) {
          const form = editors.get(old)?.form;
          for (const node of [...old.childNodes]) if (node !== form) node.remove();
          old.prepend(...cell.childNodes);
        }
      });
    }
  };

  const isEditingElsewhere = (editor) => {
    const open = document.activeElement?.closest?.(".editor");
    return Boolean(open && open !== editor.form);
  };

  const leave = (editor, text, ...buttons) => {
    editor.form.classList.remove("is-saving");
    editor.cell.classList.add("is-left");
    for (const input of inputsOf(editor)) input.readOnly = false;
    showMore(editor, text, ...buttons);
  };

  const showLeft = (editor, left) => {
    const conflicts = left.filter((each) => each.code === "conflict");
    leave(editor, "");
    for (const each of left) {
      const input = editor.form.elements[each.field];
      if (input) showProblem(input, each.sentence);
    }
    if (conflicts.length) {
      const keep = () => {
        closeEditor(editor);
        focusOn(editor.cell);
      };
      const overrule = () => {
        for (const each of conflicts) editor.seen[each.field] = each.theirs;
        commit(editor, editor.cell);
      };
      showMore(editor, "", [words.mine, overrule], [words.theirs, keep]);
    }
    announce(`${words.notSaved}: ${nameOf(editor.row)}. ${left.map((each) => each.sentence).join(" ")}`);
    if (!isEditingElsewhere(editor)) (editor.form.elements[left[0].field] ?? inputsOf(editor)[0]).focus();
  };

  const commit = async (editor, goTo) => {
    if (editor.form.classList.contains("is-saving")) return;
    const inputs = inputsOf(editor);
    const person = editor.row.dataset.person;
    const changed = inputs.filter((input) => input.value !== editor.initial[input.name]);
    if (!changed.length) {
      closeEditor(editor);
      focusOn(goTo);
      return;
    }
    for (const input of inputs) {
      showProblem(input, "");
      input.readOnly = true;
    }
    const changes = changed.map((input) => ({
      ...{ person, field: input.name, text: input.value, seen: editor.seen[input.name] },
      ...(input.name in editor.about ? { about: editor.about[input.name] } : {}),
    }));
    editor.form.classList.add("is-saving");
    editor.cell.classList.remove("is-left");
    showMore(editor, words.saving);
    if (goTo) focusOn(goTo);
    try {
      const answer = await post(theGrid().dataset.save, { changes: JSON.stringify(changes) });
      if (answer.rows) merge(answer.rows);
      const now = textsOf(editor.row);
      const left = answer.left ?? [{ field: changed[0].name, code: "problem", sentence: answer.sentence }];
      if (answer.said) say(answer.said, answer.act, [person]);
      else bar.hidden = true; // what stood there was about something else
      if (!left.length) {
        const hadFocus = editor.form.contains(document.activeElement);
        closeEditor(editor);
        if (hadFocus) focusOn(editor.cell);
        return;
      }
      // What was saved beside what was not stands there now.
      const open = new Set(left.map((each) => each.field));
      if (answer.act) {
        for (const input of changed.filter((each) => !open.has(each.name))) {
          editor.seen[input.name] = now[input.name] ?? "";
          editor.initial[input.name] = input.value;
        }
        for (const name of Object.keys(editor.about)) editor.about[name] = markIn(editor.row, name);
      }
      showLeft(editor, left);
    } catch (error) {
      const text = error.message === "signed out" ? words.signedOut : words.failed;
      leave(editor, text, [words.again, () => commit(editor, editor.cell)]);
      announce(`${nameOf(editor.row)}: ${text}`);
      if (!isEditingElsewhere(editor)) inputs[0].focus();
    }
  };

  const inEditor = (event, editor) => {
    const inputs = inputsOf(editor);
    const at = inputs.indexOf(event.target);
    if (event.key === "Escape") {
      focusOn(editor.cell);
      closeEditor(editor);
    } else if (editor.form.matches(".editor--note") && moves[event.key] && !event.altKey) {
      focusOn(moves[event.key](editor.cell, event.ctrlKey || event.metaKey)); // closes the note
    } else if (at < 0) {
      return; // a button or a link of the editor
    } else if (event.key === "Enter" && !event.isComposing) {
      commit(editor, beside(editor.cell, event.shiftKey ? -1 : 1, 0));
    } else if (event.key === "Tab") {
      const isInside = event.shiftKey ? at > 0 : at < inputs.length - 1;
      const more = !event.shiftKey && !editor.form.querySelector(".editor__more").hidden;
      if (isInside || more) return;
      commit(editor, nextEditable(editor.cell, event.shiftKey ? -1 : 1) ?? editor.cell);
    } else {
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const onCell = (event, cell) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    const ctrl = ctrlKey || metaKey;
    const isOwn = targetOf(cell) !== cell; // a link or a box, which has keys of its own
    if (shared.onKey?.(event, cell)) return;
    if (moves[key] && !altKey) focusOn(moves[key](cell, ctrl));
    else if (ctrl && key.toLowerCase() === "z") takeBack();
    else if (key === " " && shiftKey) mark(cell.parentElement);
    else if (key === "F2") openEditor(cell, { atEnd: true });
    else if (ctrl || altKey || isOwn) return;
    else if (key === "Enter") openEditor(cell);
    else if (key === "Delete" || key === "Backspace") openEditor(cell, { typed: "" });
    else if (key.length === 1 && key !== " ") openEditor(cell, { typed: key });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  document.addEventListener(
    "keydown",
    (event) => {
      const cell = cellOf(event.target);
      if (!cell) return;
      const form = event.target.closest(".editor");
      if (form) inEditor(event, editors.get(cell));
      else onCell(event, cell);
    },
    true,
  );

  document.addEventListener("submit", (event) => {
    if (event.target.matches(".editor")) event.preventDefault();
    if (event.target.closest("#saved") && event.target.dataset.people) {
      event.preventDefault();
      takeBack();
    }
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) bar.hidden = true;
    const cell = cellOf(event.target);
    if (!cell || event.target.closest("a, input, button, .editor, label")) return;
    if (event.pointerType === "touch" && document.activeElement === cell) openEditor(cell);
    else if (!shared.onClick?.(event, cell)) focusOn(cell);
  });

  document.addEventListener("dblclick", (event) => {
    const cell = cellOf(event.target);
    if (cell && !event.target.closest("a, input, button, .editor")) openEditor(cell);
  });

  // Undo

  const takeBack = async () => {
    const form = bar.querySelector("form");
    const act = form.elements.act.value;
    if (!act) return;
    if (!form.dataset.people) {
      form.submit(); // of many: the list is shown anew
      return;
    }
    const values = [["act", act], ...form.dataset.people.split(" ").map((pk) => ["person", pk])];
    try {
      const answer = await post(theGrid().dataset.undo, values);
      if (answer.rows) merge(answer.rows);
      say(answer.said || answer.sentence);
    } catch {
      announce(words.failed);
      form.submit();
    }
  };

  // Marked rows

  const boxes = () => [...document.querySelectorAll("[name=person][form=marked]")];

  const countMarked = () => {
    const count = boxes().filter((box) => box.checked).length;
    const shown = document.querySelector("[data-marked]");
    if (shown) {
      shown.textContent = String(count);
      shown.hidden = !count;
    }
    const all = document.querySelector("[data-mark-all]");
    if (all) {
      all.checked = count > 0 && count === boxes().length;
      all.indeterminate = count > 0 && !all.checked;
    }
  };

  const mark = (row) => {
    const box = row.querySelector("[name=person]");
    box.checked = !box.checked;
    countMarked();
  };

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-mark-all]")) {
      for (const box of boxes()) box.checked = event.target.checked;
    }
    if (event.target.matches("[data-mark-all], [name=person]")) countMarked();
  });

  // What is typed is not lost by leaving

  const hasUnsaved = () =>
    [...editors.values()].some((editor) =>
      inputsOf(editor).some((input) => input.value !== editor.initial[input.name]),
    );

  addEventListener("beforeunload", (event) => {
    if (hasUnsaved()) event.preventDefault();
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (hasUnsaved() && !confirm(words.leave)) event.preventDefault();
  });

  Object.assign(shared, { words, theGrid, bodyRows, headOf, fieldsOf, textsOf, cellOf });
  Object.assign(shared, { announce, say, focusOn, moves, make, openEditor, lackingIn });
  document.addEventListener("htmx:load", setUp);
  document.addEventListener("htmx:historyRestore", setUp);
  setUp();
  if (!bar.hidden) announce(bar.querySelector("[data-said]").textContent);
})();
