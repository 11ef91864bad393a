// What the pages need beyond Streamlit: the window's width for the server, copying,
// and downloads that tell how they fare. One listener on the document, because
// Streamlit replaces elements as it likes.
(() => {
  const NARROW = 640;
  let narrow = innerWidth < NARROW;

  function noteWidth() {
    document.cookie = `parley_width=${innerWidth};path=/;max-age=31536000;SameSite=Lax`;
  }

  // A phone turned round gets the other layout. The address holds the whole view.
  function turned() {
    noteWidth();
    if (innerWidth < NARROW !== narrow) {
      narrow = !narrow;
      location.reload();
    }
  }

  function say(button, text) {
    const menu = button.closest("[data-menu]") || button.parentElement;
    const status = menu.querySelector("[role=status]");
    if (status) status.textContent = text;
  }

  function frame(button) {
    const made = document.createElement("iframe");
    made.src = button.dataset.embed;
    made.title = button.dataset.title;
    made.loading = "lazy";
    made.style.cssText = "width: 100%; height: 520px; border: 0";
    return made.outerHTML;
  }

  async function copy(button) {
    const asked = button.dataset.copy;
    const text = asked === undefined ? frame(button) : asked === "address" ? location.href : asked;
    try {
      await navigator.clipboard.writeText(text);
      say(button, button.dataset.done || "Copied");
    } catch {
      // Without a secure context there is no clipboard: show it to be copied by hand.
      window.prompt("Copy this text", text);
    }
  }

  async function download(link) {
    if (link.getAttribute("aria-busy") === "true") return;
    link.setAttribute("aria-busy", "true");
    say(link, `Drawing ${link.textContent.trim()} …`);
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) {
        const problem = await answer.json().catch(() => ({}));
        throw new Error(problem.detail || problem.title || `error ${answer.status}`);
      }
      const named = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") || "");
      const url = URL.createObjectURL(await answer.blob());
      const file = document.createElement("a");
      file.href = url;
      file.download = named ? named[1] : link.pathname.split("/").pop();
      file.click();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
      say(link, `Saved ${file.download}`);
    } catch (error) {
      say(link, `Not saved: ${error.message}`);
    } finally {
      link.removeAttribute("aria-busy");
    }
  }

  // The slide show.
  const shown = document.getElementsByClassName("parley-slide");
  const root = document.documentElement;
  const STEPS = {
    ArrowRight: 1, ArrowDown: 1, PageDown: 1, Enter: 1, " ": 1,
    ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Backspace: -1,
    Home: -Infinity, End: Infinity,
  };
  let wanted = null;
  let announced = null;
  let asleep = 0;

  // What the keys ask for waits until a slide that is still coming has come, and
  // the last of it is gone to at once: none of several quick presses is lost or
  // doubled, and Streamlit, which loses its own messages when runs are broken off
  // in a row, breaks off none.
  function go(by) {
    const now = pages().findIndex((page) => page.hasAttribute("aria-current"));
    wanted = Math.min(Math.max((wanted ?? now) + by, 0), pages().length - 1);
    step();
  }

  const LOST_MS = 5000; // a press unanswered for so long is taken for lost
  let clickedAt = 0;

  function step() {
    const app = document.querySelector("[data-testid=stApp]");
    if (wanted === null || app.getAttribute("data-test-script-state") !== "notRunning") return;
    // Until the slide asked for before stands there, its run is still to come.
    const now = pages().findIndex((each) => each.hasAttribute("aria-current"));
    const arrived = shown.length && shown[0].dataset.slide === String(now + 1);
    if (!arrived && performance.now() - clickedAt < LOST_MS) return;
    const page = pages()[wanted];
    wanted = null;
    if (!page || page.hasAttribute("aria-current")) return;
    clickedAt = performance.now();
    page.click();
  }

  function pages() {
    return [...document.querySelectorAll(".st-key-slide button[aria-label^=Page]")];
  }

  function press(key) {
    document.querySelector(`.st-key-${key} button`)?.click();
  }

  function changed() {
    if (!shown.length) return void (announced = wanted = null);
    step();
    const now = shown[0].dataset.slide;
    let place = document.querySelector(".parley-said");
    if (!place) {
      place = document.createElement("p");
      place.className = "parley-said";
      place.setAttribute("aria-live", "polite");
      shown[0].closest("[class*=st-key-present-]").append(place);
    }
    if (announced !== null && announced !== now) place.textContent = shown[0].dataset.said;
    announced = now;
  }

  const ACTIONS = {
    n: () => root.classList.toggle("parley-noted"),
    b: () => root.classList.add("parley-black"),
    ".": () => root.classList.add("parley-black"),
    "?": () => root.classList.toggle("parley-helped"),
    e: () => press("edit_deck"),
    f: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()),
    Escape: () => root.classList.remove("parley-helped", "parley-noted"),
  };

  function key(event) {
    if (!shown.length || event.ctrlKey || event.metaKey || event.altKey) return;
    if (root.classList.contains("parley-black")) {
      root.classList.remove("parley-black");
      return event.preventDefault();
    }
    const at = event.target;
    if (at.closest?.("input, textarea, [contenteditable]")) return;
    const acts = event.key === "Enter" || event.key === " ";
    if (acts && at.closest?.("a, button")) return;
    const scrolls = event.key in STEPS && at.closest?.(".parley-notes");
    if (scrolls) return;
    const action = ACTIONS[event.key] || ACTIONS[event.key.toLowerCase()];
    if (event.key in STEPS) go(event.key === " " && event.shiftKey ? -1 : STEPS[event.key]);
    else if (action) action();
    else return;
    event.preventDefault();
    // Streamlit has a key or two of its own.
    event.stopPropagation();
  }

  function wake() {
    if (!shown.length) return;
    root.classList.add("parley-awake");
    clearTimeout(asleep);
    asleep = setTimeout(() => root.classList.remove("parley-awake"), 2500);
  }

  // A room that waits for a slide must not see the app come up before it.
  function opening() {
    const asked = new URLSearchParams(location.search);
    if (!location.pathname.endsWith("/briefing") || asked.get("edit") === "true") return;
    const scheme = ["light", "print"].includes(asked.get("theme")) ? "light" : "dark";
    const curtain = document.createElement("style");
    curtain.textContent =
      `html, body { color-scheme: ${scheme} !important; background: Canvas !important }` +
      "#root { opacity: 0 }";
    document.head.append(curtain);
    const opened = () => shown.length || document.querySelector(".stMain h1, .stException");
    const watch = new MutationObserver(() => opened() && raise());
    const raise = () => {
      watch.disconnect();
      curtain.remove();
    };
    watch.observe(document, { subtree: true, childList: true });
    setTimeout(raise, 10000);
  }

  opening();
  addEventListener("keydown", key, true);
  addEventListener("pointermove", wake);
  addEventListener("pointerdown", () => root.classList.remove("parley-black"));
  new MutationObserver(changed).observe(document, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-test-script-state"],
  });

  noteWidth();
  addEventListener("resize", turned);
  addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy], [data-embed]");
    if (button) return void copy(button);
    const steps = event.target.closest("[data-step]");
    if (steps) return void go(STEPS[steps.dataset.step]);
    const presses = event.target.closest("[data-press]");
    if (presses) return void ACTIONS[presses.dataset.press]();
    const link = event.target.closest("a[data-download]");
    if (link) {
      event.preventDefault();
      download(link);
    }
  });
})();
