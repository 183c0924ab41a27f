// Suggestions under what is typed: commands in the box, and lines of menus whose options come from the bot.
"use strict";

const MOST_HINTS = 5;
const options = () => [...document.querySelectorAll("#hints li")];
const offered = () => options().filter((each) => !each.hidden);
const box = () => document.getElementById("words");

function close() {
  const list = document.getElementById("hints");
  if (!list) return;
  list.hidden = true;
  for (const each of options()) each.removeAttribute("aria-selected");
  box().removeAttribute("aria-activedescendant");
}

function fits(each, typed) {
  const words = each.dataset.words.toLowerCase();
  if (typed.length <= "/cypp ".length) return each.dataset.first === "1" && words.startsWith(typed);
  return words.startsWith(typed);
}

function offer() {
  const typed = box().value.toLowerCase();
  const list = document.getElementById("hints");
  if (!typed.startsWith("/") || typed.includes("\n")) { close(); return; }
  let count = 0;
  for (const each of options()) {
    each.hidden = !(fits(each, typed) && each.dataset.words.toLowerCase() !== typed && count < MOST_HINTS);
    each.removeAttribute("aria-selected");
    count += each.hidden ? 0 : 1;
  }
  const opens = list.hidden && count;
  list.hidden = count === 0;
  box().removeAttribute("aria-activedescendant");
  if (opens) document.getElementById("said").textContent = `${count} suggestions: arrow keys choose, Tab takes one.`;
}

function choose(step) {
  const some = offered();
  const at = some.findIndex((each) => each.getAttribute("aria-selected") === "true");
  const next = some[(at + step + some.length + (at < 0 && step < 0 ? 1 : 0)) % some.length];
  for (const each of some) each.setAttribute("aria-selected", String(each === next));
  box().setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
}

function take(option) {
  box().value = option.dataset.words;
  close();
  box().focus();
}

document.addEventListener("input", (event) => {
  if (event.target.id !== "words") return;
  event.target.style.height = "";
  event.target.style.height = `${event.target.scrollHeight + 4}px`;
  offer();
});

// Before the page's own Enter, which sends.
document.addEventListener("keydown", (event) => {
  if (event.target.id !== "words" || document.getElementById("hints").hidden) return;
  const chosen = offered().find((each) => each.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") choose(event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "Escape") close();
  else if (chosen && (event.key === "Enter" || event.key === "Tab")) take(chosen);
  else { if (event.key === "Enter" || event.key === "Tab") close(); return; }
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

document.addEventListener("mousedown", (event) => {
  const option = event.target.closest("#hints li");
  if (option) { event.preventDefault(); take(option); }
});
document.addEventListener("focusout", (event) => { if (event.target.id === "words") setTimeout(close, 150); });

// -- menus of the bot ---------------------------------------------------------------------------------------------

let timer = 0;
document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.classList.contains("suggests") || field.value.length < Number(field.dataset.least)) return;
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const form = new FormData(field.form);
    const asked = new URLSearchParams({ pick: field.dataset.pick, typed: field.value, ts: form.get("ts") || "" });
    const path = document.body.dataset.path.split("?")[0];
    const answer = await fetch(`${path}/suggest?${asked}`).catch(() => null);
    if (!answer || !answer.ok) return;
    const lines = (await answer.json()).map(({ text }) => Object.assign(document.createElement("option"), { value: text }));
    document.getElementById(field.getAttribute("list")).replaceChildren(...lines);
  }, 200);
});
