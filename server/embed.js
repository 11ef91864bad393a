// Draws the embed's figure for the frame's width, again when that changes, tells
// the page around it how high it is, and saves the drawing with its words.
(() => {
  const plot = document.getElementById("plot");
  const status = document.getElementById("status");
  const STEP = 20;
  let drawn = 0;

  const width = () => Math.max(280, Math.min(1600, Math.floor(plot.clientWidth / STEP) * STEP));

  async function draw() {
    const wanted = width();
    if (wanted === drawn) return;
    drawn = wanted;
    const address = new URL(plot.dataset.figure, location.href);
    address.searchParams.set("width", wanted);
    try {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(`error ${answer.status}`);
      const figure = await answer.json();
      if (wanted !== drawn) return;
      // Text is measured when it is drawn: with the fallback font it would overlap.
      await document.fonts.ready;
      await Plotly.react(
        plot, figure.data, { ...figure.layout, width: wanted, autosize: false },
        { displayModeBar: false, scrollZoom: false, doubleClick: false, staticPlot: false },
      );
      status.textContent = "";
      document.getElementById("save").hidden = false;
    } catch (error) {
      drawn = 0; // a change of the frame's width tries again
      status.textContent = `The drawing could not be loaded (${error.message}). The numbers stand below.`;
    }
  }

  const SVG = "http://www.w3.org/2000/svg";
  const MARGIN = 28;
  const SCALE = 2;
  const measure = document.createElement("canvas").getContext("2d");

  // Text in lines of the picture's width, in the size and colour it has on the page.
  function block(node, text, width) {
    const look = getComputedStyle(node);
    const size = Math.max(12, parseFloat(look.fontSize));
    measure.font = `${look.fontWeight} ${size}px ${look.fontFamily}`;
    const lines = [""];
    for (const word of text.trim().split(/\s+/)) {
      const longer = `${lines.at(-1)} ${word}`.trim();
      if (measure.measureText(longer).width <= width) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return { lines: lines.filter(Boolean), size, weight: look.fontWeight, family: look.fontFamily, colour: look.color };
  }

  function add(parent, tag, attributes, text) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text !== undefined) made.textContent = text;
    parent.append(made);
    return made;
  }

  function write(root, { lines, size, weight, family, colour }, y) {
    const made = add(root, "text", { fill: colour, "font-family": family, "font-size": size, "font-weight": weight });
    for (const line of lines) {
      y += size * 1.3;
      add(made, "tspan", { x: MARGIN, y: y.toFixed(1) }, `${line} `);
    }
    return y + size * 0.35;
  }

  // Title, subtitle, plot, source, note, date, version and address, one below another.
  async function picture() {
    const { width, height } = plot.querySelector(".main-svg").getBoundingClientRect();
    const url = await Plotly.toImage(plot, { format: "svg", width, height });
    const drawing = new DOMParser().parseFromString(decodeURIComponent(url.slice(url.indexOf(",") + 1)), "image/svg+xml");
    const page = getComputedStyle(document.body);
    const at = (query) => document.querySelector(query);
    const said = (query, text) => at(query) ? [block(at(query), text || at(query).textContent, width)] : [];
    const root = document.createElementNS(SVG, "svg");
    add(root, "title", {}, at("h1").textContent);
    add(root, "desc", {}, plot.getAttribute("aria-label"));
    const paper = add(root, "rect", { fill: page.backgroundColor });
    add(root, "rect", { x: MARGIN, y: 18, width: 56, height: 4, fill: page.color });
    let y = 24;
    for (const words of [...said("h1"), ...said(".subtitle")]) y = write(root, words, y);
    const inner = document.importNode(drawing.documentElement, true);
    for (const [name, value] of Object.entries({ x: MARGIN, y: y + 10, width, height })) inner.setAttribute(name, value);
    root.append(inner);
    y += height + 18;
    const edge = getComputedStyle(at(".source")).borderTopColor;
    add(root, "line", { x1: MARGIN, x2: MARGIN + width, y1: y, y2: y, stroke: edge });
    const foot = [...said(".source"), ...said(".note"), ...said(".imprint", at("#save").dataset.said)];
    for (const words of foot) y = write(root, words, y);
    const size = [Math.ceil(width + 2 * MARGIN), Math.ceil(y + 18)];
    for (const node of [root, paper]) {
      node.setAttribute("width", size[0]);
      node.setAttribute("height", size[1]);
    }
    root.setAttribute("viewBox", `0 0 ${size[0]} ${size[1]}`);
    return { root, size };
  }

  // A picture within a page sees none of the page's fonts: they go into it.
  async function fonts() {
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
    const faces = rules.filter((rule) => rule instanceof CSSFontFaceRule);
    return Promise.all(faces.map(async ({ style }) => {
      const source = /url\("([^"]+)"\)/.exec(style.getPropertyValue("src"))[1];
      const file = await (await fetch(source)).blob();
      const data = await new Promise((done) => {
        const reader = new FileReader();
        reader.onload = () => done(reader.result);
        reader.readAsDataURL(file);
      });
      return `@font-face{font-family:${style.getPropertyValue("font-family")};src:url(${data});font-weight:200 900}`;
    }));
  }

  async function png(root, [width, height]) {
    const style = document.createElementNS(SVG, "style");
    style.textContent = (await fonts()).join("");
    root.prepend(style);
    const url = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" }));
    try {
      const image = new Image();
      image.src = url;
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = width * SCALE;
      canvas.height = height * SCALE;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      return await new Promise((done) => canvas.toBlob(done, "image/png"));
    } finally {
      URL.revokeObjectURL(url);
    }
  }

  async function save(form, name) {
    status.textContent = "Drawing …";
    try {
      const { root, size } = await picture();
      const body = form === "png"
        ? await png(root, size)
        : new Blob([new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(body);
      link.download = `${name}.${form}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      status.textContent = `Saved ${link.download}`;
    } catch (error) {
      drawn = 0; // a change of the frame's width tries again
      status.textContent = `Not saved: ${error.message}`;
    }
  }

  document.getElementById("save").addEventListener("click", ({ target }) => {
    if (target.dataset.form) save(target.dataset.form, target.parentElement.dataset.name);
  });

  let waiting;
  new ResizeObserver(() => {
    clearTimeout(waiting);
    waiting = setTimeout(draw, 150);
  }).observe(plot);
  new ResizeObserver(() => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    parent.postMessage({ parley: { height, title: document.title } }, "*");
  }).observe(document.body);
  document.fonts.load('400 15px "Source Sans"').finally(draw);
})();
