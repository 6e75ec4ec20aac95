// A banner at the lower right, shown while an incident is open or a maintenance is under way.
"use strict";
(() => {
  const site = "{{site}}";
  const frame = document.createElement("iframe");
  const narrow = matchMedia("(max-width: 450px)").matches;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  frame.src = site + "/embed/frame" + (narrow ? "?mobile=true" : "");
  frame.title = "Status";
  const shape = narrow
    ? { left: "0", right: "auto", width: "100vw", height: "20vh" }
    : { left: "auto", right: "60px", width: "320px", height: "115px" };
  Object.assign(frame.style, {
    position: "fixed", border: "none", zIndex: "9999", colorScheme: "normal",
    boxShadow: "0 20px 32px -8px rgba(9, 20, 66, 0.25)", transition: calm ? "none" : "bottom 0.4s ease", bottom: "-9999px", ...shape,
  });
  frame.tabIndex = -1;
  frame.setAttribute("aria-hidden", "true");
  const show = (shown) => {
    frame.style.bottom = shown ? (narrow ? "0" : "60px") : "-9999px";
    frame.tabIndex = shown ? 0 : -1;
    frame.setAttribute("aria-hidden", String(!shown));
  };
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== new URL(site).origin) return;
    if (event.data && event.data.action === "showFrame") show(true);
    if (event.data && event.data.action === "dismissFrame") show(false);
  });
  const add = () => document.body.append(frame);
  if (document.body) add();
  else addEventListener("DOMContentLoaded", add);
})();
