// Moves a column up or down where it stands; without this script the server draws the form anew.
(() => {
  const list = document.querySelector("[data-arrange]");
  if (!list) return;
  const said = document.querySelector("[data-said]");

  const say = (item) => {
    const words = {
      column: item.querySelector("label").textContent.trim(),
      place: [...list.children].indexOf(item) + 1,
      all: list.children.length,
    };
    said.textContent = list.dataset.moved.replace(/\{(\w+)\}/g, (_, name) => words[name]);
  };

  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[name]");
    if (!button) return;
    event.preventDefault();
    const item = button.closest("li");
    const other = button.name === "up" ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    if (button.name === "up") other.before(item);
    else other.after(item);
    // At the end its button is hidden: the other one keeps the focus in place.
    const isAtEnd = button.name === "up" ? !item.previousElementSibling : !item.nextElementSibling;
    (isAtEnd ? item.querySelector(`button[name]:not([name="${button.name}"])`) : button).focus();
    say(item);
  });
})();
