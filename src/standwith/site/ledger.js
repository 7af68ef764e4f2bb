// A ledger read in the browser: codes, leaves, tiles and the hashes that tie them to a root.
// Put in front of verify.js and receipt.js by scripts.py. It asks nothing but the ledger's own files, and it believes
// nothing: whoever calls it compares the root that comes out with one that was signed.
// Standards: RFC 6962 (tree), C2SP tlog-tiles and tlog-proof, Crockford's base 32. The leaf is ledger/leaf.py's.
const WIDTH = 256;
const SIGNATURE = 1, WITHDRAWAL = 2, VOID = 3;
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// What was read is not what it says it is; what could not be read at all.
class Wrong extends Error {}
class Away extends Error {}
const need = (true_) => { if (!true_) throw new Wrong(); };

const bytesOf = (text) => new TextEncoder().encode(text);
const joined = (...parts) => {
  const all = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return all;
};
const same = (one, other) => one.length === other.length && one.every((byte, i) => byte === other[i]);
const hex = (data) => [...data].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const toBase64 = (data) => btoa(String.fromCharCode(...data));
const fromBase64 = (text) => {
  let data;
  try { data = Uint8Array.from(atob(text), (one) => one.charCodeAt(0)); } catch { need(false); }
  need(toBase64(data) === text);
  return data;
};

const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
const leafHash = (leaf) => sha256([0], leaf);
const nodeHash = (left, right) => sha256([1], left, right);

// 26 letters to the 16 bytes of a code, forgiving as people type; null for what is no code.
const readCode = (text) => {
  const typed = text.toUpperCase().replace(/[\s\u2010-\u2014\u2212-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  if (!/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(typed)) return null;
  const value = [...typed].reduce((sum, letter) => sum << 5n | BigInt(LETTERS.indexOf(letter)), 0n);
  return Uint8Array.from({ length: 16 }, (_, i) => Number(value >> BigInt(120 - 8 * i) & 255n));
};
const writeCode = (code) => {
  const value = code.reduce((sum, byte) => sum << 8n | BigInt(byte), 0n);
  const spelt = Array.from({ length: 26 }, (_, i) => LETTERS[Number(value >> BigInt(125 - 5 * i) & 31n)]).join("");
  return spelt.replace(/^(.{5})(.{5})(.{5})(.{5})/, "$1-$2-$3-$4-");
};

const isOurs = (leaf, kind) => leaf.length === 76 && leaf[0] === 1 && leaf[1] === kind;
const tagOf = (leaf) => hex(leaf.subarray(2, 10));
const codeOf = (leaf) => leaf.subarray(10, 26);
const targetOf = (leaf) => Number(new DataView(leaf.buffer, leaf.byteOffset + 10).getBigUint64(0));
const revealedBy = async (leaf) => (await sha256(bytesOf("standwith/withdraw\0"), leaf.subarray(26, 42))).subarray(0, 16);

// The root over a row of hashes.
const rootOf = async (row) => {
  while (row.length > 1) {
    const pair = (i) => 2 * i + 1 < row.length ? nodeHash(row[2 * i], row[2 * i + 1]) : row[2 * i];
    row = await Promise.all(Array.from({ length: Math.ceil(row.length / 2) }, (_, i) => pair(i)));
  }
  return row[0] || sha256();
};

// Where a tree of n leaves is split: the largest power of two below n.
const half = (n) => { let k = 1; while (2 * k < n) k *= 2; return k; };

// The root that the hash of leaf `index` leads to in a tree of `size`; `beside(lo, hi)` gives the hashes on the way up.
const climb = async (hash, index, size, beside, lo = 0) => {
  if (size === 1) return hash;
  const k = half(size);
  if (index < k) return nodeHash(await climb(hash, index, k, beside, lo), await beside(lo + k, lo + size));
  const right = await climb(hash, index - k, size - k, beside, lo + k);
  return nodeHash(await beside(lo, lo + k), right);
};

const readFile = async (url, cache = "default") => {
  let answer;
  try { answer = await fetch(url, { cache, credentials: "omit" }); } catch { throw new Away(); }
  if (!answer.ok) throw new Away();
  return answer;
};

// The files of a ledger with `size` leaves, each read once.
const openTree = (log, size) => {
  const kept = {};
  const place = (n) => {
    const digits = String(n).padStart(3 * Math.ceil(String(n).length / 3), "0").match(/.../g);
    return digits.map((three, i) => (i < digits.length - 1 ? "x" : "") + three).join("/");
  };
  const read = async (path, width) => {
    const full = async () => new Uint8Array(await (await readFile(log + path)).arrayBuffer());
    if (width === WIDTH) return full();
    // A part that has become whole since may be gone.
    try { return new Uint8Array(await (await readFile(`${log}${path}.p/${width}`)).arrayBuffer()); } catch { return full(); }
  };
  const tile = async (level, n) => {
    const width = Math.min(WIDTH, Math.floor(size / WIDTH ** level) - n * WIDTH);
    const data = await read(`tile/${level}/${place(n)}`, width);
    need(data.length >= 32 * width);
    return Array.from({ length: width }, (_, i) => data.subarray(32 * i, 32 * i + 32));
  };
  // The hash over the leaves from lo up to, not including, hi; both as a tree is split.
  const hashOf = async (lo, hi) => {
    const n = hi - lo, k = half(n);
    if (n > 1 && 2 * k > n) return nodeHash(await hashOf(lo, lo + k), await hashOf(lo + k, hi));
    let level = 0, span = 1;
    while (span * WIDTH <= n) { level++; span *= WIDTH; }
    const at = lo / span, number = Math.floor(at / WIDTH), name = `${level} ${number}`;
    const hashes = await (kept[name] ||= tile(level, number));
    return rootOf(hashes.slice(at % WIDTH, at % WIDTH + n / span));
  };
  // The leaves of one bundle of 256.
  const leavesOf = async (n) => {
    const width = Math.min(WIDTH, size - n * WIDTH);
    const data = await read(`tile/entries/${place(n)}`, width), leaves = [];
    for (let at = 0; leaves.length < width;) {
      need(at + 2 <= data.length);
      const end = at + 2 + 256 * data[at] + data[at + 1];
      need(end <= data.length);
      leaves.push(data.slice(at + 2, end));
      at = end;
    }
    return leaves;
  };
  return { size, hashOf, leavesOf };
};

const readCheckpoint = (text) => {
  const [origin, size, root] = text.split("\n");
  need(origin && /^(0|[1-9]\d{0,14})$/.test(size) && root);
  const found = { text, origin, size: Number(size), root: fromBase64(root) };
  need(found.root.length === 32);
  return found;
};

// The receipt of a leaf, if its tree leads to the root of the checkpoint; it is a c2sp tlog-proof.
const makeReceipt = async (tree, note, index, leaf) => {
  const { size, root } = readCheckpoint(note), path = [];
  const beside = async (lo, hi) => { const hash = await tree.hashOf(lo, hi); path.push(hash); return hash; };
  need(same(await climb(await leafHash(leaf), index, size, beside), root));
  return ["c2sp.org/tlog-proof@v1", `extra ${toBase64(leaf)}`, `index ${index}`, ...path.map(toBase64), "", note].join("\n");
};
const receiptFile = (index, text) => Object.assign(document.createElement("a"), {
  download: `receipt-${index}.tlog-proof`,
  href: URL.createObjectURL(new Blob([text], { type: "text/plain" })),
});
