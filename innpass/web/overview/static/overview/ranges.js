// Cells of the overview that are marked, copied, pasted onto and emptied, as in a spreadsheet: Shift with
// the arrows or a click marks a range, Escape lets it go. What is pasted or emptied is shown first, on a
// page of its own. Loaded after ``grid.js``, whose functions it uses.
(() => {
  const grid = globalThis.innpassGrid;
  if (!grid?.words) return;
  const { words, theGrid, bodyRows, headOf, fieldsOf, textsOf, cellOf } = grid;
  const { announce, say, focusOn, moves, make, openEditor, lackingIn } = grid;
  let range = null; // the cells that are marked: from one cell to another

  // A range of cells: from the cell where it began to the one that has the focus

  const unmark = () => {
    range = null;
    if (!theGrid()) return;
    for (const cell of theGrid().querySelectorAll("[aria-selected]")) cell.removeAttribute("aria-selected");
  };

  const hasPick = () => Boolean(theGrid().tHead.rows[0].cells[0].matches(".pick"));

  // The marked cells, row by row.
  const ranged = () => {
    const rows = bodyRows();
    const ends = [range.from, range.to];
    const downs = ends.map((cell) => rows.indexOf(cell.parentElement));
    const acrosses = ends.map((cell) => Math.max(cell.cellIndex, hasPick() ? 1 : 0));
    return rows
      .slice(Math.min(...downs), Math.max(...downs) + 1)
      .map((row) => [...row.cells].slice(Math.min(...acrosses), Math.max(...acrosses) + 1));
  };

  const stretch = (to, from) => {
    const began = range?.from ?? from;
    unmark();
    range = { from: began, to };
    focusOn(to);
    const cells = ranged();
    for (const cell of cells.flat()) cell.setAttribute("aria-selected", "true");
    const heads = cells[0].map((cell) => headOf(cell).innerText.trim());
    const about = { rows: cells.length, columns: heads.length, first: heads[0], last: heads.at(-1) };
    announce(words.marked.replace(/\{(\w+)\}/g, (_whole, name) => about[name]));
  };

  const shownIn = (cell) => {
    const who = cell.querySelector(":scope > .who");
    const copy = cell.cloneNode(true);
    for (const node of copy.querySelectorAll(".ds-sr-only, .without-script, .editor, svg")) node.remove();
    return (who ?? copy).textContent.replace(/\s+/g, " ").trim();
  };

  // What a cell holds, as it is pasted again: a text for each field that can be edited, else what it shows.
  // Hours of several activities are shown, and belong to none of them.
  const copied = (cell) => {
    const fields = fieldsOf(cell);
    const texts = textsOf(cell.parentElement);
    if (!fields.length || (fields.length === 1 && lackingIn(cell))) return [shownIn(cell)];
    return fields.map((field) => (texts[field.name] ?? "").replace(/\s+/g, " "));
  };

  // A page of its own shows what would change.
  const ask = (address, values) => {
    const form = make("form", { method: "post", action: address, hidden: "" });
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    for (const [name, value] of [...values, ["csrfmiddlewaretoken", token]]) {
      const input = make("textarea", { name });
      input.value = value;
      form.append(input);
    }
    document.body.append(form);
    form.submit();
  };

  const personsOf = (rows) => rows.map((row) => ["person", row.dataset.person]);

  const empty = () => {
    const cells = ranged();
    const fields = cells[0].flatMap(fieldsOf).map((field) => ["field", field.name]);
    if (!fields.length) {
      say(words.readonly);
      return;
    }
    const people = personsOf(cells.map(([cell]) => cell.parentElement));
    ask(theGrid().dataset.bulk, [...people, ...fields, ["who", "marked"], ["text", ""], ["empty", "1"]]);
  };

  // Onto the marked cells: column by column as they stand, and one value into all of them.
  const pasteOnto = (text) => {
    const cells = ranged();
    const isOne = !/[\t\n]/.test(text);
    // One value is for the first field of a column: a unit's name is no day as well.
    const columns = cells[0].flatMap((cell) => {
      const fields = fieldsOf(cell).slice(0, isOne ? 1 : undefined);
      return fields.length ? fields.map((field) => field.name) : ["-"];
    });
    const first = columns.find((name) => name !== "-");
    if (!first) {
      say(words.readonly);
      return;
    }
    const line = columns.map((name) => (name === "-" ? "" : text)).join("\t");
    const block = isOne ? cells.map(() => line).join("\n") : text;
    const width = Math.max(...block.split("\n").map((each) => each.split("\t").length));
    const chosen = Array.from({ length: width }, (_each, place) => [`column-${place}`, columns[place] ?? "-"]);
    const people = personsOf(cells.map(([cell]) => cell.parentElement));
    ask(theGrid().dataset.paste, [...people, ["first", first], ["text", block], ...chosen]);
  };

  // The clipboard

  document.addEventListener("copy", (event) => {
    const cell = cellOf(document.activeElement);
    if (!cell || document.activeElement.closest(".editor") || String(getSelection())) return;
    const cells = range ? ranged() : [[cell]];
    const text = cells.map((row) => row.flatMap(copied).join("\t")).join("\n");
    event.clipboardData.setData("text/plain", text);
    if (range) announce(words.copied);
    event.preventDefault();
  });

  document.addEventListener("paste", (event) => {
    const cell = cellOf(document.activeElement);
    if (!cell || document.activeElement.closest(".editor")) return;
    const text = event.clipboardData.getData("text/plain");
    const trimmed = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    const [first] = fieldsOf(cell);
    event.preventDefault();
    if (range && ranged().flat().length > 1) {
      pasteOnto(trimmed);
    } else if (!first) {
      say(words.readonly);
    } else if (!/[\t\n]/.test(trimmed)) {
      openEditor(cell, { typed: trimmed });
    } else {
      const rows = bodyRows();
      const people = personsOf(rows.slice(rows.indexOf(cell.parentElement)));
      ask(theGrid().dataset.paste, [...people, ["first", first.name], ["text", text]]);
    }
  });

  // A click with Shift marks cells, not the text between them.
  document.addEventListener("mousedown", (event) => {
    const cell = cellOf(event.target);
    if (event.shiftKey && cell && !event.target.closest("a, input, button, .editor")) event.preventDefault();
  });

  // Whether a key was about a range.
  grid.onKey = (event, cell) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (moves[key] && !altKey && shiftKey) stretch(moves[key](cell, ctrlKey || metaKey), cell);
    else if (key === "Escape" && range) {
      unmark();
      announce(words.unmarked);
    } else if ((key === "Delete" || key === "Backspace") && range) empty();
    else {
      if (moves[key]) unmark();
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  };

  grid.onClick = (event, cell) => {
    const from = cellOf(document.activeElement);
    if (!event.shiftKey || !from) {
      unmark();
      return false;
    }
    stretch(cell, from);
    return true;
  };

  grid.unmark = unmark;
  document.addEventListener("htmx:load", () => {
    if (range && !range.from.isConnected) range = null;
  });
})();
