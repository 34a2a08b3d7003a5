// The pictures: which one shows, how near, what is lit, and what the pointer and the keys do.

const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";
const LEAST = 0.03;
const MOST = 4;
const MARGIN = 24;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const views = [...document.querySelectorAll(".view")].map((box) => {
  const svg = box.querySelector("svg");
  const { width, height } = svg.viewBox.baseVal;
  const items = new Map();
  for (const element of svg.querySelectorAll("[data-id]")) {
    const number = numberOf.get(element.dataset.id);
    if (number === undefined) continue;
    if (!items.has(number)) items.set(number, []);
    items.get(number).push(element);
    if (!["link", "lane", "emotion"].includes(element.dataset.part)) {
      element.setAttribute("role", "button");
      element.setAttribute("tabindex", "-1");
    }
  }
  const cards = [...svg.querySelectorAll("[role=button]")];
  cards[0]?.setAttribute("tabindex", "0");
  const sheet = box.querySelector(".sheet");
  return { box, sheet, svg, width, height, items, cards, tab: byId(box.getAttribute("aria-labelledby")) };
});
let view = views[0];

// --- how near

function zoomTo(zoom, x, y) {
  const { box, sheet, svg, width, height } = view;
  const before = svg.getBoundingClientRect();
  const room = box.getBoundingClientRect();
  const [atX, atY] = [x ?? room.x + room.width / 2, y ?? room.y + room.height / 2];
  const [partX, partY] = [(atX - before.x) / before.width, (atY - before.y) / before.height];
  view.zoom = Math.min(MOST, Math.max(LEAST, zoom));
  // A transform: any other way, the browser would set all text anew.
  svg.style.transform = `scale(${view.zoom})`;
  sheet.style.width = `${width * view.zoom}px`;
  sheet.style.height = `${height * view.zoom}px`;
  const after = svg.getBoundingClientRect();
  box.scrollLeft += after.x + partX * after.width - atX;
  box.scrollTop += after.y + partY * after.height - atY;
  byId("zoom").textContent = `${Math.round(view.zoom * 100)} %`;
}

function fit() {
  const { box, width, height } = view;
  const zoom = Math.min((box.clientWidth - 2 * MARGIN) / width, (box.clientHeight - 2 * MARGIN) / height);
  zoomTo(Math.min(zoom, 1.5));
}

// At first: from the beginning, as large as can be read and as much of it as there is room for.
function begin() {
  const { box, width, height } = view;
  const [wide, high] = [(box.clientWidth - 2 * MARGIN) / width, (box.clientHeight - 2 * MARGIN) / height];
  zoomTo(Math.min(1, Math.max(0.6, wide, high)));
  box.scrollTo(0, 0);
}

function reveal(element) {
  const { box } = view;
  const [it, room] = [element.getBoundingClientRect(), box.getBoundingClientRect()];
  const pad = Math.min(60, room.width / 6, room.height / 6);
  const seen = it.left >= room.left + pad && it.right <= room.right - pad
    && it.top >= room.top + pad && it.bottom <= room.bottom - pad;
  if (seen) return;
  box.scrollBy({
    left: (it.left + it.right - room.left - room.right) / 2,
    top: (it.top + it.bottom - room.top - room.bottom) / 2,
    behavior: calm.matches ? "auto" : "smooth",
  });
}

// --- which one

function choose(next, { keepFocus } = {}) {
  const inPicture = view.box.contains(document.activeElement);
  view = next;
  for (const it of views) {
    it.box.hidden = it !== view;
    it.tab.setAttribute("aria-selected", it === view);
    it.tab.tabIndex = it === view ? 0 : -1;
  }
  if (view.zoom === undefined) begin();
  else zoomTo(view.zoom);
  light();
  const element = selected === null ? null : place(selected);
  if (element) reveal(element);
  if (inPicture) (element ?? view.box).focus({ preventScroll: true });
  else if (!keepFocus) view.tab.focus();
}

// --- what is lit: a veil over everything, and what is lit once more above it

let selected = null;
let lit = null;
let hits = null;
let hit = 0;

const shape = (name, attributes) => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

function ring(element) {
  const { x, y, width, height } = element.getBBox();
  return shape("rect", {
    class: "ring", x: x - 4, y: y - 4, width: width + 8, height: height + 8, rx: 10,
  });
}

// What of a record has the ring: its cards, else whatever it has but lines.
function ringed(elements) {
  const cards = elements.filter((it) => ["card", "stage", "group"].includes(it.dataset.part));
  const lines = ["link", "emotion"];
  return cards.length ? cards : elements.filter((it) => !lines.includes(it.dataset.part));
}

