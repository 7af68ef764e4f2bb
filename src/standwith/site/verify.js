// The page that checks: a receipt, a code, or the whole number. It lies in the page itself, so that a saved copy works.
// Every step says what it proved, what is wrong, or what could not be checked; the verdict is the worst of them.
const key = readKey(told.vkey);
const policy = readPolicy(document.getElementById("policy").textContent);
const BATCH = 8;

class Stopped extends Error {}
class Report {
  constructor(form) {
    this.bar = form.querySelector("progress");
    this.verdict = put("h3", {}, ...say("working"));
    this.steps = put("ol", { className: "checks" });
    this.place = form.querySelector(".found");
    this.place.replaceChildren(this.verdict, this.steps);
  }
  step(mark, word, values) {
    if (this.over) throw new Stopped();
    this.steps.append(put("li", { className: mark }, put("b", {}, ...say(mark)), " ", ...say(word, values)));
    if (mark === "no") this.wrong = true;
    if (word === "unable" || word === "fewer") this.weak = true;
  }
  end(mark, word, values) {
    this.verdict.replaceChildren(...say(word, values));
    this.verdict.className = mark;
    if (this.bar) this.bar.hidden = true;
  }
  verdictOf(good, bad) {
    if (this.wrong) this.end("no", bad);
    else if (this.weak) this.end("open", "weak");
    else this.end("yes", good);
  }
  add(...more) { this.place.append(...more); }
  progress(done, all) {
    if (this.over) throw new Stopped();
    this.bar.hidden = false;
    this.bar.max = all;
    this.bar.value = done;
  }
}

const nameOf = (tag) => {
  const [title, address] = told.campaigns[tag] || [];
  return title ? put("a", { href: address }, title) : put("span", {}, ...say("stranger"));
};
const reasonOf = (number) => `reason${number}` in told.words ? say(`reason${number}`) : say("reason", { n: number });

// Who has signed this state of the ledger.
const vouch = async (report, note) => {
  if (note.origin !== key.name) report.step("no", "other", { origin: note.origin });
  const signed = await isSigned(note, key);
  if (signed === "unable") return report.step("open", "unable");
  report.step(signed === "yes" ? "yes" : "no", signed === "yes" ? "signed" : "unsigned", { size: note.size, origin: key.name });
  const names = Object.keys(policy.witnesses), cosigned = [];
  for (const name of names) {
    const witnessed = await isSigned(note, policy.witnesses[name]);
    if (witnessed === "no") report.step("no", "spoiled", { name });
    if (witnessed === "yes") cosigned.push(name);
  }
  const values = { k: cosigned.length, n: names.length, names: new Intl.ListFormat(lang).format(cosigned) };
  if (!isEnough(policy, cosigned)) return report.step("open", "fewer", values);
  return cosigned.length ? report.step("yes", "witnessed", values) : report.step("open", "alone");
};
const latest = async () => {
  const data = await (await readFile(`${told.log}checkpoint`, "no-store")).text();
  return { ...readNote(data), data };
};

// The roots of the first `old` leaves and of all `size`, made of the same hashes; `root` is what the old one should be.
const grown = async (old, size, root, beside, lo = 0) => {
  if (old === size) {
    const hash = root || await beside(lo, lo + size);
    return [hash, hash];
  }
  const k = half(size);
  if (old <= k) {
    const [then, now] = await grown(old, k, root, beside, lo);
    return [then, await nodeHash(now, await beside(lo + k, lo + size))];
  }
  const left = await beside(lo, lo + k), [then, now] = await grown(old - k, size - k, null, beside, lo + k);
  return [await nodeHash(left, then), await nodeHash(left, now)];
};

const describe = (report, leaf) => {
  if (!isOurs(leaf, SIGNATURE)) return report.step("open", "isother");
  report.step("yes", "is", { campaign: nameOf(tagOf(leaf)), code: putCode(codeOf(leaf)) });
  document.getElementById("f-code").value = writeCode(codeOf(leaf));
};

const isAbove = async ({ leaf, index, proof, note }) => {
  if (index >= note.size) return false;
  let used = 0;
  const root = await climb(await leafHash(leaf), index, note.size, async () => { need(used < proof.length); return proof[used++]; });
  return used === proof.length && same(root, note.root);
};

