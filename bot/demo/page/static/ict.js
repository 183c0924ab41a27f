// A command takes some seconds: it is said that it runs, and what it printed is put in place and gets the focus.
"use strict";

document.addEventListener("submit", async (event) => {
  event.preventDefault();
  const running = document.getElementById("running");
  if (running.textContent) return;
  running.textContent = running.dataset.words;
  event.submitter.setAttribute("aria-disabled", "true");
  const body = new URLSearchParams(new FormData(event.target, event.submitter));
  const answer = await fetch("/ict", { method: "POST", body }).catch(() => null);
  if (!answer) { running.textContent = "The demo has ended. Start it again with “make demo”."; return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main") || page.body));
  ([...document.querySelectorAll("main li")].at(-1) || document.getElementById("next"))?.focus();
});