function light() {
  const { svg, items } = view;
  svg.querySelector(".over")?.remove();
  const numbers = hits ?? lit;
  const chosen = hits ? hits[hit] : selected;
  if (!numbers && chosen === null) return;
  const over = shape("g", { class: "over", "aria-hidden": "true" });
  if (numbers) {
    const { x, y, width, height } = svg.viewBox.baseVal;
    over.append(shape("rect", { class: "veil", x, y, width, height }));
    const elements = [...numbers].flatMap((number) => items.get(number) ?? []);
    const all = new Set(elements.filter((it) => it.dataset.part !== "lane"));
    for (const element of svg.querySelectorAll("[data-id]")) {
      if (!all.has(element)) continue;
      const copy = element.cloneNode(true);
      for (const name of ["role", "tabindex", "data-id"]) copy.removeAttribute(name);
      over.append(copy);
    }
  }
  over.append(...ringed(items.get(chosen) ?? []).map(ring));
  svg.append(over);
}

const say = (text) => (byId("said").textContent = text);

// The address says what is selected: `#return-the-film`, `#billing/impact`.
function route() {
  const [id, asked] = decodeURIComponent(location.hash.slice(1)).split("/");
  const inPanel = panel.contains(document.activeElement);
  selected = numberOf.get(id) ?? null;
  lit = null;
  if (selected === null) {
    showContents();
  } else {
    const isSystem = isKind(selected, "internal system");
    const mode = asked === "trace" || asked === "impact" ? asked : isSystem ? "impact" : "trace";
    const found = mode === "impact" ? impact(selected) : trace(selected);
    if (found) {
      const own = [selected, ...found.frictions];
      lit = new Set([...found.nodes, ...found.links, ...own]);
    }
    showRecord(selected, mode, found);
    if (!view.items.has(selected)) {
      const other = views.find((it) => it.items.has(selected));
      if (other) choose(other, { keepFocus: true });
    }
    const it = records[selected];
    const beneath = found?.causes
      ? `, rests on ${found.causes.length} internal systems or named causes`
      : found ? `, holds up ${found.steps.length} steps` : "";
    say(`${it.kind} ${it.name}${beneath}`);
  }
  light();
  const element = place(selected);
  if (element) {
    reveal(element);
    rove(element);
  }
  if (inPanel) panel.querySelector("h2")?.focus();
}

// The element that a record is best known by in the view.
function place(number) {
  const all = view.items.get(number) ?? [];
  return all.find((it) => it.getAttribute("role") === "button") ?? all[0];
}

function select(id) {
  endFind();
  if (location.hash.slice(1) === id) route();
  else location.hash = id;
}

// --- find

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
let foldedTexts;

function texts() {
  foldedTexts ??= records.map((it) => {
    const values = (it.fields ?? []).flatMap((field) => field[1]);
    return fold([it.name, ...values.filter((value) => typeof value === "string")].join("\n"));
  });
  return foldedTexts;
}

function find(text) {
  const wanted = fold(text).split(/\s+/).filter(Boolean);
  hits = null;
  hit = 0;
  if (wanted.length) {
    const all = texts();
    hits = records.map((_, number) => number)
      .filter((number) => wanted.every((word) => all[number].includes(word)));
    // Names before other words; what stands in the picture, in its order, before the rest.
    const order = new Map([...view.items.keys()].map((number, at) => [number, at]));
    const called = (number) => wanted.every((word) => fold(records[number].name).includes(word));
    const keys = new Map(hits.map((number) =>
      [number, [called(number) ? 0 : 1, order.get(number) ?? records.length, number]]));
    hits.sort((a, b) => {
      const [one, other] = [keys.get(a), keys.get(b)];
      return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
    });
    showHits(hits);
  } else {
    route();
  }
  shown();
}

function shown() {
  const none = hits && !hits.length;
  byId("found").textContent = hits ? (none ? "none" : `${hit + 1} of ${hits.length}`) : "";
  const element = hits?.length ? place(hits[hit]) : null;
  light();
  if (hits) markHit(hit);
  if (element) reveal(element);
}

function endFind() {
  hits = null;
  byId("find").value = "";
  byId("found").textContent = "";
}

byId("find").addEventListener("input", (event) => find(event.target.value));
byId("find").addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    event.target.value = "";
    find("");
    event.target.blur();
  } else if (event.key === "Enter" && hits?.length) {
    if (!event.target.dataset.began) event.target.dataset.began = "yes";
    else hit = (hit + (event.shiftKey ? hits.length - 1 : 1)) % hits.length;
    shown();
    say(`${records[hits[hit]].kind} ${records[hits[hit]].name}`);
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
});
byId("find").addEventListener("input", (event) => delete event.target.dataset.began);

// --- the pointer

let drag = null;
let dragged = false;

