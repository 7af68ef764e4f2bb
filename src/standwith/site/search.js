// Finds organisations by name in the files that search.py describes, by the same steps; without it, the lists of
// countries and the browser's own search do. Words to say stand in the attributes of the form.
(() => {
  const form = document.querySelector("[data-search]");
  const found = document.querySelector("[data-found]");
  if (!form || !found) return;
  const ALONE = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ħ: "h", ı: "i", ŧ: "t", ґ: "г", ғ: "г", қ: "к", ң: "н", ө: "о", ү: "у", ұ: "у", һ: "х", ə: "e", є: "е", і: "и" };
  const LETTERS = 3;
  const files = {};
  let asked = 0;

  const fold = (text) => [...text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()].map((letter) => ALONE[letter] || letter).join("");
  const words = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];
  const bucket = (key, buckets) => {
    let number = 2166136261;
    for (const letter of key) number = Math.imul(number ^ letter.codePointAt(0), 16777619) >>> 0;
    return (key.includes(" ") ? "p" : "") + (number % buckets);
  };
  const read = async (name) => {
    if (!files[name]) {
      const answer = await fetch("/organisations/search/" + name + ".json");
      if (!answer.ok) throw new Error(name);
      files[name] = await answer.json();
    }
    return files[name];
  };

  const begins = (word, one) => (word.length < LETTERS ? one === word : one.startsWith(word));
  // The keys under which every organisation with all these words is found; none where the words are too common.
  const keys = (wanted, common) => {
    const all = [...new Set(wanted)].filter((word) => !wanted.some((other) => other !== word && begins(word, other)));
    const many = all.map((word) => common.filter((one) => begins(word, one)));
    const rare = many.findIndex((ones) => !ones.length);
    if (rare >= 0) return [all[rare].slice(0, LETTERS)];
    if (all.length < 2) return [];
    const pairs = many[0].flatMap((one) => many[1].map((other) => [one, other].sort().join(" ")));
    return [...all.map((word) => word.slice(0, LETTERS)), ...pairs];
  };
  const search = async (text) => {
    const wanted = words(text);
    if (!wanted.length) return "";
    const known = await read("words");
    const wide = keys(wanted, known.common);
    if (!wide.length) return form.dataset.common;
    const rows = new Map();
    for (const name of new Set(wide.map((key) => bucket(key, known.buckets))))
      for (const row of await read(name)) {
        const own = words(row.slice(0, 3).join(" "));
        if (wanted.every((word) => own.some((one) => begins(word, one)))) rows.set(row.join("|"), row);
      }
    return rows.size ? [...rows.values()] : form.dataset.none;
  };

  const element = (name, text, parent) => {
    const made = document.createElement(name);
    made.textContent = text;
    parent.append(made);
    return made;
  };
  const place = (code) => (code ? code.toLowerCase() : "international") + "/";
  const show = (rows) => {
    const list = document.createElement("ul");
    for (const [name, acronym, former, country, page] of rows) {
      const item = element("li", "", list);
      const link = element("a", "", item);
      link.href = page ? page + "/" : place(country);
      element("bdi", acronym ? name + " (" + acronym + ")" : name, link);
      const land = document.querySelector(`[data-lands] a[href="${place(country)}"]`);
      const more = [former, land ? land.textContent : country].filter((part) => part);
      element("span", more.join(" · "), item);
    }
    found.replaceChildren(list);
  };
  const run = async (event) => {
    event.preventDefault();
    const turn = ++asked;
    found.setAttribute("aria-busy", "true");
    let answer;
    try {
      answer = await search(form.elements.name.value);
    } catch {
      answer = form.dataset.broken;
    }
    if (turn !== asked) return;
    found.removeAttribute("aria-busy");
    if (typeof answer === "string") found.replaceChildren(answer);
    else show(answer);
  };
  form.addEventListener("submit", run);
  form.hidden = false;
})();
