// The map, and what rests on what. The walks are those of the program (src/insight): a test
// holds them against each other. Records are numbers here, in the order of their ids.

const map = JSON.parse(document.getElementById("map").textContent);
const records = map.records;
const numberOf = new Map(records.map((it, number) => [it.id, number]));
const NODES = new Set(["step", "touchpoint", "influencer", "internal system"]);
const isKind = (number, kind) => number !== undefined && records[number].kind === kind;
const isNode = (number) => number !== undefined && NODES.has(records[number].kind);
const down = records.map(() => []);
const up = records.map(() => []);
// What hangs on a record: friction points, verbatims, actions …
const hanging = records.map(() => []);
const linksAt = records.map(() => []);

records.forEach((it, number) => {
  for (const at of new Set([...(it.at ?? []), ...(it.of ?? [])])) hanging[at].push(number);
  if (it.kind !== "link" || !isNode(it.from) || !isNode(it.to)) return;
  new Set([it.from, it.to]).forEach((end) => linksAt[end].push(number));
  let to = it.to;
  if (it.link === "next") return;
  if (it.link === "influences") to = isKind(it.via, "touchpoint") ? it.via : undefined;
  if (to === undefined) return;
  down[it.from].push({ to, link: number });
  up[to].push({ to: it.from, link: number });
});
for (const arcs of [...down, ...up]) arcs.sort((a, b) => a.to - b.to || a.link - b.link);

const open = (number) => isKind(number, "friction point") && !records[number].resolved;
const frictions = records.map((_, number) => number).filter(open);

// Where a walk begins that was asked for at a node or a link.
function placeOf(at) {
  if (isNode(at)) return { roots: [at], ends: [at] };
  const it = at === undefined ? {} : records[at];
  if (it.kind !== "link" || !isNode(it.from) || !isNode(it.to)) return null;
  const { from, to } = it;
  const ends = from === to ? [from] : [from, to];
  if (it.link === "next") return { roots: ends, ends, link: at };
  if (it.link !== "influences") return { roots: [to], ends, link: at, above: from };
  if (!isKind(it.via, "touchpoint")) return { roots: [to], ends, link: at };
  return { roots: [it.via], ends, link: at, above: from };
}

// What lies beneath some nodes, numbered as it is walked.
class Net {
  nodes = [];
  numbers = new Map();
  arcs = [];

  put(node) {
    if (!this.numbers.has(node)) {
      this.numbers.set(node, this.nodes.length);
      this.nodes.push(node);
    }
    return this.numbers.get(node);
  }

  walk(root) {
    const number = this.put(root);
    while (this.arcs.length < this.nodes.length) {
      const arcs = down[this.nodes[this.arcs.length]];
      this.arcs.push(arcs.map(({ to, link }) => ({ to: this.put(to), link })));
    }
    return number;
  }

  links() {
    return this.arcs.flatMap((arcs) => arcs.map((arc) => arc.link));
  }

  distances(from) {
    const far = new Map(from.map((number) => [number, 0]));
    const queue = [...far.keys()];
    for (const at of queue) {
      for (const { to } of this.arcs[at] ?? []) {
        if (!far.has(to)) {
          far.set(to, far.get(at) + 1);
          queue.push(to);
        }
      }
    }
    return far;
  }
}

// The causes that the team named for some friction points, as far as they lead.
function causesOf(seeds) {
  const met = seeds.map((friction) => ({ friction, names: [] }));
  const numbers = new Map(seeds.map((friction, at) => [friction, at]));
  for (let at = 0; at < met.length; at += 1) {
    const it = records[met[at].friction];
    met[at].place = it.at ? placeOf(it.at[0]) : null;
    for (const cause of new Set(it.of ?? [])) {
      if (isNode(cause)) met[at].names.push(cause);
      else if (isKind(cause, "friction point") && !numbers.has(cause)) {
        numbers.set(cause, met.length);
        met.push({ friction: cause, names: [], namedBy: at });
      }
    }
  }
  return met;
}

