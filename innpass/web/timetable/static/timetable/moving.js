// Stays at a workplace are dragged and stretched in the calendar, by mouse and by keyboard. They
// stand in fields of the form, which work without this file; moving one writes there and asks the
// server how the week will be.
(() => {
  const form = document.getElementById("week-form");
  const words = document.getElementById("move-words")?.dataset;
  if (!form || !words) return;

  const STEP = 15; // minutes
  const PATIENCE = 350; // milliseconds between the last key and the question to the server
  const SLACK = 4; // pixels that a hand may tremble
  const HOUR = 60;
  let held = null; // the stay that the keyboard moves: where it was, and where it is
  let waiting = 0;
  let isAsked = false; // and the week is not drawn anew yet

  const clock = (minutes) => {
    const two = (number) => String(number).padStart(2, "0");
    return `${two(Math.floor(minutes / HOUR))}.${two(minutes % HOUR)}`;
  };
  const timeOf = ({ start, end }) => `${clock(start)}–${clock(end)}`;
  const announce = (text) => {
    document.getElementById("announcement").textContent = text;
  };
  const fill = (text, stay) => {
    const day = dayNames()[stay.day] ?? "";
    const values = { day: day.toLowerCase(), time: timeOf(stay) };
    const said = text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
    return said.charAt(0).toUpperCase() + said.slice(1);
  };

  const standing = () => document.querySelector("#outcome")?.dataset.announce ?? "";
  const calendar = () => document.querySelector("[data-week]");
  const columns = () => [...calendar().querySelectorAll(".calendar__day")];
  const dayNames = () => columns().map((column) => column.dataset.name);
  const isDrawn = () => getComputedStyle(calendar()).display === "grid";
  const hours = () => ({
    opens: HOUR * Number(calendar().dataset.opens),
    closes: HOUR * Number(calendar().dataset.closes),
  });
  const areaOf = (column) => column.querySelector("[data-blocks]").getBoundingClientRect();

  const stayOf = (body) => ({
    day: Number(body.closest(".calendar__day").dataset.day),
    start: Number(body.dataset.start),
    end: Number(body.dataset.end),
  });
  const fieldsOf = (day) => [form.elements[`start-${day}`], form.elements[`end-${day}`]];

  // Whether a stay may stand there: a field to write it in, no other stay that day, hours shown.
  const obstacle = (stay, from) => {
    const { opens, closes } = hours();
    const [field] = fieldsOf(stay.day);
    if (!field || stay.start < opens || stay.end > closes || stay.end - stay.start < STEP) {
      return words.closed;
    }
    return stay.day !== from.day && field.value ? words.occupied : "";
  };

  const write = (from, to) => {
    for (const field of fieldsOf(from.day)) field.value = "";
    const [start, end] = fieldsOf(to.day);
    start.value = clock(to.start);
    end.value = clock(to.end);
  };

  const ask = () => {
    clearTimeout(waiting);
    waiting = 0;
    isAsked = true;
    form.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // What the block looks like until the server has drawn the week anew.
  const draw = (body, from, to) => {
    const block = body.closest(".block");
    const parts = { h: to.start, m: to.start, eh: to.end, em: to.end };
    for (const [name, minutes] of Object.entries(parts)) {
      const value = name.endsWith("h") ? Math.floor(minutes / HOUR) : minutes % HOUR;
      block.style.setProperty(`--${name}`, value);
    }
    const [here, there] = [columns()[from.day], columns()[to.day]].map(areaOf);
    block.style.transform = isDrawn() ? `translateX(${there.left - here.left}px)` : "";
    body.querySelector(".block__time").textContent = timeOf(to);
  };

  const setUp = () => {
    for (const body of document.querySelectorAll("[data-week] [data-move]")) {
      if (body.getAttribute("role") === "button") continue;
      body.setAttribute("role", "button");
      body.setAttribute("aria-describedby", "move-help");
      body.tabIndex = 0;
      for (const edge of ["start", "end"]) {
        const grip = document.createElement("span");
        grip.className = `block__grip block__grip--${edge}`;
        grip.dataset.grip = edge;
        grip.setAttribute("aria-hidden", "true");
        body.append(grip);
      }
    }
  };

  // The mouse

  const shifted = (from, minutes, edge, day) => {
    const by = Math.round(minutes / STEP) * STEP;
    if (edge === "start") return { ...from, start: Math.min(from.start + by, from.end - STEP) };
    if (edge === "end") return { ...from, end: Math.max(from.end + by, from.start + STEP) };
    const { opens, closes } = hours();
    const start = Math.min(Math.max(from.start + by, opens), closes - (from.end - from.start));
    return { day, start, end: start + from.end - from.start };
  };

  document.addEventListener("pointerdown", (event) => {
    const body = event.target.closest?.("[data-week] [data-move]");
    if (!body || event.button !== 0 || !isDrawn()) return;
    const from = stayOf(body);
    const edge = event.target.dataset.grip;
    const area = areaOf(columns()[from.day]);
    const { opens, closes } = hours();
    const perPixel = (closes - opens) / area.height;
    const origin = { x: event.clientX, y: event.clientY };
    let to = null;

    const move = (moved) => {
      const far = Math.hypot(moved.clientX - origin.x, moved.clientY - origin.y);
      if (!to && far < SLACK) return;
      const over = columns().findIndex((column) => {
        const { left, right } = areaOf(column);
        return left <= moved.clientX && moved.clientX <= right;
      });
      const next = shifted(from, (moved.clientY - origin.y) * perPixel, edge, over < 0 ? from.day : over);
      if (obstacle(next, from)) return;
      to = next;
      body.closest(".block").classList.add("is-moving");
      draw(body, from, to);
    };
    const end = () => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", drop);
      removeEventListener("pointercancel", cancel);
      removeEventListener("keydown", escape, true);
      body.closest(".block")?.classList.remove("is-moving");
    };
    const cancel = () => {
      end();
      if (to) draw(body, from, from);
    };
    const drop = () => {
      end();
      if (!to) return;
      held = { from, at: to };
      write(from, to);
      announce(fill(words.moved, to));
      ask();
    };
    const escape = (key) => {
      if (key.key !== "Escape") return;
      key.preventDefault();
      cancel();
      announce(fill(words.back, from));
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", drop);
    addEventListener("pointercancel", cancel);
    addEventListener("keydown", escape, true);
  });

  // The keyboard

  const steps = {
    ArrowUp: { start: -STEP, end: -STEP },
    ArrowDown: { start: STEP, end: STEP },
    ArrowLeft: { day: -1 },
    ArrowRight: { day: 1 },
  };
  const stretches = { ArrowUp: { end: -STEP }, ArrowDown: { end: STEP } };

  const nudge = (body, { day = 0, start = 0, end = 0 }) => {
    const now = held?.body === body ? held.at : stayOf(body);
    const to = { day: now.day + day, start: now.start + start, end: now.end + end };
    const why = obstacle(to, now);
    if (why) {
      announce(fill(why, to));
      return;
    }
    held = { from: held && !held.isOver ? held.from : now, at: to, body };
    write(now, to);
    draw(body, stayOf(body), to);
    announce(fill(words.moved, to));
    clearTimeout(waiting);
    waiting = setTimeout(ask, PATIENCE);
  };

  const settle = (body, back) => {
    if (!held || held.isOver) return false;
    const { from, at } = held;
    if (back) {
      write(at, from);
      draw(body, stayOf(body), from);
    }
    // It stays known until the week is drawn anew, so that the focus can go with it.
    const stays = back ? from : at;
    held = { from: stays, at: stays, body, isOver: true, words: back ? words.back : words.kept };
    const said = fill(held.words, stays);
    if (back || waiting) ask();
    // Where it is drawn already, nothing more comes that would tell how the week stands.
    announce(isAsked ? said : `${said} ${standing()}`);
    if (!isAsked) held = null;
    return true;
  };

  document.addEventListener("keydown", (event) => {
    const body = event.target.closest?.("[data-week] [data-move]");
    if (!body || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = (event.shiftKey ? stretches : steps)[event.key];
    if (step) {
      event.preventDefault();
      nudge(body, step);
    } else if ((event.key === "Enter" || event.key === "Escape") && settle(body, event.key === "Escape")) {
      event.preventDefault();
    }
  });

  // The week is drawn anew while a stay is held: the focus stays with it, and what it was. What the
  // stay is now is told before how the week stands.
  document.addEventListener("htmx:afterSettle", () => {
    setUp();
    isAsked = false;
    if (!held) return;
    const said = fill(held.words ?? words.moved, held.at);
    const stands = standing();
    setTimeout(() => announce(`${said} ${stands}`));
    const body = document.getElementById(`stay-${held.at.day}`);
    const active = document.activeElement;
    const isLost = [document.body, null].includes(active) || active.matches("[data-move]");
    if (body && isLost) body.focus({ preventScroll: true });
    held = held.isOver || !held.body ? null : { ...held, body };
  });

  // Whoever leaves a stay keeps it where it is.
  document.addEventListener("focusout", (event) => {
    if (held?.body === event.target && event.target.isConnected && event.relatedTarget) held = null;
  });

  setUp();
})();
