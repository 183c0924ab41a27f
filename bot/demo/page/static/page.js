// What is pressed is sent and the page that comes back is put in place, part by part, so that nothing jumps and the
// focus stays where it is. Without this script the same forms work, and the whole page comes back.
"use strict";

const PARTS = ["clock", "people", "news", "head", "messages", "composer", "dialogs"];
const shown = new Map();
const LOOK_AGAIN = 2000;
const wide = matchMedia("(min-width: 56rem) and (min-height: 34rem)");
let busy = false;
let cameFrom = null;

const part = (id, from = document) => from.getElementById(id);
const markup = (element) => (element ? element.outerHTML : "");

function remember(from = document) {
  for (const id of PARTS) shown.set(id, markup(part(id, from)));
}

function tell(words) {
  const box = part("said");
  box.textContent = "";
  if (words) setTimeout(() => { box.textContent = words; }, 60);
}

// -- putting a page in place --------------------------------------------------------------------------------------

function stampsHere() {
  return new Set([...document.querySelectorAll(".message")].map((each) => each.id));
}

function isOpen(id) {
  const element = part(id);
  return element ? element.open : undefined;
}

function swap(text, mine) {
  const page = new DOMParser().parseFromString(text, "text/html");
  if (!part("messages", page)) { location.reload(); return; }
  const before = stampsHere();
  const opened = ["people-box", "more-people"].map((id) => [id, isOpen(id)]);
  const moved = page.body.dataset.path !== document.body.dataset.path;
  for (const id of PARTS) {
    const fresh = part(id, page);
    const old = part(id);
    const text = markup(fresh);
    // A part that comes back as it was keeps what is typed into it.
    if (shown.get(id) === text && !moved) continue;
    shown.set(id, text);
    if (old && fresh) old.replaceWith(document.adoptNode(fresh));
    else if (old) old.replaceChildren();
    else if (fresh) part("conversation").append(document.adoptNode(fresh));
  }
  for (const [id, open] of opened) if (open !== undefined && part(id)) part(id).open = open;
  document.title = page.title;
  Object.assign(document.body.dataset, { path: page.body.dataset.path, seq: page.body.dataset.seq });
  showDialog();
  const arrived = [...document.querySelectorAll(".message")].filter((each) => !before.has(each.id));
  if (arrived.length && !moved) bringUp(part("first-new") || arrived[0]);
  else if (moved) showNewest();
  if (mine) tell(page.body.dataset.say);
  else if (arrived.length) tell("A new message has come.");
}

function bringUp(element, smoothly = true) {
  const list = part("messages");
  const behavior = smoothly ? "auto" : "instant";
  if (getComputedStyle(list).overflowY === "auto") {
    list.scrollTo({ top: list.scrollTop + element.getBoundingClientRect().top - list.getBoundingClientRect().top, behavior });
  } else element.scrollIntoView({ block: "start", behavior });
}

function showNewest() {
  const all = document.querySelectorAll(".message");
  if (all.length > 1 || !wide.matches) { const place = part("first-new") || all[all.length - 1]; if (place) bringUp(place, false); }
}

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

function traceOf(element) {
  const message = element.closest(".message");
  return { id: element.id, message: message ? message.id : "", inDialog: Boolean(element.closest("dialog")) };
}

function focusAfter(from) {
  if (part("dialog")) return;
  const flash = part("flash");
  if (flash) { flash.focus(); flash.scrollIntoView({ block: "nearest" }); return; }
  for (const id of [from.id, from.message]) {
    const element = id && part(id);
    if (element && !element.closest("[hidden]")) { element.focus({ preventScroll: true }); return; }
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
  part("news").replaceChildren(flash);
  shown.delete("news");
  tell(words);
  flash.focus();
}

async function send(form, button) {
  const words = form.classList.contains("composer") ? part("words") : null;
  const from = traceOf(words || button || form);
  // A dialog gives the focus back to what opened it.
  if (!from.inDialog) cameFrom = from;
  const data = new FormData(form, button);
  busy = true;
  waiting(form, button, true);
  if (new URL(form.getAttribute("action"), location).pathname === "/clock") tell("Moving the clock …");
  try {
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(data) });
    const text = await answer.text();
    const path = new URL(answer.url);
    if (words) { words.value = ""; words.style.height = ""; shown.delete("composer"); }
    if (!answer.ok) { cannot(new DOMParser().parseFromString(text, "text/html").querySelector("h1")?.textContent || text); return; }
    if (path.pathname + path.search !== location.pathname + location.search) history.pushState(null, "", path);
    swap(text, true);
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
});

document.addEventListener("keydown", (event) => {
  if (event.target.id !== "words" || event.key !== "Enter" || event.shiftKey || event.isComposing || event.defaultPrevented) return;
  event.preventDefault();
  event.target.form.requestSubmit(part("send"));
});

window.addEventListener("popstate", () => location.reload());

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
  swap(await page.text(), false);
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
