// The panel beside the picture: contents, or all about one record.

const panel = document.getElementById("panel");

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity));
  return element;
}

// Text of the map: in any language, in either direction, and kept apart from what is around it.
const own = (tag, text, attributes = {}) => make(tag, { lang: "", dir: "auto", ...attributes }, text);

function severityOf(number) {
  const { severity } = records[number];
  if (severity === undefined) return [];
  const level = Math.min(5, Math.max(1, severity));
  const label = `severity ${severity} of 5`;
  return make("span", { class: `severity s${level}`, title: label },
    make("span", { "aria-hidden": "true" }, String(severity)),
    make("span", { class: "hidden" }, `${label}: `));
}

const linkTo = (number, ...more) => make("span", { class: "ref" },
  severityOf(number), own("a", records[number].name, { href: `#${records[number].id}` }), more);

const list = (items, attributes = {}) =>
  make("ul", attributes, items.map((item) => make("li", {}, item)));

const section = (title, ...content) => make("section", {}, make("h3", {}, title), content);

const FEW = 12;

// A list of which the first few show, and the rest when asked for.
function longList(items, attributes) {
  if (items.length <= FEW + 3) return list(items, attributes);
  const rest = make("details", {}, make("summary", {}, `${items.length - FEW} more`));
  rest.append(list(items.slice(FEW), attributes));
  return [list(items.slice(0, FEW), attributes), rest];
}

function fieldList(fields) {
  const value = (it) => (typeof it === "number" ? linkTo(it) : own("span", it));
  return make("dl", {}, fields.map(([label, values]) => [
    make("dt", {}, label),
    make("dd", {}, values.length > 1 ? list(values.map(value)) : value(values[0])),
  ]).flat());
}

const CLASSES = ["Team", "Action", "Process", "Policy", "Technology", "Partner"];
const ofKind = (kind) => records.map((_, number) => number).filter((it) => isKind(it, kind));
const byName = (a, b) => records[a].name.localeCompare(records[b].name);
const byWeight = (a, b) => records[b].weight - records[a].weight;
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

function folded(title, numbers, isOpen, name = own("span", title)) {
  if (!numbers.length) return [];
  const count = make("span", { class: "count" }, String(numbers.length));
  return make("details", { open: isOpen ? "" : undefined },
    make("summary", {}, name, " ", count), list(numbers.map((it) => linkTo(it)), { class: "rows" }));
}

let contents;

// Everything there is on the map, for whoever would rather read than look.
function showContents() {
  contents ??= [
    make("h2", { tabindex: "-1" }, "Contents"),
    make("dl", {}, map.about.flatMap(([label, text]) => [
      make("dt", {}, label || "State"), make("dd", {}, own("span", text))])),
    make("nav", { "aria-label": "Contents" },
      section("Stages and steps",
        map.stages.map((stage) => folded("", map.steps.filter((it) => records[it].stage === stage),
          map.steps.length <= 60, linkTo(stage))),
        folded("Without a stage", map.steps.filter((it) => records[it].stage === undefined))),
      section("Beneath them",
        folded("Friction points", ofKind("friction point").sort(byWeight)),
        folded("Delights", ofKind("delight").sort(byName)),
        folded("Touchpoints", ofKind("touchpoint").sort(byName)),
        folded("Influencers", ofKind("influencer").sort(byName)),
        CLASSES.map((kind) => folded(`Internal systems: ${kind.toLowerCase()}`,
          ofKind("internal system").filter((it) => records[it].class === kind).sort(byName))),
        folded("Actions", ofKind("action").sort(byName)),
        folded("Segments", ofKind("segment").sort(byName)))),
    make("details", { class: "keys" }, make("summary", {}, "Keys"),
      make("dl", {}, [
        ["/", "find; Enter goes to the next one"], ["1 2", "journey, ecosystem"],
        ["+ − 0", "zoom in, out, to 100 %"], ["Shift+1", "show all"],
        ["Tab, arrows", "from card to card"], ["Enter", "details and trace of a card"],
        ["Esc", "nothing selected"],
      ].flatMap(([key, what]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, what)]))),
  ].flat();
  panel.replaceChildren(...contents);
}

// What a search found.
function showHits(numbers) {
  const rows = numbers.map((it) => [linkTo(it), " ",
    make("span", { class: "note" }, records[it].kind)]);
  panel.replaceChildren(make("h2", { tabindex: "-1" }, "Found"),
    rows.length ? list(rows, { class: "hits" }) : make("p", {}, "Nothing on the map says that."));
}

function markHit(at) {
  const rows = panel.querySelectorAll(".hits > li");
  rows.forEach((row, number) => row.toggleAttribute("data-now", number === at));
  rows[at]?.scrollIntoView({ block: "nearest" });
}

const LINK_WORDS = {
  next: ["Leads to", "Comes after"], uses: ["Uses", "Used by"],
  influences: ["Influences", "Influenced by"], "depends on": ["Rests on", "Held up by it"],
};

