// Makes the desk more convenient; everything works without this file. It reads the page and changes how it looks, no more.
"use strict";

// Forms of filters send only what is filled in, so that addresses stay short.
for (const form of document.querySelectorAll("form.filters")) {
  form.addEventListener("submit", () => {
    for (const field of form.elements) {
      if (field.name && !field.value) field.disabled = true;
    }
  });
  for (const select of form.querySelectorAll("select")) {
    select.addEventListener("change", () => form.requestSubmit());
  }
}
// Coming back, the fields must not stay switched off.
addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("form.filters :disabled")) field.disabled = false;
});

// A slash leads to the search.
addEventListener("keydown", (e) => {
  if (e.key === "/" && !e.ctrlKey && !e.metaKey && !e.altKey && !e.target.closest("input, textarea, select")) {
    e.preventDefault();
    document.getElementById("find-q")?.focus();
  }
});

// In an article: what was read at a mark, and why, beside the mark; and the marks of a part of the record.
const body = document.querySelector(".text .body");
if (body) {
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  tip.dir = document.documentElement.dir;
  document.body.append(tip);
  const light = (ids, on) => {
    for (const id of ids) {
      document.getElementById(id)?.classList.toggle("lit", on);
      for (const m of body.querySelectorAll(`[data-marks~="${id}"]`)) m.classList.toggle("lit", on);
    }
  };
  let now = [];
  const hide = () => {
    tip.hidden = true;
    light(now, false);
    now = [];
  };
  const show = (mark) => {
    hide();
    const ids = mark.dataset.marks.split(" ");
    tip.replaceChildren();
    for (const id of ids.slice(0, 4)) {
      const card = document.getElementById(id);
      if (!card) continue;
      const copy = card.cloneNode(true);
      copy.removeAttribute("id");
      copy.removeAttribute("tabindex");
      for (const a of copy.querySelectorAll("a")) a.tabIndex = -1;
      tip.append(copy);
    }
    tip.hidden = false;
    const at = mark.getBoundingClientRect();
    const box = tip.getBoundingClientRect();
    const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - box.width - 8));
    const below = at.bottom + box.height + 12 < innerHeight;
    tip.style.left = `${left + scrollX}px`;
    tip.style.top = `${(below ? at.bottom + 6 : at.top - box.height - 6) + scrollY}px`;
    now = [ids[0]];
    light(now, true);
  };
  body.addEventListener("mouseover", (e) => {
    const mark = e.target.closest("[data-marks]");
    if (mark) show(mark);
  });
  body.addEventListener("mouseleave", hide);
  body.addEventListener("focusin", (e) => e.target.dataset.marks && show(e.target));
  body.addEventListener("focusout", hide);
  addEventListener("keydown", (e) => e.key === "Escape" && hide());
  for (const card of document.querySelectorAll(".card")) {
    card.addEventListener("mouseenter", () => light([card.id], true));
    card.addEventListener("mouseleave", () => light([card.id], false));
  }
}
