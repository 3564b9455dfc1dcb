// The finder of units: shows the units one of whose names holds what was typed.
// Without this script the whole list stays visible.
(function () {
  "use strict";

  /** Make texts comparable: full-width to half-width, lower case, no spaces or quotation marks. */
  function plain(text) {
    return text.normalize("NFKC").toLowerCase().replace(/[\s“”"'‘’]/g, "");
  }

  /** @param {Element} root */
  function start(root) {
    var folded = root.getAttribute("data-finder") === "folded";
    var list = root.querySelector("#finder-list");
    var box = root.querySelector("[data-finder-box]");
    var input = root.querySelector("input");
    var status = root.querySelector("[role=status]");
    var items = Array.from(root.querySelectorAll("[data-names]"));
    var groups = Array.from(root.querySelectorAll("[data-finder-group]"));
    var names = items.map(function (item) {
      return item.getAttribute("data-names").split(" ").map(plain);
    });

    function show() {
      var query = plain(input.value);
      var found = 0;
      list.hidden = folded && !query;
      items.forEach(function (item, at) {
        var fits = !query || names[at].some(function (name) { return name.includes(query); });
        item.hidden = !fits;
        found += fits ? 1 : 0;
      });
      groups.forEach(function (group) {
        group.hidden = !group.querySelector("[data-names]:not([hidden])");
      });
      status.textContent = !query ? "" : found ? "找到 " + found + " 个" : "没有叫“" + input.value + "”的单位，请换个说法";
    }

    input.addEventListener("input", function (event) {
      // Half-typed pinyin letters are not what the reader looks for.
      if (!event.isComposing) show();
    });
    input.addEventListener("compositionend", show);
    input.addEventListener("keydown", function (event) {
      if (event.key === "Enter" && !event.isComposing) {
        var first = root.querySelector("[data-names]:not([hidden]) a");
        if (first && input.value.trim()) first.click();
      }
    });
    box.hidden = false;
    show();
  }

  document.querySelectorAll("[data-finder]").forEach(start);
})();