// What the ledger of today says about a receipt of then.
const compare = async (report, { leaf, index, note }) => {
  let now;
  try { now = await latest(); } catch { return report.step("open", "offline"); }
  if (!["yes", "unable"].includes(await isSigned(now, key)) || now.origin !== note.origin) return report.step("no", "unsigned", { origin: key.name });
  if (now.size < note.size) return report.step("no", "smaller");
  const tree = openTree(told.log, now.size);
  try {
    const root = await climb(await leafHash(leaf), index, now.size, tree.hashOf);
    const [then, today] = await grown(note.size, now.size, note.root, tree.hashOf);
    const holds = same(root, now.root) && same(then, note.root) && same(today, now.root);
    report.step(holds ? "yes" : "no", holds ? "still" : "rewritten", { size: now.size });
  } catch (problem) {
    if (!(problem instanceof Away)) throw problem;
    report.step("open", "offline");
  }
};

const checkReceipt = async (form, report) => {
  const [file] = form.elements.file.files, text = file ? await file.text() : form.elements.text.value;
  if (!text.trim()) return report.end("open", "nofile");
  let receipt;
  try { receipt = readReceipt(`${text.replace(/\r\n?/g, "\n").trim()}\n`); } catch { return report.end("no", "damaged"); }
  await vouch(report, receipt.note);
  let lies = false;
  try { lies = await isAbove(receipt); } catch { lies = false; }
  report.step(lies ? "yes" : "no", lies ? "lies" : "astray", { index: receipt.index });
  if (lies && !report.wrong) {
    describe(report, receipt.leaf);
    await compare(report, receipt);
  }
  report.verdictOf("good", "bad");
};

// Whether anything that came later takes this signature out; `removals` are [index, leaf], the newest first.
const fateOf = async ({ index, leaf, removals }) => {
  for (const [at, one] of removals.reverse()) {
    if (at < index || targetOf(one) !== index || tagOf(one) !== tagOf(leaf)) continue;
    if (one[1] === VOID) return ["yes", "removed", { index: at, reason: put("span", {}, ...reasonOf(one[18])) }];
    if (same(await revealedBy(one), leaf.subarray(58, 74))) return ["yes", "withdrawn", { index: at }];
  }
  return ["yes", "counts"];
};

// All leaves, and every bundle must be the one that the signed root was made of. Nobody but the signer knows a code
// before it stands here, so the first that bears it is theirs, and any other is a copy.
const lookFor = async (code, tree, root, report) => {
  const bundles = Math.ceil(tree.size / WIDTH), removals = [];
  let found = null;
  const blocks = await Promise.all(Array.from({ length: bundles }, (_, n) =>
    tree.hashOf(n * WIDTH, Math.min(tree.size, (n + 1) * WIDTH))));
  need(same(await rootOf(blocks), root));
  for (let n = bundles - 1; n >= 0; n--) {
    report.progress(tree.size - (n + 1) * WIDTH, tree.size);
    const leaves = await tree.leavesOf(n);
    need(same(await rootOf(await Promise.all(leaves.map(leafHash))), blocks[n]));
    for (let i = leaves.length - 1; i >= 0; i--) {
      if (isOurs(leaves[i], SIGNATURE) && same(codeOf(leaves[i]), code)) found = { index: n * WIDTH + i, leaf: leaves[i], removals };
      if (isOurs(leaves[i], WITHDRAWAL) || isOurs(leaves[i], VOID)) removals.push([n * WIDTH + i, leaves[i]]);
    }
  }
  return found;
};

const checkCode = async (form, report) => {
  const code = readCode(form.elements.code.value);
  if (!code) return report.end("open", "nocode");
  const now = await latest();
  await vouch(report, now);
  const tree = openTree(told.log, now.size), found = await lookFor(code, tree, now.root, report);
  if (!found) {
    report.step("yes", "all", { size: now.size });
    report.end("open", "missing");
    return report.add(put("p", {}, ...say("later")));
  }
  const receipt = await makeReceipt(tree, now.data, found.index, found.leaf);
  report.step("yes", "lies", { index: found.index });
  describe(report, found.leaf);
  const fate = await fateOf(found), counts = fate[1] === "counts";
  report.step(...fate);
  report.verdictOf(counts ? "found" : "gone", "broken");
  report.add(put("p", {}, Object.assign(receiptFile(found.index, receipt), { textContent: told.words.save })));
};

