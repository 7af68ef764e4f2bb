// Optional, on the pages that answer an act. The code stands behind the # of the address, where no server sees it.
// Thank you: shows the code, waits until the ledger holds it, and offers the receipt. Check your mail, of a guarded
// campaign: shows the code and the way back that were asked for. Without it, the pages say where to find them.
const PAUSE = 2000, TRIES = 30, BACK = 8;
const section = document.getElementById("yours");
const [spelt, back] = location.hash.slice(1).split(".");
const code = readCode(spelt);
const find = (name) => section.querySelector(`[data-${name}]`);
const tell = (word, values) => find("news").replaceChildren(...say(word, values));

// What was asked for once is not kept in the address, and so not in what the browser remembers of it.
const showBack = () => {
  history.replaceState(null, "", location.pathname);
  const link = find("back");
  link.href = link.textContent = new URL(link.dataset.back + back, location.href);
};

// The newest leaves back to `from`, where the last look ended; in the beginning only a few bundles. The first that bears
// the code is the signer's: a copy can only come later.
let from = 0;
const lookAgain = async () => {
  const note = await (await readFile(`${told.log}checkpoint`, "no-store")).text();
  const { size } = readCheckpoint(note), tree = openTree(told.log, size);
  let found = null;
  const last = Math.ceil(size / WIDTH) - 1, first = Math.max(Math.floor(from / WIDTH), last - BACK);
  for (let n = last; n >= first && size > from; n--) {
    const leaves = await tree.leavesOf(n), at = leaves.findIndex((leaf) => isOurs(leaf, SIGNATURE) && same(codeOf(leaf), code));
    if (at >= 0) found = { index: n * WIDTH + at, leaf: leaves[at], size };
  }
  from = size;
  return found;
};

const save = async ({ index, leaf }) => {
  const note = await (await readFile(`${told.log}checkpoint`, "no-store")).text();
  const text = await makeReceipt(openTree(told.log, readCheckpoint(note).size), note, index, leaf);
  receiptFile(index, text).click();
};

const wait = async (tries) => {
  find("again").hidden = true;
  tell("looking");
  for (let i = 0; i < tries; i++) {
    try {
      const found = await lookAgain();
      if (found) {
        tell("stands", { index: found.index, size: found.size });
        find("save").hidden = false;
        find("save").onclick = () => save(found).catch(() => tell("away"));
        return;
      }
    } catch {
      // Offline, or between two states of the ledger: the next look may see more.
    }
    await new Promise((done) => setTimeout(done, PAUSE));
  }
  tell("notyet");
  find("again").hidden = false;
};

if (section) section.hidden = !code;
if (code) {
  find("plain").hidden = true;
  find("shown").hidden = false;
  find("code").append(putCode(code));
  if (/^[\w-]{32}$/.test(back)) showBack();
  if (find("news") && self.crypto && crypto.subtle) {
    find("check").hash = spelt;
    find("again").onclick = () => { from = 0; wait(1); };
    wait(TRIES);
  }
}
