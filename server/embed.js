// Draws the embed's figure for the frame's width, again when that changes, and
// tells the page around it how high it is.
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
    } catch (error) {
      status.textContent = `The drawing could not be loaded (${error.message}). The numbers stand below.`;
    }
  }

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
