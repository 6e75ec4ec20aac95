// Inside the banner: asks the site around it to show it, and to hide it when it is closed.
"use strict";

const tell = (action) => parent.postMessage({ action }, "*");

if (document.body.dataset.shown === "yes") tell("showFrame");
document.querySelector(".embed-close")?.addEventListener("click", () => tell("dismissFrame"));