// Nodes that rest on each other all round, taken as one (Tarjan 1972, without recursion).
class Rings {
  constructor(count, nexts) {
    this.of = new Array(count).fill(-1);
    this.members = [];
    const seen = new Array(count).fill(-1);
    const low = new Array(count).fill(0);
    const stack = [];
    let clock = 0;
    const enter = (node) => {
      seen[node] = low[node] = clock;
      clock += 1;
      stack.push(node);
      return { node, left: nexts(node)[Symbol.iterator]() };
    };
    for (let root = 0; root < count; root += 1) {
      const path = seen[root] < 0 ? [enter(root)] : [];
      while (path.length) {
        const { node, left } = path[path.length - 1];
        const { value, done } = left.next();
        if (!done) {
          if (seen[value] < 0) path.push(enter(value));
          else if (this.of[value] < 0) low[node] = Math.min(low[node], seen[value]);
          continue;
        }
        path.pop();
        const above = path[path.length - 1];
        if (above) low[above.node] = Math.min(low[above.node], low[node]);
        if (low[node] !== seen[node]) continue;
        const ring = stack.splice(stack.lastIndexOf(node));
        ring.reverse().forEach((it) => (this.of[it] = this.members.length));
        this.members.push(ring);
      }
    }
    this.beneath = this.members.map((ring, at) => {
      const to = ring.flatMap(nexts).filter((it) => this.of[it] !== at);
      return [...new Set(to)].sort((a, b) => a - b);
    });
    this.ringsBeneath = this.beneath.map((to) => [...new Set(to.map((it) => this.of[it]))]);
  }
}

// The ways down from the roots: to named causes first, the shortest first, at most `most`.
function ways(net, jumps, named, roots, most) {
  const byNode = new Map();
  for (const [from, to] of jumps) byNode.set(from, (byNode.get(from) ?? new Set()).add(to));
  const arcsOf = (node) => net.arcs[node] ?? [];
  const nexts = (node) => {
    const beyond = [...(byNode.get(node) ?? [])].sort((a, b) => a - b);
    return [...arcsOf(node).map((arc) => arc.to), ...beyond];
  };
  const rings = new Rings(net.nodes.length, nexts);
  const namedIn = rings.members.map(() => []);
  [...named].sort((a, b) => net.nodes[a] - net.nodes[b])
    .forEach((node) => namedIn[rings.of[node]].push(node));
  const isBottom = (ring) => !rings.beneath[ring].length && !namedIn[ring].length;
  const alone = ({ node, above }) => {
    const ring = rings.of[node];
    return above === undefined && isBottom(ring) && rings.members[ring].length === 1;
  };
  roots = roots.filter((root) => !alone(root));
  const counts = [];
  rings.members.forEach((_, ring) => {
    const ends = isBottom(ring) ? 1 : namedIn[ring].length;
    counts.push(rings.ringsBeneath[ring].reduce((sum, it) => sum + counts[it], ends));
  });
  const count = roots.reduce((sum, root) => sum + counts[rings.of[root.node]], 0);

  // Goes on inside the ring of the last node to the first that `isGoal`, else to the farthest.
  const extend = (nodes, isGoal) => {
    const from = nodes[nodes.length - 1];
    const ring = rings.of[from];
    if (rings.members[ring].length === 1) return;
    const round = [{ node: from, before: null }];
    const seen = new Set([from]);
    let goal = round[0];
    for (const place of round) {
      goal = place;
      if (isGoal(place.node)) break;
      for (const node of nexts(place.node)) {
        if (rings.of[node] === ring && !seen.has(node)) {
          seen.add(node);
          round.push({ node, before: place });
        }
      }
    }
    const leg = [];
    for (; goal.before; goal = goal.before) leg.push(goal.node);
    nodes.push(...leg.reverse());
  };
  const firstIn = (node, ring) => nexts(node).find((to) => rings.of[to] === ring);
  const walk = (root, over, end) => {
    const nodes = [root.node];
    for (const ring of over.slice(1)) {
      extend(nodes, (node) => firstIn(node, ring) !== undefined);
      nodes.push(firstIn(nodes[nodes.length - 1], ring));
    }
    extend(nodes, (node) => node === end);
    const link = (at) => arcsOf(nodes[at - 1]).find((arc) => arc.to === nodes[at])?.link;
    const links = nodes.slice(1).map((_, at) => link(at + 1));
    if (root.above !== undefined && !nodes.includes(root.above)) {
      nodes.unshift(root.above);
      links.unshift(root.link);
    }
    return { nodes: nodes.map((it) => net.nodes[it]), links, named: end !== undefined };
  };
  const shortest = (most, ends) => {
    const left = [];
    rings.members.forEach((_, ring) => {
      const below = rings.ringsBeneath[ring].map((it) => left[it]);
      left.push(ends(ring).length ? 0 : Math.min(Infinity, ...below) + 1);
    });
    // By how long the way will be; the lists are short, as each length is a list of its own.
    const waiting = [];
    const push = (part) => {
      const all = part.gone + left[part.ring];
      if (all < Infinity) (waiting[all] ??= []).push(part);
    };
    roots.forEach((root) => push({ ring: rings.of[root.node], gone: 0, root, before: null }));
    const found = [];
    for (let all = 0; all < waiting.length && found.length < most; all += 1) {
      while (waiting[all]?.length && found.length < most) {
        const part = waiting[all].pop();
        const over = [];
        for (let at = part; at; at = at.before) over.unshift(at.ring);
        for (const end of ends(part.ring)) {
          if (found.length < most) found.push(walk(part.root, over, end));
        }
        for (const ring of rings.ringsBeneath[part.ring]) {
          push({ ring, gone: part.gone + 1, root: part.root, before: part });
        }
      }
    }
    return found;
  };
  const toNamed = shortest(most, (ring) => namedIn[ring]);
  const toBottom = shortest(most - toNamed.length, (ring) => (isBottom(ring) ? [undefined] : []));
  const order = (a, b) => {
    const differ = a.nodes.findIndex((node, at) => node !== b.nodes[at]);
    return a.nodes.length - b.nodes.length || (differ < 0 ? 0 : a.nodes[differ] - b.nodes[differ]);
  };
  return { count, paths: [...toNamed.sort(order), ...toBottom.sort(order)] };
}

