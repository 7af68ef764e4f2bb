// Optional. Keeps the number fresh, the place when the language is switched, and draws the code of a signature; the page
// is whole without it.
(() => {
  const shown = document.querySelector("[data-count]");
  const lang = document.documentElement.lang;
  const locale = { ar: "ar-EG", en: "en-GB" }[lang] || lang;
  const form = (n) => new Intl.PluralRules(locale).select(n);

  const refresh = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch("/" + location.pathname.split("/")[2] + "/count.json");
      const now = (await answer.json()).data.attributes.signature_count;
      // The words beside the number belong to its plural form: another form waits for the next visit.
      if (now > 0 && form(now) === form(+shown.dataset.count)) {
        shown.dataset.count = now;
        shown.textContent = new Intl.NumberFormat(locale).format(now);
      }
    } catch {
      // Offline: the number that came with the page stays.
    }
  };
  if (shown) setInterval(refresh, 20000);

  // Another language, the same place: the section being read goes into the address of the link.
  const place = () => {
    const read = [...document.querySelectorAll("main section[id]")].filter((s) => s.getBoundingClientRect().top < 120);
    return read.length ? "#" + read[read.length - 1].id : "";
  };
  for (const link of document.querySelectorAll("header nav a"))
    link.addEventListener("click", () => { link.hash = place() || location.hash; });

  // The code that finds a signature in the ledger, drawn here so that no server chooses it: 3 bits, then 25 times 5, in
  // the letters of sealing/codes.py.
  const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  document.querySelector("form#sign")?.addEventListener("formdata", ({ formData }) => {
    const drawn = [...crypto.getRandomValues(new Uint8Array(26))];
    formData.set("code", drawn.map((byte, place) => letters[byte & (place ? 31 : 7)]).join(""));
  });
})();
