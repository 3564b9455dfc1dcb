// Loads the scripts that only some pages need, where there is something for them to do; all others stay lighter.
(() => {
  "use strict";

  const FOLDER = /** @type {HTMLScriptElement} */ (document.currentScript).src.replace(/[^/]*$/, "");
  /** Script → what it works on. */
  const NEEDED = { "tables.js": "[data-tables]", "calendar.js": "[data-calendar]" };
  const loaded = new Set();

  function run() {
    for (const [name, part] of Object.entries(NEEDED)) {
      if (loaded.has(name) || !document.querySelector(part)) continue;
      loaded.add(name);
      const script = document.createElement("script");
      script.src = FOLDER + name;
      document.head.append(script);
    }
  }

  if (window.document$) window.document$.subscribe(run);
  else run();
})();
