// What printing needs beyond style rules: charts that scale with the paper, colours
// for white paper, links as footnotes. All is put back when the page has printed.
(() => {
  const COLOUR = /#[0-9a-f]{6}\b|rgba?\(\s*\d+,\s*\d+,\s*\d+/gi;
  const WIDE = 1300; // px of a drawing, on 186 mm of A4
  const ACROSS =
    "@page { size: landscape; margin: 10mm 12mm 13mm }" +
    "@media print { :root:root { --parley-tallest: 110mm } }";
  let undo = [];

  function set(element, name, value) {
    const before = element.getAttribute(name);
    undo.push(() =>
      before === null ? element.removeAttribute(name) : element.setAttribute(name, before),
    );
    element.setAttribute(name, value);
  }

  function add(parent, child) {
    parent.append(child);
    undo.push(() => child.remove());
    return child;
  }

  function made(name, text, className = "") {
    const element = document.createElement(name);
    element.textContent = text;
    element.className = className;
    return element;
  }

  function link(address, text) {
    const element = made("a", text);
    element.href = address;
    return element;
  }

  // The address of what is printed holds its date, also where it was the latest.
  function addressed(head) {
    const here = new URL(location.href);
    if (!here.searchParams.has("as_of")) here.searchParams.set("as_of", head.dataset.asOf);
    add(head, made("span", " · ")).append(link(here.href, here.href));
  }

  // A drawing has a fixed size in px. The style scales it in its proportions; with
  // a view box Plotly's follows, words and all.
  function scaled(main) {
    for (const drawing of main.querySelectorAll(".svg-container, .stDeckGlJsonChart")) {
      if (drawing.closest(".st-key-stage")) continue;
      const { width, height } = drawing.getBoundingClientRect();
      if (!width || !height) continue;
      for (const svg of drawing.querySelectorAll(":scope > .main-svg"))
        set(svg, "viewBox", `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`);
      for (const [name, value] of [["drawn", `${width}px`], ["ratio", width / height]]) {
        drawing.style.setProperty(`--parley-${name}`, value);
        undo.push(() => drawing.style.removeProperty(`--parley-${name}`));
      }
    }
  }

  // Below 6 pt nobody reads: what was drawn for a wide window prints across the paper.
  function turned(main) {
    const wide = [...main.querySelectorAll(".svg-container")].some(
      (drawing) => drawing.getBoundingClientRect().width > WIDE,
    );
    if (wide) add(document.head, made("style", ACROSS));
  }

  // Of a long list the page on the screen is printed, and says that it is one of many.
  function parts(main) {
    for (const pages of main.querySelectorAll(".stPagination")) {
      const numbers = [...pages.querySelectorAll("button[aria-label^='Page ']")];
      const now = numbers.find((button) => button.getAttribute("aria-current"));
      if (!now) continue;
      const text = `Page ${now.textContent} of ${numbers.at(-1).textContent} of this list`;
      add(pages, made("p", text, "parley-part"));
    }
  }

  function key(colour) {
    if (colour[0] === "#") return colour.toLowerCase();
    const parts = colour.match(/\d+/g).map((part) => Number(part).toString(16).padStart(2, "0"));
    return `#${parts.join("")}`;
  }

  function pairs(text) {
    const colours = text.toLowerCase().split(" ");
    return new Map(colours.flatMap((c, i) => (i % 2 ? [] : [[c, colours[i + 1]]])));
  }

  // A colour drawn for the screen becomes its twin of the same meaning. A slide has
  // a theme of its own.
  function inked(main, { light, dark, theme }) {
    const both = { light: pairs(light), dark: pairs(dark), print: new Map() };
    const twin = (colour, twins) => {
      const found = twins.get(key(colour));
      if (!found || colour[0] === "#") return found || colour;
      const parts = [1, 3, 5].map((at) => parseInt(found.slice(at, at + 2), 16));
      return `${colour.slice(0, colour.indexOf("("))}(${parts.join(", ")}`;
    };
    for (const name of ["style", "fill", "stroke", "stop-color"]) {
      for (const element of main.querySelectorAll(`[${name}]`)) {
        const before = element.getAttribute(name);
        // These follow the paper by the style alone.
        if (before.includes("light-dark") || element.closest(".st-key-front-map .parley-key"))
          continue;
        const slide = element.closest("[class*=st-key-present-]");
        const drawn = slide ? /st-key-present-(\w+)/.exec(slide.className)[1] : theme;
        const after = before.replace(COLOUR, (colour) => twin(colour, both[drawn]));
        if (after !== before) set(element, name, after);
      }
    }
  }

  function readable(address) {
    try {
      return decodeURI(address);
    } catch {
      return address; // not in UTF-8
    }
  }

  function footnotes(main) {
    const numbers = new Map();
    for (const a of main.querySelectorAll("a[href^=http]")) {
      const skipped = a.host === location.host || a.closest("details:not([open]), [class*='st-key-notices']");
      if (skipped || !a.checkVisibility()) continue;
      if (!numbers.has(a.href)) numbers.set(a.href, numbers.size + 1);
      add(a, made("sup", numbers.get(a.href), "parley-footnote"));
    }
    if (!numbers.size) return;
    const list = document.createElement("ol");
    for (const address of numbers.keys()) {
      list.append(document.createElement("li"));
      list.lastChild.append(link(address, readable(address)));
    }
    const section = add(main, made("section", "", "parley-footnotes"));
    section.append(made("h2", "Links"), list);
  }

  function prepare() {
    const main = document.querySelector("[data-testid=stMainBlockContainer]");
    const head = main?.querySelector(".parley-print-head");
    if (!head || undo.length) return;
    scaled(main);
    turned(main);
    parts(main);
    inked(main, head.dataset);
    footnotes(main);
    addressed(head);
  }

  function restore() {
    for (const step of undo.reverse()) step();
    undo = [];
  }

  addEventListener("beforeprint", prepare);
  addEventListener("afterprint", restore);
  // For browsers, and tests, that only change the medium.
  matchMedia("print").addEventListener("change", (now) => (now.matches ? prepare() : restore()));
})();