function neighbours(number) {
  const groups = new Map();
  for (const link of linksAt[number]) {
    const { from, to, link: kind } = records[link];
    for (const [end, other, way] of [[from, to, 0], [to, from, 1]]) {
      if (end !== number) continue;
      const label = LINK_WORDS[kind][way];
      groups.set(label, [...(groups.get(label) ?? []), other]);
    }
  }
  return [...groups].map(([label, others]) =>
    section(label, longList(others.sort(byName).map((it) => linkTo(it)))));
}

const HANGING = [
  ["friction point", "Friction points"], ["delight", "Delights"], ["verbatim", "Verbatims"],
  ["action", "Actions"], ["note", "Notes"], ["reading", "Readings"],
];

function hangingOn(number) {
  return HANGING.flatMap(([kind, title]) => {
    const all = hanging[number].filter((it) => isKind(it, kind));
    if (!all.length) return [];
    if (kind === "friction point") all.sort(byWeight);
    const show = {
      verbatim: (it) => make("figure", {}, own("blockquote", records[it].name), source(it)),
      reading: (it) => own("span", words(it)),
    }[kind] ?? linkTo;
    return section(title, longList(all.map((it) => show(it))));
  });
}

const said = (number, label) =>
  (records[number].fields ?? []).filter((it) => it[0] === label).flatMap((it) => it[1])
    .map((it) => (typeof it === "number" ? records[it].name : it)).join(", ");

function source(number) {
  const parts = ["Segment", "Source", "Date"].map((label) => said(number, label)).filter(Boolean);
  return parts.length ? own("figcaption", parts.join(" · ")) : [];
}

const words = (number) => ["Measure", "Score", "Answers given", "Date", "Segment"]
  .map((label) => said(number, label)).filter(Boolean).join(" · ");

// A way in words: “Return the film → Post → Returns desk”; ⇢ to a cause that no link leads to.
function way({ nodes, links }) {
  return nodes.flatMap((node, at) => {
    const arrow = links[at - 1] === undefined ? " ⇢ " : " → ";
    return at ? [arrow, linkTo(node)] : [linkTo(node)];
  });
}

function traceSections(found) {
  const named = found.causes.filter((it) => it.namedBy.length);
  const other = found.causes.filter((it) => !it.namedBy.length);
  const all = [];
  if (named.length) {
    all.push(section("Causes that the team named", longList(named.map((it) => linkTo(it.node)))));
  }
  if (other.length) {
    const title = `Internal systems beneath it (${other.length})`;
    all.push(section(title, longList(other.map((it) => linkTo(it.node)))));
  }
  if (found.paths.length) {
    const more = found.count > found.paths.length ? `, the first ${found.paths.length} of them` : "";
    all.push(section(`Ways down (${found.count}${more})`,
      longList(found.paths.map(way), { class: "ways" })));
  }
  if (found.owners.length) {
    all.push(section("Who owns what lies on the way", longList(found.owners.map(({ team, owns }) => [
      team === undefined ? "Nobody" : linkTo(team), ": ",
      owns.length ? owns.flatMap((it, at) => (at ? [", ", linkTo(it)] : [linkTo(it)])) : "met on the way",
    ]))));
  }
  if (found.frictions.length) {
    all.push(section(`Friction on the way (${found.frictions.length})`,
      longList(found.frictions.map((it) => linkTo(it)))));
  }
  return all.length ? all : [make("p", {}, "It rests on nothing that the map knows.")];
}

function impactSections(found) {
  const all = [];
  if (found.steps.length) {
    all.push(section(`Steps that it holds up (${found.steps.length})`,
      longList(found.steps.map(({ step, stops }) =>
        linkTo(step, make("span", { class: "note" }, stops ? " stops without it" : " degrades"))))));
  }
  for (const [title, numbers] of [["Touchpoints", found.touchpoints],
    ["Other internal systems", found.systems], ["Friction felt there", found.frictions]]) {
    if (numbers.length) {
      all.push(section(`${title} (${numbers.length})`, longList(numbers.map((it) => linkTo(it)))));
    }
  }
  return all.length ? all : [make("p", {}, "Nothing on the map rests on it.")];
}

// All about a record; `mode` is "trace" or "impact", and `found` what that found, if anything.
function showRecord(number, mode, found) {
  const it = records[number];
  const choice = (name, label) => make("a", {
    href: `#${it.id}/${name}`, "aria-current": name === mode ? "true" : undefined,
  }, label);
  const steps = map.steps.filter((step) => records[step].stage === number && isKind(number, "stage"));
  panel.replaceChildren(
    make("p", { class: "back" }, make("a", { href: "#" }, "Contents")),
    make("p", { class: "kind" }, capital(it.link ? `${it.kind}: ${it.link}` : it.kind), " ",
      severityOf(number)),
    own("h2", it.name, { tabindex: "-1" }),
    fieldList(it.fields ?? []),
    ...(steps.length ? [section("Steps", list(steps.map((step) => linkTo(step))))] : []),
    ...hangingOn(number),
    ...(found ? [make("div", { class: "modes", role: "group", "aria-label": "What lights up" },
      choice("trace", "What it rests on"), choice("impact", "What rests on it"))] : []),
    ...(!found ? [] : mode === "impact" ? impactSections(found) : traceSections(found)),
    ...neighbours(number),
  );
  panel.scrollTop = 0;
}
