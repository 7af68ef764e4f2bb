// Signed notes, policies and receipts, as verify.js reads them. Nothing that is read here is believed before it is
// checked; a signature of a key that nobody asked about says nothing.
// Standards: C2SP signed-note, tlog-cosignature, tlog-policy, tlog-proof; Ed25519 by Web Crypto.
const readKey = (line) => {
  const [, name, id, rest] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(line) || [];
  need(rest);
  const data = fromBase64(rest);
  return { name, id, kind: data[0], raw: data.subarray(1) };
};

const readNote = (data) => {
  const cut = data.lastIndexOf("\n\n"), lines = data.slice(cut + 2).split("\n");
  need(cut > 0 && lines.pop() === "" && lines.length);
  const signatures = lines.map((line) => {
    const [, name, signed] = /^— ([^\s+]+) (\S+)$/.exec(line) || [];
    need(name);
    return { name, raw: fromBase64(signed) };
  });
  return { ...readCheckpoint(data.slice(0, cut + 1)), signatures };
};

// "yes", "no" for a wrong signature, "none" without one, "unable" where the browser has no Ed25519.
const isSigned = async (note, key) => {
  let found = "none";
  for (const { name, raw } of note.signatures) {
    if (name !== key.name || hex(raw.subarray(0, 4)) !== key.id) continue;
    let message = note.text, signed = raw.subarray(4), known;
    if (key.kind === 4) {
      if (signed.length !== 72) return "no";
      message = `cosignature/v1\ntime ${new DataView(raw.buffer, 4).getBigUint64(0)}\n${message}`;
      signed = signed.subarray(8);
    }
    try { known = await crypto.subtle.importKey("raw", key.raw, "Ed25519", false, ["verify"]); } catch { return "unable"; }
    if (!await crypto.subtle.verify("Ed25519", known, signed, bytesOf(message))) return "no";
    found = "yes";
  }
  return found;
};

const readPolicy = (text) => {
  const policy = { witnesses: {}, groups: {}, quorum: "none" };
  for (const line of text.split("\n")) {
    const [word, name, ...rest] = line.trim().split(/[ \t]+/);
    if (word === "witness") policy.witnesses[name] = readKey(rest[0]);
    if (word === "group") policy.groups[name] = { needed: { any: 1, all: rest.length - 1 }[rest[0]] || +rest[0], members: rest.slice(1) };
    if (word === "quorum") policy.quorum = name;
  }
  return policy;
};
const isEnough = (policy, cosigned, name = policy.quorum) => {
  if (name === "none" || cosigned.includes(name)) return true;
  const group = policy.groups[name];
  return !!group && group.members.filter((member) => isEnough(policy, cosigned, member)).length >= group.needed;
};

const readReceipt = (data) => {
  const cut = data.indexOf("\n\n"), [first, extra, numbered, ...proof] = data.slice(0, cut).split("\n");
  need(cut > 0 && first === "c2sp.org/tlog-proof@v1" && /^extra \S+$/.test(extra) && /^index (0|[1-9]\d{0,14})$/.test(numbered));
  const receipt = { leaf: fromBase64(extra.slice(6)), index: +numbered.slice(6), proof: proof.map(fromBase64), note: readNote(data.slice(cut + 2)) };
  need(receipt.leaf.length === 76 && receipt.proof.length < 64 && receipt.proof.every((hash) => hash.length === 32));
  return receipt;
};
