// Asks whether the catalog has changed, and if so puts the new content of this page in place.
"use strict";
let seen = document.body.dataset.version;
const state = document.getElementById("state");

function isBusy(main) {
  const active = document.activeElement;
  const writes = active && main.contains(active) && active.matches("input, select, textarea");
  return writes || String(document.getSelection()) !== "";
}

async function refresh(version) {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = document.getElementById("main");
  if (isBusy(main)) return;
  const open = [...main.querySelectorAll("details[open]")].map((one) => one.id);
  const at = [...main.querySelectorAll(".scroll")].map((one) => one.scrollLeft);
  main.replaceChildren(...next.getElementById("main").childNodes);
  for (const id of open) if (id && document.getElementById(id)) document.getElementById(id).open = true;
  main.querySelectorAll(".scroll").forEach((one, place) => { one.scrollLeft = at[place] || 0; });
  seen = version;
}

async function beat() {
  let wait = 1500;
  try {
    const pulse = await (await fetch("/pulse")).json();
    const text = pulse.running ? "A resync is running" : "No resync is running";
    if (state.textContent !== text) state.textContent = text;
    state.classList.toggle("running", pulse.running);
    if (String(pulse.version) !== seen && !document.hidden) await refresh(String(pulse.version));
  } catch {
    state.textContent = "The sandbox does not answer";
    state.classList.remove("running");
    wait = 4000;
  }
  setTimeout(beat, wait);
}
setTimeout(beat, 1500);
