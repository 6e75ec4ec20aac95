// Asks whether the catalog has changed, and if so brings this page up to date: only what differs is
// touched, so that focus, selected text, what is typed and the place on the page stay.
"use strict";
const OFTEN = Number(document.body.dataset.refresh);
const state = document.getElementById("state");
let seen = document.body.dataset.version;
let typing;

const keyOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.dataset.key || node.id : "");
const alike = (one, other) => one.nodeName === other.nodeName && keyOf(one) === keyOf(other);

function patch(node, wanted) {
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (node.data !== wanted.data) node.data = wanted.data;
    return;
  }
  // Without a script it would hold elements, here it holds a text.
  if (node.nodeName === "NOSCRIPT") return;
  for (const { name } of [...node.attributes]) {
    // What the reader has opened stays open, and what was narrowed stays narrow.
    if (!wanted.hasAttribute(name) && name !== "open" && name !== "hidden") node.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
  patchChildren(node, wanted);
}

function patchChildren(node, wanted) {
  const keyed = new Map([...node.children].filter(keyOf).map((child) => [keyOf(child), child]));
  const stay = new Set([...wanted.children].map(keyOf));
  let at = node.firstChild;
  for (const child of [...wanted.childNodes]) {
    const known = keyed.get(keyOf(child));
    while (known && at && at !== known && !(keyOf(at) && stay.has(keyOf(at)))) at = dropped(at);
    const found = known || at;
    if (!found || !alike(found, child)) {
      node.insertBefore(child, at);
      continue;
    }
    if (found === at) at = at.nextSibling;
    else node.insertBefore(found, at);
    patch(found, child);
  }
  while (at) at = dropped(at);
}

function dropped(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}

async function refresh() {
  const address = location.href;
  const text = await (await fetch(address)).text();
  // The reader has asked for something else in the meantime.
  if (address !== location.href) return;
  // Without the head: its style is here already, and would be refused, since its nonce is another.
  const body = text.slice(text.indexOf("<body"));
  const next = new DOMParser().parseFromString(body, "text/html");
  const focused = document.activeElement;
  patchChildren(document.getElementById("main"), next.getElementById("main"));
  if (focused.isConnected && focused !== document.activeElement) focused.focus({ preventScroll: true });
  seen = next.body.dataset.version;
}

async function beat() {
  let wait = OFTEN;
  try {
    const pulse = await (await fetch("/pulse")).json();
    const text = pulse.running ? "A resync is running" : "No resync is running";
    if (state.textContent !== text) state.textContent = text;
    state.classList.toggle("running", pulse.running);
    // What is told of a form that did not fit is nowhere else to be had.
    const still = document.querySelector(".problem");
    if (String(pulse.version) !== seen && !document.hidden && !still) {
      const began = performance.now();
      await refresh();
      // A page that takes long to make must not keep the sandbox from its work.
      wait = Math.max(OFTEN, 20 * (performance.now() - began));
    }
  } catch {
    state.textContent = "The sandbox does not answer";
    state.classList.remove("running");
    wait = 4000;
  }
  setTimeout(beat, wait);
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-live]");
  if (!form) return;
  clearTimeout(typing);
  typing = setTimeout(() => {
    const chosen = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    history.replaceState(null, "", `${form.getAttribute("action")}?${chosen}`);
    refresh().catch(() => {});
  }, 200);
});

// What one input offers may hang on another: then the form is asked for again, as it is filled in.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-depends]");
  if (!form || event.target.matches(".narrow")) return;
  const path = form.getAttribute("action").split("?")[0];
  history.replaceState(null, "", `${path}?${new URLSearchParams(new FormData(form))}`);
  refresh().catch(() => {});
});

// A long list of boxes shows those that hold what is typed, and what is chosen already.
document.addEventListener("input", (event) => {
  if (!event.target.matches(".narrow")) return;
  const wanted = event.target.value.trim().toLowerCase();
  for (const one of event.target.parentElement.querySelectorAll("label")) {
    one.hidden = !one.textContent.toLowerCase().includes(wanted) && !one.firstChild.checked;
  }
});

document.body.classList.add("scripted");
setTimeout(beat, OFTEN);
