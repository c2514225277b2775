// Keys and copying; everything works without.
(() => {
  "use strict";
  const typing = (target) => target.closest("input, textarea, select, [contenteditable], .cm-editor");
  const help = document.getElementById("keys");

  const step = (by) => {
    const items = [...document.querySelectorAll("[data-item]")].filter((item) => item.offsetParent);
    if (!items.length) return;
    const at = items.findIndex((item) => item.contains(document.activeElement));
    const next = items[Math.max(0, Math.min(items.length - 1, at < 0 ? 0 : at + by))];
    const link = next.querySelector("a");
    if (link) link.focus();
    next.scrollIntoView({ block: "nearest" });
  };

  const actions = {
    "/": () => {
      const box = [...document.querySelectorAll('form[role="search"] input, input[name="q"]')].find((input) => input.offsetParent);
      if (box) { box.focus(); box.select(); }
    },
    j: () => step(1),
    k: () => step(-1),
    "?": () => { if (help.open) help.close(); else help.showModal(); },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });

  const copy = async (source) => {
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
    } catch {
      getSelection().selectAllChildren(source);
      document.execCommand("copy");
    }
  };

  for (const button of document.querySelectorAll("button[data-copy]")) {
    const words = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await copy(document.getElementById(button.dataset.copy));
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = words; }, 2000);
    });
  }

  // What Datasette's own scripts add without a name, or with one in English.
  addEventListener("load", () => {
    const said = document.getElementById("innehall").dataset;
    for (const link of document.querySelectorAll('[aria-label="Remove this filter"]')) link.setAttribute("aria-label", said.removeFilter);
    for (const field of document.querySelectorAll(".CodeMirror textarea")) field.setAttribute("aria-label", said.sql);
  });
})();