const MOST_PATHS = 200;

// Everything that a record rests on; null for what has no place.
function trace(from) {
  const it = records[from];
  const isFriction = it.kind === "friction point";
  const hangs = isFriction || it.kind === "delight";
  const found = placeOf(hangs ? it.at?.[0] : from);
  if (!found && !isFriction) return null;
  const place = found ?? { roots: [], ends: [] };
  const net = new Net();
  const starts = place.roots.map((root) => net.walk(root));
  const links = () => new Set([...net.links(), ...(place.link === undefined ? [] : [place.link])]);
  const here = (more) => {
    const all = links();
    const isHere = (at) => net.numbers.has(at) || all.has(at) || more.includes(at);
    return frictions.filter((friction) => isHere(records[friction].at?.[0]));
  };
  const jumps = [];
  const moreRoots = new Set();
  const leadTo = (node, above) => {
    if (above === undefined) moreRoots.add(node);
    else jumps.push([above, node]);
  };
  const felt = [];
  const named = new Map();
  const met = causesOf(isFriction ? [from] : here([]));
  for (const { place, namedBy } of met) {
    const above = namedBy === undefined ? undefined : felt[namedBy];
    const roots = (place?.roots ?? []).map((root) => {
      const linked = net.numbers.has(root);
      const number = net.walk(root);
      if (!linked) leadTo(number, above);
      return number;
    });
    felt.push(roots[0] ?? above);
  }
  met.forEach(({ friction, names }, at) => {
    for (const node of names) {
      const linked = net.numbers.get(node) < net.arcs.length;
      const number = net.put(node);
      if (!linked) leadTo(number, felt[at]);
      named.set(number, [...(named.get(number) ?? []), friction]);
    }
  });
  const above = place.above === undefined ? undefined : net.put(place.above);
  const roots = starts.map((node) => ({ node, above, link: place.link }));
  roots.push(...[...moreRoots].map((node) => ({ node })));
  const nodes = new Set([...net.nodes, ...place.ends]);
  const far = net.distances(starts);
  const causes = [];
  net.nodes.forEach((node, number) => {
    const namedBy = named.get(number) ?? [];
    const beneath = far.has(number) || number < net.arcs.length;
    const asked = !isFriction && starts.includes(number);
    if (!namedBy.length && !(isKind(node, "internal system") && beneath && !asked)) return;
    causes.push({ node, namedBy, distance: far.get(number) });
  });
  const distance = (it) => it.distance ?? Infinity;
  causes.sort((a, b) => !a.namedBy.length - !b.namedBy.length
    || (distance(a) === distance(b) ? a.node - b.node : distance(a) - distance(b)));
  const worst = here(place.ends);
  worst.sort((a, b) => records[b].severity - records[a].severity
    || records[b].weight - records[a].weight);
  return {
    nodes, links: links(), causes, owners: owners(nodes), frictions: worst,
    ...ways(net, jumps, [...named.keys()], roots, MOST_PATHS),
  };
}

