// Words that were searched for, marked: in a result, and on the page to which it leads.
(() => {
  "use strict";

  /** Return a text with its marked parts. @param {string} text @param {Search.Span[]} marks */
  function marked(text, marks) {
    /** @type {(string | HTMLElement)[]} */
    const parts = [];
    let at = 0;
    for (const [from, to] of marks) {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(from, to);
      parts.push(text.slice(at, from), mark);
      at = to;
    }
    return [...parts, text.slice(at)];
  }

  /** @param {number} from @param {number} to @returns {Search.Span} */
  const span = (from, to) => [from, to];

  /** Mark on this page the words by which it was found, also where a link begins or ends within them. */
  function markPage() {
    const words = new URLSearchParams(location.search).getAll("h").filter(Boolean);
    const main = document.querySelector(".md-content");
    if (!words.length || !main) return;
    const nodes = textNodes(main);
    const text = nodes.map(({ before, node }) => before + node.data).join("");
    const found = words.flatMap((word) => Array.from(text.matchAll(new RegExp(word.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"), "g")), ({ index }) => span(index, index + word.length)));
    let at = 0;
    for (const { before, node } of nodes) {
      const from = at + before.length;
      at = from + node.data.length;
      const own = found.map(([start, end]) => span(Math.max(start, from) - from, Math.min(end, at) - from)).filter(([start, end]) => start < end);
      if (own.length) node.replaceWith(...marked(node.data, apart(own)));
    }
  }

  /** List the texts of a page, with a break before each that begins another block. @param {Element} main */
  function textNodes(main) {
    const BLOCK = "p, li, td, th, dt, dd, h1, h2, h3, h4, div, section, summary, caption";
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    /** @type {{node: Text, before: string}[]} */
    const nodes = [];
    /** @type {Element | null} */
    let block = null;
    while (walker.nextNode()) {
      const node = /** @type {Text} */ (walker.currentNode);
      const parent = /** @type {Element} */ (node.parentElement);
      const own = parent.closest(BLOCK);
      if (parent.closest("script, style, button, select, [data-search-page]")) continue;
      nodes.push({ node, before: own === block ? "" : "\n" });
      block = own;
    }
    return nodes;
  }

  /** Join ranges that overlap. @param {Search.Span[]} ranges */
  function apart(ranges) {
    /** @type {Search.Span[]} */
    const joined = [];
    for (const [from, to] of ranges.sort((one, other) => one[0] - other[0])) {
      const last = joined.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else joined.push([from, to]);
    }
    return joined;
  }

  globalThis.plansiteMarks = { marked, markPage };
})();
