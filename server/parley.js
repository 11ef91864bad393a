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

  noteWidth();
  addEventListener("resize", turned);
  addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy], [data-embed]");
    if (button) return void copy(button);
    const link = event.target.closest("a[data-download]");
    if (link) {
      event.preventDefault();
      download(link);
    }
  });
})();