// Teams that own what lies on the way or lie on it; last, as nobody's, what no team owns.
function owners(nodes) {
  const owns = new Map();
  const add = (team, ...more) => owns.set(team, [...(owns.get(team) ?? []), ...more]);
  for (const node of [...nodes].sort((a, b) => a - b)) {
    const { kind, team, owner } = records[node];
    if (kind !== "touchpoint" && kind !== "internal system") continue;
    const by = isKind(owner, "internal system") ? owner : undefined;
    if (team) add(node);
    if (by !== undefined || !team) add(by, node);
  }
  const last = (team) => (team === undefined ? 1 : 0);
  return [...owns].map(([team, all]) => ({ team, owns: all })).sort((a, b) =>
    last(a.team) - last(b.team) || b.owns.length - a.owns.length || a.team - b.team);
}

// Everything that rests on a record; null for what has no place.
function impact(of) {
  const it = records[of];
  const hangs = it.kind === "friction point" || it.kind === "delight";
  const place = placeOf(hangs ? it.at?.[0] : of);
  if (!place) return null;
  const isLink = place.link !== undefined;
  const failing = isLink && place.above !== undefined ? place.link : undefined;
  const nodes = new Set(isLink ? (failing === undefined ? place.ends : [place.above]) : place.roots);
  const links = new Set(isLink ? [place.link] : []);
  for (const node of nodes) {
    for (const { to, link } of up[node]) {
      nodes.add(to);
      links.add(link);
    }
  }
  // What can do without it: what leads out of here, and all that rests on that.
  const [first] = nodes;
  const failed = (node) => !isLink && node === first;
  const ring = new Set([first]);
  for (const node of ring) down[node].forEach(({ to }) => ring.add(to));
  const ends = [...ring].every((node) => nodes.has(node)) ? ring : new Set();
  const leadsOut = (node) => down[node].some(({ to, link }) => !nodes.has(to) && link !== failing);
  const nothingFails = isLink && failing === undefined;
  const isSafe = (node) => !failed(node) && (nothingFails || ends.has(node) || leadsOut(node));
  const safe = new Set([...nodes].filter(isSafe));
  for (const lower of safe) {
    for (const { to, link } of up[lower]) if (!failed(to) && link !== failing) safe.add(to);
  }
  const kind = (kind) => [...nodes].filter((node) => isKind(node, kind))
    .sort((a, b) => (records[a].name < records[b].name ? -1 : 1));
  const steps = map.steps.filter((step) => nodes.has(step));
  const felt = frictions.filter((friction) => {
    const at = records[friction].at?.[0];
    return nodes.has(at) || links.has(at);
  });
  return {
    nodes, links,
    steps: steps.map((step) => ({ step, stops: !safe.has(step) })),
    touchpoints: kind("touchpoint"),
    systems: kind("internal system").filter((node) => isLink || !place.ends.includes(node)),
    frictions: felt.sort((a, b) => records[b].weight - records[a].weight),
  };
}
