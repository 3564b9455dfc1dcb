// Tables that can be filtered and sorted. What was chosen stands in the address, so that it survives
// a reload, the way back, and a link that is passed on. Without this script all rows stay visible.
(() => {
  "use strict";

  /**
   * @typedef {{number: number, text: string}} Key what a row is sorted by; the text comes first
   * @typedef {Map<string, string>} Choice parameter → value; what is not chosen is left out
   * @typedef {HTMLTableRowElement | HTMLTableSectionElement} Row one thing of a table: a row, or a group of rows
   * @typedef {{label: string, among: string[]}} Choosable what it says, and the values of the rows that fit it
   * @typedef {HTMLSelectElement | HTMLInputElement} Field
   * @typedef {{name: string, field: HTMLSelectElement | RadioNodeList, options: Map<string, Choosable>}} Filter
   */

  const chinese = new Intl.Collator("zh-CN", { numeric: true, ignorePunctuation: true });
  const SORT = "sort";
  const VIEW = "view";
  const ARROWS = { none: "⇅", ascending: "↑", descending: "↓" };

  /** What to do when the address changes under the page. @type {(() => void)[]} */
  let onReturn = [];

  /**
   * Return the cell of a row that stands in a column; a cell may span several.
   * @param {Row} row
   * @param {number} column
   */
  function cellAt(row, column) {
    let end = 0;
    return Array.from((row instanceof HTMLTableRowElement ? row : row.rows[0]).cells).find((cell) => (end += cell.colSpan) > column);
  }

  /**
   * @param {Row} row
   * @param {number} column
   * @returns {Key | null} null for an empty cell
   */
  function key(row, column) {
    const cell = cellAt(row, column);
    if (!cell) return null;
    const value = cell.getAttribute("data-value");
    if (value !== null) return { number: Number(value), text: cell.getAttribute("data-unit") || "" };
    return cell.tagName === "TH" ? { number: 0, text: cell.textContent.trim() } : null;
  }

  /**
   * Sort rows by a column; empty cells come last either way, and equal ones keep their order.
   * @param {Row[]} rows
   * @param {number} column
   * @param {boolean} isDown
   */
  function sorted(rows, column, isDown) {
    const turn = isDown ? -1 : 1;
    const keyed = rows.map((row) => ({ row, key: key(row, column) }));
    keyed.sort((a, b) => {
      if (!a.key || !b.key) return Number(!a.key) - Number(!b.key);
      return turn * (chinese.compare(a.key.text, b.key.text) || a.key.number - b.key.number);
    });
    return keyed.map(({ row }) => row);
  }

  /** @param {HTMLElement} head */
  const nameOf = (head) => head.getAttribute("data-name");

  /**
   * Return what can be chosen in a form: its lists, and the buttons for a view.
   * @param {HTMLFormElement} form
   * @returns {Filter[]}
   */
  function filtersOf(form) {
    const elements = /** @type {Field[]} */ (Array.from(form.elements));
    const names = new Set(elements.map(({ name }) => name).filter((name) => name && name !== SORT));
    return Array.from(names, (name) => {
      const field = /** @type {HTMLSelectElement | RadioNodeList} */ (form.elements.namedItem(name));
      const all = /** @type {(HTMLOptionElement | HTMLInputElement)[]} */ ("options" in field ? Array.from(field.options) : Array.from(field));
      const choices = all.filter(({ value }) => value);
      return { name, field, options: new Map(choices.map((choice) => [choice.value, option(choice)])) };
    });
  }

  /** @param {HTMLOptionElement | HTMLInputElement} choice @returns {Choosable} */
  function option(choice) {
    const label = ("labels" in choice && choice.labels ? choice.labels[0] : choice).textContent.trim();
    return { label, among: (choice.getAttribute("data-among") || choice.value).split(" ") };
  }

  /** @param {HTMLTableElement} table @returns {Row[]} */
  function rowsOf(table) {
    return table.hasAttribute("data-groups") ? Array.from(table.tBodies) : Array.from(table.tBodies[0].rows);
  }

  /** @param {HTMLElement} root */
  function start(root) {
    if (root.hasAttribute("data-ready")) return;
    root.setAttribute("data-ready", "");
    const form = root.querySelector("form");
    const status = /** @type {HTMLElement} */ (root.querySelector("[role=status]"));
    const filters = form ? filtersOf(form) : [];
    const order = form && /** @type {HTMLSelectElement | null} */ (form.querySelector(`select[name=${SORT}]`));
    const tables = Array.from(root.querySelectorAll("table")).map((table) => ({
      table,
      /** @type {HTMLTableCellElement[]} */
      heads: Array.from(table.querySelectorAll("[data-sort]")),
      rows: rowsOf(table),
    }));
    const [{ heads }] = tables;
    const total = tables.reduce((sum, { rows }) => sum + rows.length, 0);
    /** @type {Choice} */
    let chosen = new Map();
    /** The row that the address leads to, which shows whatever was chosen. @type {Row | null} */
    let linked = null;

    /** Return the orders that can be asked for, each with what a reader calls it. */
    function orders() {
      const found = new Map();
      heads.forEach((head) => {
        found.set(head.getAttribute("data-sort"), `${nameOf(head)}，升序`);
        found.set(`-${head.getAttribute("data-sort")}`, `${nameOf(head)}，降序`);
      });
      return found;
    }

    /** Take from the address what this page knows. */
    function read() {
      const asked = new URLSearchParams(location.search);
      chosen = new Map();
      filters.forEach(({ name, options }) => {
        const value = asked.get(name) ?? "";
        if (options.has(value)) chosen.set(name, value);
      });
      const by = asked.get(SORT) ?? "";
      if (orders().has(by)) chosen.set(SORT, by);
      const id = decodeURIComponent(location.hash.slice(1));
      linked = id ? tables.flatMap(({ rows }) => rows).find((row) => row.id === id) ?? null : null;
    }

    /** Put into the address what was chosen, and leave the rest of it alone. */
    function write() {
      const address = new URL(location.href);
      [...filters.map(({ name }) => name), SORT].forEach((name) => {
        const value = chosen.get(name);
        if (value) address.searchParams.set(name, value);
        else address.searchParams.delete(name);
      });
      try {
        history.replaceState(history.state, "", address);
      } catch {
        // A page opened from a disk may not change its address; the table still does what it is told.
      }
    }

    /** @param {Row} row */
    function fits(row) {
      return filters.every(({ name, options }) => {
        const own = options.get(chosen.get(name) ?? "");
        if (!own) return true;
        const values = String(row.getAttribute(`data-${name}`)).split(" ");
        return own.among.some((value) => values.includes(value));
      });
    }

    /** Say how many rows there are, and which. @param {number} shown */
    function said(shown) {
      const words = filters.flatMap(({ name, options }) => options.get(chosen.get(name) ?? "")?.label ?? []);
      if (chosen.has(SORT)) words.push(`按${orders().get(chosen.get(SORT))}`);
      const count = filters.length ? (shown < total ? `显示 ${shown}／${total} 项` : `共 ${total} 项`) : "";
      const besides = linked && !fits(linked) ? "。另列出网址所指的 1 项" : "";
      return [count, words.join("；")].filter(Boolean).join("：") + besides;
    }

    function show() {
      const by = chosen.get(SORT) || "";
      const isDown = by.startsWith("-");
      filters.forEach(({ name, field }) => { field.value = chosen.get(name) || ""; });
      const view = chosen.get(VIEW);
      if (view) root.setAttribute("data-view", view);
      else root.removeAttribute("data-view");
      if (order) order.value = by;
      let shown = 0;
      tables.forEach(({ table, heads: own, rows }) => {
        const head = own.find((one) => one.getAttribute("data-sort") === by.replace("-", ""));
        const parent = rows.length ? /** @type {HTMLElement} */ (rows[0].parentElement) : table;
        const wanted = head ? sorted(rows, head.cellIndex, isDown) : rows;
        const present = rowsOf(table);
        // To lay out a long table anew takes a phone its time.
        if (wanted.some((row, place) => row !== present[place])) parent.append(...wanted);
        rows.forEach((row) => { row.hidden = !fits(row) && row !== linked; });
        shown += rows.filter(fits).length;
        table.toggleAttribute("data-empty", rows.every((row) => row.hidden));
        own.forEach((one) => mark(one, one === head ? (isDown ? "descending" : "ascending") : "none"));
      });
      root.toggleAttribute("data-chosen", chosen.size > 0);
      const words = said(shown);
      if (status.textContent !== words) status.textContent = words;
    }

    /**
     * @param {HTMLElement} head
     * @param {"none" | "ascending" | "descending"} direction
     */
    function mark(head, direction) {
      if (direction === "none") head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", direction);
      /** @type {HTMLElement} */ (head.querySelector(".ps-sort")).textContent = ARROWS[direction];
    }

    function change() {
      linked = null;
      write();
      show();
    }

    /** From one order to the next: that of a first click, the other, the printed one. @param {HTMLElement} head */
    function turn(head) {
      const up = head.getAttribute("data-sort");
      const cycle = head.hasAttribute("data-down") ? [`-${up}`, up, ""] : [up, `-${up}`, ""];
      const next = cycle[(cycle.indexOf(chosen.get(SORT) || "") + 1) % cycle.length];
      if (next) chosen.set(SORT, next);
      else chosen.delete(SORT);
      change();
    }

    /** Put a button into the head of a column; style sheets spread it over the head. @param {HTMLElement} head */
    function equip(head) {
      if (!head.hasAttribute("data-name")) head.setAttribute("data-name", head.textContent.trim());
      const button = document.createElement("button");
      button.type = "button";
      button.className = "ps-sort";
      button.setAttribute("aria-label", `按${nameOf(head)}排序`);
      button.addEventListener("click", () => turn(head));
      head.append(button);
    }

    tables.forEach((one) => one.heads.forEach(equip));
    if (order) orders().forEach((label, value) => order.append(new Option(label, value)));
    if (form) {
      form.addEventListener("change", (event) => {
        const { name, value } = /** @type {Field} */ (event.target);
        if (value) chosen.set(name, value);
        else chosen.delete(name);
        change();
      });
      form.addEventListener("reset", (event) => {
        event.preventDefault();
        chosen.clear();
        change();
      });
      form.addEventListener("submit", (event) => event.preventDefault());
      form.hidden = false;
    }
    const refresh = () => {
      read();
      show();
      // What was hidden or shown above it has moved it.
      if (linked) linked.scrollIntoView();
    };
    refresh();
    onReturn.push(refresh);
  }

  function run() {
    onReturn = [];
    document.querySelectorAll("[data-tables]").forEach(start);
  }

  window.addEventListener("popstate", () => onReturn.forEach((refresh) => refresh()));
  // Material says when it has put another page in the place of this one.
  if (window.document$) window.document$.subscribe(run);
  else run();
})();
