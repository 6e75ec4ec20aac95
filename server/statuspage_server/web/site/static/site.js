// The page works without this. With it times are the visitor's, and the page keeps itself fresh.
"use strict";

const lang = document.documentElement.lang;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

function localTimes(root) {
  const year = new Date().getFullYear();
  for (const time of root.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    const wanted = { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" };
    if (at.getFullYear() !== year) wanted.year = "numeric";
    time.title = time.textContent;
    time.textContent = new Intl.DateTimeFormat(lang, wanted).format(at);
  }
}

function tellZone() {
  const line = document.querySelector(".zone");
  if (!line || !zone) return;
  line.title = line.textContent;
  line.textContent = line.dataset.own.replace("{zone}", zone);
}

let etag = null;

async function refresh() {
  if (document.hidden) return;
  const headers = etag ? { "If-None-Match": etag } : {};
  let answer;
  try {
    answer = await fetch(location.href, { headers, cache: "no-store", credentials: "same-origin" });
  } catch {
    return; // offline for a moment: what is shown says from when it is
  }
  if (answer.status !== 200) return;
  etag = answer.headers.get("ETag");
  replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
}

function replace(fresh) {
  const old = document.querySelector("main");
  const next = fresh.querySelector("main");
  if (!next || old.contains(document.activeElement) && document.activeElement.matches("input, select, textarea")) return;
  localTimes(next);
  const folds = (root) => [...root.querySelectorAll("details")];
  const name = (fold) => fold.id || fold.querySelector("summary").textContent.trim();
  const open = new Map(folds(old).map((fold) => [name(fold), fold.open]));
  for (const fold of folds(next)) if (open.get(name(fold)) === true) fold.open = true;
  const focused = document.activeElement;
  const place = old.contains(focused) ? [...old.querySelectorAll("a, summary")].indexOf(focused) : -1;
  // What is announced when its words change has to stay in its place.
  const live = old.querySelector("[role=status]"), liveNext = next.querySelector("[role=status]");
  if (live && liveNext) {
    if (live.textContent !== liveNext.textContent) live.replaceChildren(...liveNext.childNodes);
    liveNext.replaceWith(live);
  }
  old.replaceChildren(...next.childNodes);
  if (place >= 0) old.querySelectorAll("a, summary")[place]?.focus({ preventScroll: true });
  document.title = fresh.title;
  document.body.className = fresh.body.className;
  const icon = fresh.querySelector("link[rel=icon]");
  if (icon) document.querySelector("link[rel=icon]").href = icon.getAttribute("href");
}

localTimes(document);
tellZone();

const status = document.querySelector("[data-refresh]");
if (status) setInterval(refresh, Math.max(10, Number(status.dataset.refresh)) * 1000);
