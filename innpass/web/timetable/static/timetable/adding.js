// Stays at a workplace are made and taken away in the calendar: drawn with the mouse where the day is
// free, added with a button in the day's head, and taken away with Delete or the cross on the stay.
// They stand in fields of the form, which work without this file. Moving them is in moving.js.
(() => {
  const form = document.getElementById("week-form");
  const words = document.getElementById("move-words")?.dataset;
  if (!form || !words) return;

  const STEP = 15; // minutes
  const SHORTEST = 30; // a shorter stroke was not meant
  const SLACK = 4; // pixels that a hand may tremble
  const HOUR = 60;
  let next = ""; // the id of what gets the focus when the week is drawn anew

  const clock = (minutes) => {
    const two = (number) => String(number).padStart(2, "0");
    return `${two(Math.floor(minutes / HOUR))}.${two(minutes % HOUR)}`;
  };
  const minutesOf = (text) => {
    const found = (text ?? "").match(/(\d\d)\.(\d\d)\D+(\d\d)\.(\d\d)/);
    if (!found) return null;
    const [h, m, eh, em] = found.slice(1).map(Number);
    return { start: HOUR * h + m, end: HOUR * eh + em };
  };

  const calendar = () => document.querySelector("[data-week]");
  const columns = () => [...calendar().querySelectorAll(".calendar__day")];
  const isDrawn = () => getComputedStyle(calendar()).display === "grid";
  const dayOf = (column) => Number(column.dataset.day);
  const fieldsOf = (day) => [form.elements[`start-${day}`], form.elements[`end-${day}`]];
  const hoursOf = (day) => minutesOf(fieldsOf(day)[0]?.closest(".stay").dataset.hours);
  const isFree = (day) => Boolean(hoursOf(day)) && fieldsOf(day).every((field) => !field.value);

  const say = (text, column, stay) => {
    const time = stay ? `${clock(stay.start)}–${clock(stay.end)}` : "";
    const said = text.replace("{day}", column.dataset.name.toLowerCase()).replace("{time}", time);
    document.getElementById("announcement").textContent = said;
  };

  const write = (column, stay, focus) => {
    const [start, end] = fieldsOf(dayOf(column));
    start.value = stay ? clock(stay.start) : "";
    end.value = stay ? clock(stay.end) : "";
    next = focus;
    form.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const add = (column, stay) => {
    say(words.added, column, stay);
    write(column, stay, `stay-${dayOf(column)}`);
  };
  const remove = (column) => {
    say(words.removed, column);
    write(column, null, `add-${dayOf(column)}`);
  };

  // The longest time of the day when the place is open and nothing else is in the week.
  const gapIn = (column) => {
    const { start, end } = hoursOf(dayOf(column));
    const taken = [...column.querySelectorAll(".block__time")].map((each) => minutesOf(each.textContent));
    const busy = taken.filter(Boolean).sort((one, other) => one.start - other.start);
    let [at, best] = [start, { start, end: start }];
    for (const each of [...busy, { start: end, end }]) {
      const until = Math.min(each.start, end);
      if (until - at > best.end - best.start) best = { start: at, end: until };
      at = Math.max(at, each.end);
    }
    const longest = Number(words.longest);
    return best.end > best.start ? { ...best, end: Math.min(best.end, best.start + longest) } : { start, end };
  };

  const button = (className, label, sign, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = className;
    made.setAttribute("aria-label", label);
    made.title = label;
    made.textContent = sign;
    made.addEventListener("click", act);
    return made;
  };

  const setUp = () => {
    if (!calendar()) return;
    for (const column of columns()) {
      const named = (text) => text.replace("{day}", column.dataset.name.toLowerCase());
      const body = column.querySelector("[data-move]");
      const head = column.querySelector(".calendar__head");
      if (body && !column.querySelector(".block__remove")) {
        const cross = button("block__remove", named(words.remove), "×", () => remove(column));
        body.after(cross);
      } else if (!body && isFree(dayOf(column)) && !head.querySelector(".calendar__add")) {
        const plus = button("calendar__add", named(words.add), "+", () => add(column, gapIn(column)));
        plus.id = `add-${column.dataset.day}`;
        head.append(plus);
        column.querySelector("[data-blocks]").classList.add("can-draw");
      }
    }
  };

  document.addEventListener("keydown", (event) => {
    const body = event.target.closest?.("[data-week] [data-move]");
    if (!body || !["Delete", "Backspace"].includes(event.key)) return;
    event.preventDefault();
    remove(body.closest(".calendar__day"));
  });

  // A stroke down a free day draws a stay.
  document.addEventListener("pointerdown", (event) => {
    const area = event.target.closest?.("[data-week] .can-draw");
    if (!area || event.target.closest(".block") || event.button !== 0 || !isDrawn()) return;
    const column = area.closest(".calendar__day");
    const { top, height } = area.getBoundingClientRect();
    const opens = HOUR * Number(calendar().dataset.opens);
    const perPixel = (HOUR * Number(calendar().dataset.closes) - opens) / height;
    const hours = hoursOf(dayOf(column));
    const at = (y) => {
      const minutes = opens + Math.round(((y - top) * perPixel) / STEP) * STEP;
      return Math.min(Math.max(minutes, hours.start), hours.end);
    };
    const from = event.clientY;
    let stay = null;
    const ghost = document.createElement("div");
    ghost.className = "block is-drawn";

    const move = (moved) => {
      if (!stay && Math.abs(moved.clientY - from) < SLACK) return;
      moved.preventDefault();
      const [one, other] = [at(from), at(moved.clientY)];
      stay = { start: Math.min(one, other), end: Math.max(one, other) };
      const parts = { h: stay.start, m: stay.start, eh: stay.end, em: stay.end, lane: HOUR, lanes: HOUR };
      for (const [name, minutes] of Object.entries(parts)) {
        const value = name.endsWith("h") || name.startsWith("lane") ? Math.floor(minutes / HOUR) : minutes % HOUR;
        ghost.style.setProperty(`--${name}`, value);
      }
      ghost.textContent = `${clock(stay.start)}–${clock(stay.end)}`;
      area.append(ghost);
    };
    const end = () => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", drop);
      removeEventListener("pointercancel", end);
      removeEventListener("keydown", escape, true);
      ghost.remove();
    };
    const drop = () => {
      end();
      if (stay && stay.end - stay.start >= SHORTEST) add(column, stay);
    };
    const escape = (key) => {
      if (key.key === "Escape") end();
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", drop);
    addEventListener("pointercancel", end);
    addEventListener("keydown", escape, true);
  });

  document.addEventListener("htmx:afterSettle", () => {
    setUp();
    const found = next && document.getElementById(next);
    next = "";
    if (found) found.focus({ preventScroll: true });
  });

  setUp();
})();
