// Tables as Slack shows them: the reader sorts by a heading, filters, and turns pages. Without this script all rows stand.
"use strict";

const make = (tag, about = {}) => Object.assign(document.createElement(tag), about);
const words = (row, at) => row.cells[at].textContent;
const number = (row, at) => row.cells[at].dataset.value;

function compare(one, other, at) {
  const [a, b] = [number(one, at), number(other, at)];
  return a !== undefined && b !== undefined ? a - b : words(one, at).localeCompare(words(other, at), "en-GB");
}

function enhance(table) {
  const size = Number(table.dataset.page);
  const body = table.tBodies[0];
  const all = [...body.rows];
  const state = { page: 0, typed: "", column: -1, down: false };
  const count = make("span");
  const typed = make("input", { type: "search" });
  const back = make("button", { type: "button", className: "quiet", textContent: "Rows before" });
  const next = make("button", { type: "button", className: "quiet", textContent: "Next rows" });

  function show() {
    const kept = all.filter((row) => row.textContent.toLowerCase().includes(state.typed));
    if (state.column >= 0) kept.sort((one, other) => (state.down ? -1 : 1) * compare(one, other, state.column));
    state.page = Math.min(state.page, Math.max(0, Math.ceil(kept.length / size) - 1));
    const first = state.page * size;
    const rows = kept.slice(first, first + size);
    body.replaceChildren(...rows);
    count.textContent = kept.length ? `Rows ${first + 1} to ${first + rows.length} of ${kept.length}` : "No row has that";
    back.disabled = state.page === 0;
    next.disabled = first + size >= kept.length;
    [...table.tHead.rows[0].cells].forEach((cell, at) => {
      if (at === state.column) cell.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    });
  }

  [...table.tHead.rows[0].cells].forEach((cell, at) => {
    const sort = make("button", { type: "button", className: "sort", textContent: cell.textContent });
    sort.addEventListener("click", () => {
      Object.assign(state, { down: state.column === at && !state.down, column: at, page: 0 });
      show();
    });
    cell.replaceChildren(sort);
  });
  typed.addEventListener("input", () => { Object.assign(state, { typed: typed.value.toLowerCase(), page: 0 }); show(); });
  // Enter would press the first button of the message.
  typed.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  back.addEventListener("click", () => { state.page -= 1; show(); });
  next.addEventListener("click", () => { state.page += 1; show(); });
  const label = make("label", { textContent: "Filter " });
  label.append(typed);
  const paging = make("div", { className: "paging" });
  paging.append(label, back, next, count);
  count.setAttribute("role", "status");
  if (all.length > size) table.parentElement.after(paging);
  table.dataset.ready = "1";
  show();
}

function enhanceAll() {
  for (const table of document.querySelectorAll(".table table:not([data-ready])")) enhance(table);
}

new MutationObserver(enhanceAll).observe(document.body, { childList: true, subtree: true });
enhanceAll();
