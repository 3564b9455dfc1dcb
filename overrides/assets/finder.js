// The finder of units: shows the units one of whose names holds what was typed, or sounds like it.
// Without this script the whole list stays visible.
(() => {
  "use strict";

  /**
   * @typedef {{names: string[], pinyin: string[], initials: string[]}} Entry what a unit is found by
   * @typedef {{fits: boolean[], tail: string}} Result tail: what was looked for instead of the query
   */

  /** At most so many characters in front, such as 昆明市西山区, are taken for the name of a place. */
  const PLACE = 8;
  const SHORTEST = 2;

  /**
   * Make texts comparable: full-width to half-width, lower case, no spaces or quotation marks.
   * @param {string} text
   */
  function plain(text) {
    return text.normalize("NFKC").toLowerCase().replace(/[\s“”"'‘’]/g, "").replace(/ü/g, "v");
  }

  /**
   * Find the entries that have a name which holds the query. Letters are pinyin or initials as well.
   * If there are none: those with initials which hold the letters, or with a name which ends as
   * the query does, so that 昆明市西山区税务局 finds 区税务局.
   * @param {Entry[]} entries
   * @param {string} query
   * @returns {Result}
   */
  function find(entries, query) {
    const isSound = /^[a-z]+$/.test(query);
    let fits = entries.map((own) => own.names.some((name) => name.includes(query)) || (isSound && (
      own.pinyin.some((full) => full.includes(query)) || own.initials.some((short) => short.startsWith(query)))));
    if (isSound && !fits.includes(true)) {
      fits = entries.map((own) => own.initials.some((short) => short.includes(query)));
    }
    const letters = Array.from(query);
    for (let cut = 1; !fits.includes(true) && cut <= Math.min(PLACE, letters.length - SHORTEST); cut++) {
      // One character alone is a place only if it says so: 社保局 is not a 保局 of somewhere.
      if (cut === 1 && !/[省市县区]/.test(letters[0])) continue;
      const tail = letters.slice(cut).join("");
      fits = entries.map((own) => own.names.some((name) => name.endsWith(tail)));
      if (fits.includes(true)) return { fits, tail };
    }
    return { fits, tail: "" };
  }

  /**
   * @param {Element} item
   * @returns {Entry}
   */
  function entry(item) {
    const [pinyin, initials] = String(item.getAttribute("data-sounds")).split("\n").map((line) => line.split(" "));
    return { names: String(item.getAttribute("data-names")).split("\n").map(plain), pinyin, initials };
  }

  /** @param {HTMLElement} root */
  function start(root) {
    const folded = root.getAttribute("data-finder") === "folded";
    const list = /** @type {HTMLElement} */ (root.querySelector("#finder-list"));
    const box = /** @type {HTMLElement} */ (root.querySelector("[data-finder-box]"));
    const input = /** @type {HTMLInputElement} */ (root.querySelector("input"));
    const status = /** @type {HTMLElement} */ (root.querySelector("[role=status]"));
    const elsewhere = /** @type {HTMLElement} */ (document.querySelector("[data-finder-none]"));
    const items = Array.from(root.querySelectorAll("[data-names]"));
    const groups = Array.from(root.querySelectorAll("[data-finder-group]"));
    const entries = items.map(entry);

    /**
     * Say what was found.
     * @param {number} found
     * @param {string} tail
     */
    function said(found, tail) {
      if (!found) return `没有叫“${input.value.trim()}”的单位，请换个说法，或者看：`;
      return `${tail ? `按“${tail}”` : ""}找到 ${found} 个`;
    }

    function show() {
      const query = plain(input.value);
      const { fits, tail } = find(entries, query);
      const found = fits.filter(Boolean).length;
      list.hidden = folded && !query;
      items.forEach((item, at) => { item.hidden = !fits[at]; });
      groups.forEach((group) => {
        const left = group.querySelectorAll("[data-names]:not([hidden])").length;
        group.hidden = !left;
        /** @type {HTMLElement} */ (group.querySelector(".ps-count")).textContent = String(left);
      });
      elsewhere.hidden = found > 0;
      status.textContent = query ? said(found, tail) : "";
    }

    /** Return the links shown; the unit that is called just so comes first. */
    function links() {
      if (list.hidden) return [];
      const query = plain(input.value);
      const shown = items.map((item, at) => ({ item, at })).filter(({ item }) => !item.hidden);
      const exact = (/** @type {{at: number}} */ { at }) => entries[at].names.includes(query);
      const ordered = [...shown.filter(exact), ...shown.filter((one) => !exact(one))];
      return ordered.map(({ item }) => /** @type {HTMLAnchorElement} */ (item.querySelector("a")));
    }

    /** @param {number} step to the next link or the one before; the input stands before the first */
    function move(step) {
      /** @type {(HTMLElement | null)[]} */
      const stops = [input, ...links()];
      const next = stops[stops.indexOf(/** @type {HTMLElement | null} */ (document.activeElement)) + step];
      if (next) next.focus();
    }

    input.addEventListener("input", (event) => {
      // Half-typed pinyin letters are not what the reader looks for.
      if (!(/** @type {InputEvent} */ (event).isComposing)) show();
    });
    input.addEventListener("compositionend", show);
    root.addEventListener("keydown", (event) => {
      // Safari sends the Enter that ends pinyin after the composition, but with the code 229.
      if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.target !== input && !(/** @type {Element} */ (event.target).closest("[data-names] a"))) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        // Other scripts of the page listen for the same keys.
        event.stopPropagation();
        move(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Escape") {
        event.preventDefault();
        input.value = "";
        show();
        input.focus();
      } else if (event.key === "Enter" && event.target === input && plain(input.value)) {
        const [first] = links();
        if (first) first.click();
      }
    });
    box.hidden = false;
    show();
    // Until now assets/style/frame.css kept the list folded, so that nothing jumps.
    list.dataset.ready = "";
  }

  document.querySelectorAll("[data-finder]").forEach(start);
})();
