// Keeps a tab in step with its sign-in: says when it ends soon, leaves the screen when it has ended, and holds what was
// typed until the same person has signed in again. What is held is sealed by the court: this tab cannot read it either.
"use strict";
(() => {
  if (window.offrampTab) return;
  window.offrampTab = true;

  const WARNING = 120, ENDED = 4401, CHANGED = 4409; // seconds; the codes of dashboard/open_tabs.py
  const OFTEN = 60000, SETTLED = 4000, KEPT = "offramp-draft:"; // milliseconds, twice; where a sealed draft is kept
  const FIELDS = 'textarea, input[type="text"]:not([role="combobox"])';
  let deadline = Infinity, idle = true, socket = null, tries = 0, usedAt = 0, leaving = false, box = null;

  const here = () => {
    const query = new URLSearchParams(location.search);
    query.delete("room");
    return `${location.pathname}?${query}`;
  };
  const say = (words) => {
    if (socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(words));
  };

  // --- the end -------------------------------------------------------------------------------------------------
  const leave = () => {
    if (leaving) return;
    leaving = true;
    document.documentElement.style.visibility = "hidden"; // at once, however long the next page takes
    const next = encodeURIComponent(location.pathname + location.search);
    const go = () => location.replace(`/sign-in?ended=1&next=${next}`);
    if (document.hidden) go();
    else setTimeout(go, 300); // somebody who signs out here is on their way already
  };
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  // --- the connection --------------------------------------------------------------------------------------------
  const connect = () => {
    socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/tab`);
    socket.onopen = () => { tries = 0; openDraft(); };
    socket.onmessage = (event) => heard(JSON.parse(event.data));
    socket.onclose = (event) => {
      if (event.code === ENDED) leave();
      else if (event.code === CHANGED) location.reload();
      else later();
    };
  };
  const later = () => setTimeout(again, Math.min(1000 * (tries += 1), 10000));
  const again = () => fetch("/tab", { cache: "no-store" }).then(
    (answer) => { if (answer.status === 403) leave(); else if (answer.ok) connect(); else later(); }, later);
  const heard = (told) => {
    if ("left" in told) { deadline = Date.now() + told.left * 1000; idle = told.idle; tick(); }
    if ("sealed" in told) sessionStorage.setItem(KEPT + sealing, told.sealed);
    if ("opened" in told) opened(told.opened);
  };
  const use = () => { usedAt = Date.now(); say({ used: true }); };
  const noticed = (event) => {
    if (event.isTrusted && Date.now() - usedAt > (box && idle ? 1000 : OFTEN)) use();
  };
  for (const kind of ["keydown", "pointerdown", "wheel", "touchstart"]) {
    addEventListener(kind, noticed, { capture: true, passive: true });
  }

  // --- the warning ---------------------------------------------------------------------------------------------
  const clock = (left) => `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  const spoken = (left) => left > 90 ? "2 minutes" : left > 45 ? "1 minute" : left > 20 ? "30 seconds" : "10 seconds";
  const tick = () => {
    const left = Math.ceil((deadline - Date.now()) / 1000);
    if (left <= 0) leave();
    else if (left <= WARNING) warn(left);
    else if (box) { box.remove(); box = null; }
  };
  const warn = (left) => {
    if (!box || box.dataset.idle !== String(idle)) draw();
    box.querySelector("[role=timer]").textContent = clock(left);
    const words = idle
      ? `You will be signed out in ${spoken(left)}, because nothing was done here for a while.`
      : `You will be signed out in ${spoken(left)}: a sign-in lasts 12 hours. Save now; then sign in again.`;
    const said = box.querySelector("[role=alert]");
    if (said.textContent !== words) said.textContent = words;
    keep();
  };
  const draw = () => {
    if (box) box.remove();
    box = document.createElement("section");
    box.id = "of-ending";
    box.dataset.idle = String(idle);
    box.setAttribute("aria-label", "Your sign-in");
    box.innerHTML = '<p role="alert"></p><p>Time left: <span role="timer" aria-live="off"></span></p>';
    if (idle) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Stay signed in";
      button.addEventListener("click", use);
      box.append(button);
    }
    const app = document.querySelector(".stApp");
    if (app) box.style.colorScheme = getComputedStyle(app).colorScheme;
    document.body.prepend(box);
  };
  setInterval(tick, 1000);

  // --- what was typed --------------------------------------------------------------------------------------------
  const typed = new Set();
  let waiting = {}, sealing = "", sealedText = "{}", place = here(), settled = 0;

  const idOf = (field) => {
    const keyed = field.closest('[class*="st-key-"]');
    const key = keyed ? [...keyed.classList].find((name) => name.startsWith("st-key-")) : "";
    return `${key} ${field.getAttribute("aria-label") || ""}`;
  };
  const keep = () => {
    const found = { ...waiting };
    for (const field of document.querySelectorAll(FIELDS)) {
      const id = idOf(field);
      if (typed.has(id) && field.value.trim()) found[id] = field.value;
    }
    const text = JSON.stringify(found);
    if (text === sealedText) return;
    sealedText = text;
    sealing = place;
    if (text === "{}") sessionStorage.removeItem(KEPT + place);
    else say({ seal: text });
  };
  addEventListener("input", (event) => {
    if (!event.isTrusted || !event.target.matches(FIELDS)) return;
    typed.add(idOf(event.target));
    clearTimeout(settled);
    settled = setTimeout(keep, SETTLED);
  }, true);
  setInterval(keep, 15000);

  const openDraft = () => {
    const sealed = sessionStorage.getItem(KEPT + place);
    if (sealed && sealedText === "{}") say({ open: sealed });
  };
  const opened = (text) => {
    if (text === null) { sessionStorage.removeItem(KEPT + place); return; } // somebody else's, or too old
    waiting = JSON.parse(text);
    sealedText = text;
    putBack();
  };
  const putBack = () => {
    if (place !== here()) { // another screen, without a new page
      place = here(); waiting = {}; sealedText = "{}"; typed.clear(); openDraft();
    }
    if (!Object.keys(waiting).length) return;
    for (const field of document.querySelectorAll(FIELDS)) {
      const id = idOf(field);
      if (!(id in waiting) || typed.has(id) || field.disabled) continue;
      const text = waiting[id];
      delete waiting[id];
      typed.add(id);
      if (field.value !== text) write(field, text);
    }
  };
  const write = (field, text) => {
    const kind = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, text); // as if typed: React would not see it
    field.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => field.dispatchEvent(new FocusEvent("focusout", { bubbles: true })), 100);
    told();
  };
  const told = () => {
    if (document.getElementById("of-back")) return;
    const note = document.createElement("p");
    note.id = "of-back";
    note.setAttribute("role", "status");
    document.body.prepend(note);
    setTimeout(() => { note.textContent = "What you had typed is back. Look at it before you save."; }, 50);
    setTimeout(() => note.remove(), 12000);
  };
  new MutationObserver(putBack).observe(document.body, { childList: true, subtree: true });
  connect();
})();
