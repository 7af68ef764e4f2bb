// The words of the page: they come from the page itself, in its own language (#told), and are filled in here.
// Nothing is ever put into the page as HTML. A value stands in <bdi>, so that a code does not turn a sentence around.
const told = JSON.parse(document.getElementById("told").textContent);
const lang = document.documentElement.lang;
const inDigits = new Intl.NumberFormat({ ar: "ar-EG", en: "en-GB" }[lang] || lang);

const put = (tag, more, ...children) => {
  const made = Object.assign(document.createElement(tag), more);
  made.append(...children);
  return made;
};
const say = (key, values = {}) => told.words[key].split(/(\{\w+\})/).map((part) => {
  const value = values[part.slice(1, -1)];
  if (!/^\{\w+\}$/.test(part) || value === undefined) return part;
  return put("bdi", {}, typeof value === "number" ? inDigits.format(value) : value);
});
const putCode = (code) => put("code", { dir: "ltr" }, writeCode(code));
