// What is pressed is sent and the page that comes back is put in place, part by part, so that nothing jumps and the
// focus stays where it is. Without this script the same forms work, and the whole page comes back.
"use strict";

const PARTS = ["clock", "people", "news", "head", "messages", "alert", "composer", "thread", "dialogs"];
const shown = new Map();
const rows = new Map();
const LOOK_AGAIN = 2000;
const wide = matchMedia("(min-width: 56rem) and (min-height: 34rem)");
let busy = false;
let cameFrom = null;
let threadFrom = "";

const part = (id, from = document) => from.getElementById(id);
const markup = (element) => (element ? element.outerHTML : "");

function remember(from = document) {
  for (const id of PARTS) shown.set(id, markup(part(id, from)));
  for (const each of from.querySelectorAll(".message")) rows.set(each.id, markup(each));
}

function tell(words) {
  const box = part("said");
  box.textContent = "";
  if (words) setTimeout(() => { box.textContent = words; }, 60);
}

// -- putting a page in place --------------------------------------------------------------------------------------

const allMessages = () => [...document.querySelectorAll(".message")];
const messagesHere = () => allMessages().filter((each) => each.checkVisibility());

// A message that comes back as it was stays as it is: with what is ticked or chosen in it, or filtered or folded away.
function keepRows(fresh) {
  for (const each of fresh.querySelectorAll(".message")) {
    const old = part(each.id);
    const text = markup(each);
    if (old && rows.get(each.id) === text) each.replaceWith(old);
    rows.set(each.id, text);
  }
}

// Of one that has changed, what is still there stays ticked.
const ticked = () => [...document.querySelectorAll(".message :checked[type=checkbox]")].map(({ value }) => value);

function isOpen(id) {
  const element = part(id);
  return element ? element.open : undefined;
}

// `follows`: what is new is looked at, as after words of one's own; else it is only said that it is there.
function swap(text, { mine, follows }) {
  const page = new DOMParser().parseFromString(text, "text/html");
  if (!part("messages", page)) { location.reload(); return; }
  const before = new Set(allMessages().map((each) => each.id));
  const atEnd = !isBelow(messagesHere().at(-1), "bottom");
  const inThread = part("thread-title");
  const ticks = new Set(ticked());
  const opened = ["people-box", "more-people", "steps"].map((id) => [id, isOpen(id)]);
  const typed = [...document.querySelectorAll(".composer textarea")].map(({ id, value }) => [id, value]);
  const moved = page.body.dataset.path.split("?")[0] !== document.body.dataset.path.split("?")[0];
  for (const id of PARTS) {
    const fresh = part(id, page);
    const old = part(id);
    const text = markup(fresh);
    // A part that comes back as it was keeps its place.
    if (shown.get(id) === text && !moved) continue;
    shown.set(id, text);
    if (old && fresh) {
      const top = old.scrollTop;
      if (!moved) keepRows(fresh);
      old.replaceWith(document.adoptNode(fresh));
      if (!moved) fresh.scrollTop = top;
    } else if (old) old.replaceChildren();
    else if (fresh) part("talk").append(document.adoptNode(fresh));
  }
  for (const [id, open] of opened) if (open !== undefined && part(id)) part(id).open = open;
  for (const [id, value] of typed) if (value && part(id)) part(id).value = value;
  for (const box of document.querySelectorAll(".message [type=checkbox]")) box.checked ||= ticks.has(box.value);
  document.title = page.title;
  Object.assign(document.body.dataset, { path: page.body.dataset.path, seq: page.body.dataset.seq });
  showDialog();
  const arrived = messagesHere().filter((each) => !before.has(each.id) && (inThread || !each.closest("#thread")));
  if (moved) showNewest();
  else if (arrived.length && (follows || (!mine && atEnd))) bringUp(part("first-new") || arrived[0]);
  else if (arrived.length) sayBelow(arrived);
  if (mine) tell(page.body.dataset.say);
  else if (arrived.length) tell("A new message has come.");
}