// The count of every campaign, leaf by leaf as in ledger/count.py.
class Tally {
  constructor(size) {
    this.campaigns = {};
    Object.keys(told.campaigns).forEach((tag) => this.of(tag));
    this.index = 0;
    // Of each leaf: 1 where it is a signature that stands; its campaign; its withdraw hash.
    this.kept = new Uint8Array(25 * size);
  }
  of(tag) { return this.campaigns[tag] ||= { signatures: 0, withdrawn: 0, removed: {} }; }
  async add(leaf) {
    const index = this.index++, tag = leaf.subarray(2, 10);
    if (isOurs(leaf, SIGNATURE)) {
      this.of(tagOf(leaf)).signatures++;
      this.kept.set(joined([1], tag, leaf.subarray(58, 74)), 25 * index);
    }
    if (!isOurs(leaf, WITHDRAWAL) && !isOurs(leaf, VOID) || targetOf(leaf) >= index) return;
    const target = 25 * targetOf(leaf);
    const kept = this.kept.subarray(target, target + 25);
    if (kept[0] !== 1 || !same(kept.subarray(1, 9), tag)) return;
    const sum = this.of(tagOf(leaf));
    if (leaf[1] === VOID) sum.removed[leaf[18]] = (sum.removed[leaf[18]] || 0) + 1;
    else if (same(await revealedBy(leaf), kept.subarray(9))) sum.withdrawn++;
    else return;
    kept[0] = 0;
  }
}

const sumUp = ({ campaigns }) => put("dl", { className: "sums" }, ...Object.entries(campaigns).map(([tag, sum]) => {
  const gone = Object.entries(sum.removed), removed = gone.reduce((n, [, times]) => n + times, 0);
  const reasons = gone.map(([reason, times]) => put("li", {}, ...reasonOf(+reason), ": ", inDigits.format(times)));
  return put("div", {},
    put("dt", {}, put("bdi", {}, nameOf(tag)), " ", put("b", {}, inDigits.format(sum.signatures - sum.withdrawn - removed))),
    put("dd", {}, ...say("sum", { signatures: sum.signatures, withdrawn: sum.withdrawn, removed }), put("ul", {}, ...reasons)));
}));

const checkNumber = async (form, report) => {
  const now = await latest();
  await vouch(report, now);
  const tree = openTree(told.log, now.size), tally = new Tally(now.size), blocks = [], ahead = [];
  const bundles = Math.ceil(now.size / WIDTH);
  for (let n = 0; n < bundles; n++) {
    while (ahead.length < BATCH && n + ahead.length < bundles) {
      const coming = tree.leavesOf(n + ahead.length);
      coming.catch(() => {});
      ahead.push(coming);
    }
    report.progress(n * WIDTH, now.size);
    const leaves = await ahead.shift();
    blocks.push(await rootOf(await Promise.all(leaves.map(leafHash))));
    for (const leaf of leaves) await tally.add(leaf);
  }
  const holds = same(await rootOf(blocks), now.root);
  report.step(holds ? "yes" : "no", holds ? "all" : "notall", { size: now.size });
  report.verdictOf("holds", "nothold");
  if (!report.wrong) report.add(put("p", {}, ...say("compare")), sumUp(tally));
};

const offer = (id, check) => {
  const form = document.getElementById(id), button = form.querySelector("button"), label = button.textContent;
  let going = null;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (going) { going.stop(new Stopped()); return; }
    const report = going = new Report(form), stopped = new Promise((_, stop) => { report.stop = stop; });
    button.textContent = told.words.stop;
    try {
      if (!self.crypto || !crypto.subtle) report.end("open", "nocrypto");
      else await Promise.race([check(form, report), stopped]);
    } catch (problem) {
      if (problem instanceof Stopped) report.end("open", "stopped");
      else if (problem instanceof Away) report.end("open", "away");
      else report.end("no", "broken");
    }
    report.over = true;
    button.textContent = label;
    going = null;
  });
  form.hidden = false;
  return form;
};

document.getElementById("unscripted").hidden = true;
offer("receipt", checkReceipt);
offer("number", checkNumber);
const byCode = offer("code", checkCode), shown = readCode(location.hash.slice(1).split(".")[0]);
if (shown) {
  byCode.elements.code.value = writeCode(shown);
  byCode.requestSubmit();
  byCode.scrollIntoView();
}
