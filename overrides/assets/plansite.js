// The finder of units: shows the units one of whose names holds what was typed.
// Without this script the whole list stays visible.
(function () {
  "use strict";

  /** At most so many characters in front, such as 昆明市西山区, are taken for the name of a place. */
  var PLACE = 8;
  var SHORTEST = 2;

  /** Make texts comparable: full-width to half-width, lower case, no spaces or quotation marks. */
  function plain(text) {
    return text.normalize("NFKC").toLowerCase().replace(/[\s“”"'‘’]/g, "");
  }

  /**
   * Find the items that have a name which holds the query; if there are none, those that have
   * a name which ends as the query does: 昆明市西山区税务局 finds 区税务局.
   * @param {string[][]} names of each item
   * @param {string} query
   * @returns {{fits: boolean[], tail: string}} tail: what was looked for instead of the query
   */
  function find(names, query) {
    function fitting(test) {
      return names.map(function (own) { return own.some(test); });
    }
    var fits = fitting(function (name) { return name.includes(query); });
    var letters = Array.from(query);
    for (var cut = 1; !fits.includes(true) && cut <= Math.min(PLACE, letters.length - SHORTEST); cut++) {
      var tail = letters.slice(cut).join("");
      fits = fitting(function (name) { return name.endsWith(tail); });
      if (fits.includes(true)) return { fits: fits, tail: tail };
    }
    return { fits: fits, tail: "" };
  }

  /** @param {Element} root */
  function start(root) {
    var folded = root.getAttribute("data-finder") === "folded";
    var list = root.querySelector("#finder-list");
    var box = root.querySelector("[data-finder-box]");
    var input = root.querySelector("input");
    var status = root.querySelector("[role=status]");
    var elsewhere = document.querySelector("[data-finder-none]");
    var items = Array.from(root.querySelectorAll("[data-names]"));
    var groups = Array.from(root.querySelectorAll("[data-finder-group]"));
    var names = items.map(function (item) {
      return item.getAttribute("data-names").split("\n").map(plain);
    });

    /** Say what was found. */
    function said(found, tail) {
      if (!found) return "没有叫“" + input.value.trim() + "”的单位，请换个说法，或者看：";
      return (tail ? "按“" + tail + "”" : "") + "找到 " + found + " 个";
    }

    function show() {
      var query = plain(input.value);
      var result = find(names, query);
      var found = result.fits.filter(Boolean).length;
      list.hidden = folded && !query;
      items.forEach(function (item, at) { item.hidden = !result.fits[at]; });
      groups.forEach(function (group) {
        group.hidden = !group.querySelector("[data-names]:not([hidden])");
      });
      elsewhere.hidden = found > 0;
      status.textContent = query ? said(found, result.tail) : "";
    }

    input.addEventListener("input", function (event) {
      // Half-typed pinyin letters are not what the reader looks for.
      if (!event.isComposing) show();
    });
    input.addEventListener("compositionend", show);
    input.addEventListener("keydown", function (event) {
      // Safari sends the Enter that ends pinyin after the composition, but with the code 229.
      if (event.key === "Enter" && !event.isComposing && event.keyCode !== 229) {
        var first = root.querySelector("[data-names]:not([hidden]) a");
        if (first && plain(input.value)) first.click();
      }
    });
    box.hidden = false;
    show();
  }

  document.querySelectorAll("[data-finder]").forEach(start);
})();