function bringUp(element, smoothly = true) {
  below.hidden = true;
  const list = element.closest(".messages");
  const behavior = smoothly ? "auto" : "instant";
  if (getComputedStyle(list).overflowY === "auto") {
    list.scrollTo({ top: list.scrollTop + element.getBoundingClientRect().top - list.getBoundingClientRect().top, behavior });
  } else element.scrollIntoView({ block: "start", behavior });
}

function showNewest() {
  const all = messagesHere();
  if (all.length > 1 || !wide.matches) { const place = part("first-new") || all.at(-1); if (place) bringUp(place, false); }
}

// -- what is new and out of sight ----------------------------------------------------------------------------------

const below = Object.assign(document.createElement("div"), { className: "below", hidden: true });
const belowGo = Object.assign(document.createElement("button"), { type: "button", id: "below" });
let waitingBelow = [];
below.append(belowGo);

// Whether an edge of a message stands lower than where its list ends or the box that takes words begins.
function isBelow(element, edge = "top") {
  if (!element) return false;
  const list = element.closest(".messages");
  const { bottom } = list.getBoundingClientRect();
  const writes = list.parentElement.querySelector(".writes")?.getBoundingClientRect().top ?? bottom;
  return element.getBoundingClientRect()[edge] > Math.min(bottom, writes, innerHeight) + (edge === "top" ? -24 : 24);
}

function sayBelow(arrived) {
  waitingBelow = arrived.filter((each) => isBelow(each)).map((each) => each.id);
  const count = waitingBelow.length;
  below.hidden = !count;
  belowGo.textContent = `${count} new ${count === 1 ? "message" : "messages"} below`;
  if (count) part("messages").after(below);
}

belowGo.addEventListener("click", () => {
  const first = part(waitingBelow[0]);
  if (first) { bringUp(first); first.focus({ preventScroll: true }); }
});
document.addEventListener("scroll", () => {
  if (!below.hidden && !waitingBelow.some((id) => isBelow(part(id)))) below.hidden = true;
}, { capture: true, passive: true });

// -- dialogs ------------------------------------------------------------------------------------------------------

function showDialog() {
  const dialog = part("dialog");
  if (!dialog || dialog.matches(":modal")) return;
  dialog.removeAttribute("open");
  dialog.showModal();
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); part("dialog-close").click(); });
  const first = dialog.querySelector("[aria-invalid]") || dialog.querySelector(".bad input")
    || dialog.querySelector(".field input, .field textarea, .field select") || part("dialog-title");
  first.focus();
}

// -- focus --------------------------------------------------------------------------------------------------------

const labelOf = (element) => element.getAttribute("aria-label") || element.textContent;

// Of the Home tab the bot makes every part anew, so there a place among the parts says where somebody was.
function traceOf(element) {
  const block = element.closest(".home > *");
  return {
    id: element.id, message: element.closest(".message")?.id || "", inDialog: Boolean(element.closest("dialog")),
    block: block ? [...block.parentElement.children].indexOf(block) : -1, label: labelOf(element),
  };
}

function focusAfter(from) {
  if (part("dialog")) return;
  const flash = part("flash");
  if (flash) { flash.focus(); flash.scrollIntoView({ block: "nearest" }); return; }
  for (const id of [from.id, from.message]) {
    const element = id && part(id);
    if (element && !element.closest("[hidden]")) { element.focus({ preventScroll: true }); return; }
  }
  const block = from.block >= 0 && document.querySelector(".home")?.children[from.block];
  if (block) {
    block.tabIndex = -1;
    const same = [...block.querySelectorAll("button, select")].find((each) => labelOf(each) === from.label);
    (same || block).focus({ preventScroll: true });
    return;
  }
  (part("sent-title") && from.id === "guide-go" ? part("sent-title") : part("words-or-messages")).focus({ preventScroll: true });
}

// -- sending ------------------------------------------------------------------------------------------------------