for (const { box } of views) {
  box.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button > 1) return;
    dragged = false;
    drag = { x: event.clientX, y: event.clientY, left: box.scrollLeft, top: box.scrollTop };
  });
  box.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const [x, y] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!dragged && Math.hypot(x, y) < 5) return;
    if (!dragged) box.setPointerCapture(event.pointerId);
    dragged = true;
    box.classList.add("dragging");
    box.scrollTo(drag.left - x, drag.top - y);
  });
  for (const over of ["pointerup", "pointercancel"]) {
    box.addEventListener(over, () => {
      drag = null;
      box.classList.remove("dragging");
    });
  }
  box.addEventListener("click", (event) => {
    if (dragged) return;
    const element = event.target.closest("[data-id]");
    const number = numberOf.get(element?.dataset.id);
    if (number === undefined) {
      if (selected !== null) select("");
      return;
    }
    if (element.getAttribute("role") === "button") element.focus({ preventScroll: true });
    select(records[number].id);
  });
  box.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : 1);
    zoomTo(view.zoom * Math.exp(-pixels / 300), event.clientX, event.clientY);
  }, { passive: false });
  let pinch = null;
  const spread = ([a, b]) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
  box.addEventListener("touchstart", ({ touches }) => {
    pinch = touches.length === 2 ? { spread: spread(touches), zoom: view.zoom } : null;
  }, { passive: true });
  box.addEventListener("touchmove", (event) => {
    if (!pinch || event.touches.length !== 2) return;
    event.preventDefault();
    const [a, b] = event.touches;
    const [x, y] = [(a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2];
    zoomTo(pinch.zoom * spread(event.touches) / pinch.spread, x, y);
  }, { passive: false });
  // Not on the picture: whatever of SVG listens for the focus, Chromium lets have it.
  box.addEventListener("focusin", (event) => {
    if (event.target.getAttribute("role") !== "button") return;
    rove(event.target);
    if (event.target.matches(":focus-visible")) reveal(event.target);
  });
}

// --- the keyboard

// Only one card of a view is a stop of the Tab key; arrows go on from there.
function rove(element) {
  const { svg } = view;
  for (const it of svg.querySelectorAll("[tabindex='0']")) it.setAttribute("tabindex", "-1");
  element.setAttribute("tabindex", "0");
}

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// The nearest card that way; what lies off to the side counts twice.
function beside(element, [dx, dy]) {
  const middle = (it) => {
    const { x, y, width, height } = it.getBBox();
    return [x + width / 2, y + height / 2];
  };
  const [x, y] = middle(element);
  let [best, least] = [null, Infinity];
  for (const it of view.cards) {
    const [toX, toY] = middle(it);
    const ahead = (toX - x) * dx + (toY - y) * dy;
    const aside = Math.abs((toX - x) * dy) + Math.abs((toY - y) * dx);
    const far = ahead + 2 * aside;
    if (it !== element && ahead > 1 && aside <= 2 * ahead && far < least) [best, least] = [it, far];
  }
  return best;
}

function onCard(event, card) {
  const way = WAYS[event.key];
  if (way) beside(card, way)?.focus({ preventScroll: true });
  else if (event.key === "Home") view.cards[0].focus({ preventScroll: true });
  else if (event.key === "End") view.cards[view.cards.length - 1].focus({ preventScroll: true });
  else if (event.key === "Enter" || event.key === " ") select(card.dataset.id);
  else return false;
  return true;
}

const KEYS = {
  "/": () => byId("find").focus(),
  "+": () => zoomTo(view.zoom * 1.25), "=": () => zoomTo(view.zoom * 1.25),
  "-": () => zoomTo(view.zoom / 1.25), "−": () => zoomTo(view.zoom / 1.25),
  0: () => zoomTo(1), "!": fit,
  1: () => choose(views[0], { keepFocus: true }), 2: () => choose(views[1], { keepFocus: true }),
  Escape: () => select(""),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { target } = event;
  if (target.matches("input") || panel.contains(target) && event.key !== "Escape") return;
  const card = target.closest("[role=button][data-id]");
  if (card && onCard(event, card)) {
    event.preventDefault();
    return;
  }
  const act = event.shiftKey && event.code === "Digit1" ? fit : KEYS[event.key];
  if (!act || event.shiftKey && event.key === "Escape") return;
  act();
  event.preventDefault();
});

views.forEach((it, at) => {
  it.tab.addEventListener("click", () => choose(it));
  it.tab.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    choose(views[(at + 1) % views.length]);
    event.preventDefault();
  });
});

// --- the tools

byId("smaller").addEventListener("click", () => zoomTo(view.zoom / 1.25));
byId("larger").addEventListener("click", () => zoomTo(view.zoom * 1.25));
byId("zoom").addEventListener("click", () => zoomTo(1));
byId("fit").addEventListener("click", fit);

function look(theme) {
  root.dataset.theme = theme;
  byId("look").textContent = theme === "dark" ? "Light" : "Dark";
}
byId("look").addEventListener("click", () => look(root.dataset.theme === "dark" ? "light" : "dark"));
look(root.dataset.theme);

byId("side").addEventListener("click", () => {
  const isOpen = root.classList.toggle("alone");
  byId("side").setAttribute("aria-expanded", !isOpen);
  zoomTo(view.zoom);
});

addEventListener("hashchange", () => {
  endFind();
  route();
});
addEventListener("resize", () => zoomTo(view.zoom));
root.classList.add("live");
choose(view, { keepFocus: true });
route();