function waiting(form, button, on) {
  form.setAttribute("aria-busy", String(on));
  if (button) button.toggleAttribute("aria-disabled", on);
  if (button && on) button.setAttribute("aria-disabled", "true");
}

function cannot(words) {
  const flash = Object.assign(document.createElement("p"), { id: "flash", className: "flash", tabIndex: -1, textContent: words });
  part("dialog")?.close();
  part("alert").replaceChildren(flash);
  shown.delete("alert");
  tell(words);
  flash.focus();
}

async function send(form, button) {
  const words = form.matches(".composer") ? form.querySelector("textarea") : null;
  const from = traceOf(words || button || form);
  // A dialog gives the focus back to what opened it.
  if (!from.inDialog) cameFrom = from;
  const data = new FormData(form, button);
  busy = true;
  waiting(form, button, true);
  const clock = new URL(form.getAttribute("action"), location).pathname === "/clock";
  if (clock) tell("Moving the clock …");
  try {
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(data) });
    const text = await answer.text();
    const path = new URL(answer.url);
    if (words) { words.value = ""; words.style.height = ""; shown.delete(words.id === "words" ? "composer" : "thread"); }
    if (!answer.ok) { cannot(new DOMParser().parseFromString(text, "text/html").querySelector("h1")?.textContent || text); return; }
    if (path.pathname + path.search !== location.pathname + location.search) history.pushState(null, "", path);
    swap(text, { mine: true, follows: clock || from.id === "guide-go" || Boolean(words) });
    focusAfter(from.inDialog && !part("dialog") ? cameFrom || from : from);
  } catch {
    cannot("The demo has ended. Start it again with “make demo”.");
  } finally {
    busy = false;
    waiting(form, button, false);
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  event.preventDefault();
  if (!busy) send(form, event.submitter);
  // Words wait for what was sent before them; a press does not, since what it was on may have changed.
  else if (form.matches(".composer")) setTimeout(() => { if (form.isConnected) form.requestSubmit(); }, 100);
});

document.addEventListener("keydown", (event) => {
  if (!event.target.matches(".composer textarea") || event.key !== "Enter" || event.shiftKey || event.isComposing || event.defaultPrevented) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

// A thread opens and closes beside the messages, which stay where they are.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a.stays");
  if (!link || busy || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const { id } = link;
  const page = await fetch(link.href).catch(() => null);
  if (!page || !page.ok) { location.assign(link.href); return; }
  history.pushState(null, "", link.href);
  swap(await page.text(), { mine: true });
  const opened = part("thread-title");
  // On a narrow screen the thread stands in the place of the list, and is come to from its top.
  if (opened) threadFrom = id;
  (opened || part(threadFrom) || part("words-or-messages")).focus({ preventScroll: wide.matches });
});

window.addEventListener("popstate", () => {
  if (location.pathname + location.search !== document.body.dataset.path) location.reload();
});

// -- what comes by itself -----------------------------------------------------------------------------------------

async function lookAgain() {
  if (busy || document.hidden) return;
  const answer = await fetch("/seq").catch(() => null);
  if (!answer || busy || !answer.ok) return;
  const { seq } = await answer.json();
  if (String(seq) === document.body.dataset.seq) return;
  const page = await fetch(document.body.dataset.path, { headers: { "X-Peek": "1" } }).catch(() => null);
  if (!page || busy || !page.ok) return;
  const from = traceOf(document.activeElement || document.body);
  swap(await page.text(), {});
  if (from.id && document.activeElement === document.body && part(from.id)) part(from.id).focus({ preventScroll: true });
}

// -- the beginning ------------------------------------------------------------------------------------------------

const fold = () => { part("people-box").open = wide.matches; };

remember();
fold();
wide.addEventListener("change", fold);
showDialog();
if (location.hash && part(location.hash.slice(1))) part(location.hash.slice(1)).focus();
else showNewest();
setInterval(lookAgain, LOOK_AGAIN);
