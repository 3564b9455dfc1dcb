// The search box in the header and the search page: asks the worker, shows what it answers.
// Nothing of the index is loaded before a reader turns to search.
(() => {
  "use strict";

  const { marked, markPage } = globalThis.plansiteMarks;

  /**
   * @typedef {{output: HTMLElement, heading: "h2" | "p", size: number, query: string}} Place where results are shown, and how many of a kind
   * @typedef {{
   *   size: number, limit: number, heading: "h2" | "p", filtered?: (answer: Search.Answer) => Search.Answer,
   *   changed?: (query: string) => void,
   * }} Options limit: how many results to ask for
   */

  const FOLDER = new URL("search/", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  const ROOT = new URL("../../", FOLDER);
  const LABELS = {
    unit: "单位", leader: "领导", sector: "板块", task: "任务", safeguard: "制度保障", goal: "总体目标", target: "目标",
    direction: "方向性表述", duty: "定期事项", term: "名词", citation: "引用文件", text: "原文", oddity: "印刷疑误", page: "本站说明",
  };
  const FAILED = "搜索用的数据没有取到，请检查网络后再试。";
  const TOP = 3;
  const IN_BOX = 4;
  const ON_PAGE = 200;
  /** How many more plans to look through when asked to go on. */
  const FURTHER = 4;
  /** Milliseconds without a key until one has typed a word; until a screen reader is told; until waiting is explained. */
  const WAIT = 80;
  const QUIET = 700;
  const SLOW = 500;

  /** @type {{ask: (question: Search.Question) => void} | null} */
  let backend = null;
  let asked = 0;
  /** @type {Map<number, (reply: Search.Reply) => void>} */
  const waiting = new Map();

  /** What has the focus. */
  const focused = () => /** @type {HTMLElement | null} */ (document.activeElement);

  /** Start the worker, or load the engine into the page where it may not start one. */
  function start() {
    if (backend) return backend;
    /** @param {Search.Reply} reply */
    const onreply = (reply) => waiting.get(reply.id)?.(reply);
    const fail = () => {
      backend = null;
      waiting.forEach((reply, id) => reply({ id, failed: true }));
    };
    if (location.protocol === "file:") {
      const scripts = ["folding.js", "records.js", "engine.js", "worker.js"];
      const ready = scripts.reduce((before, name) => before.then(() => script(FOLDER + name)), Promise.resolve());
      backend = { ask: (question) => ready.then(() => globalThis.plansiteSearch.ask?.(question, onreply)).catch(fail) };
    } else {
      const worker = new Worker(`${FOLDER}worker.js`);
      worker.onmessage = ({ data }) => onreply(data);
      worker.onerror = fail;
      backend = { ask: (question) => worker.postMessage(question) };
    }
    return backend;
  }

  /** Load a script into the page. @param {string} address @returns {Promise<void>} */
  function script(address) {
    return new Promise((done, fail) => {
      const element = Object.assign(document.createElement("script"), { src: address, onload: () => done(), onerror: fail });
      document.head.append(element);
    });
  }

  /**
   * @param {string} query
   * @param {number} limit
   * @param {number} further
   * @param {(reply: Search.Reply) => void} onreply
   */
  function ask(query, limit, further, onreply) {
    waiting.clear();
    waiting.set(++asked, onreply);
    start().ask({ id: asked, query, limit, further });
  }

  /**
   * Make an element.
   * @template {keyof HTMLElementTagNameMap} K
   * @param {K} tag @param {Record<string, string>} attributes @param {(string | Node)[]} children
   */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  /** The address of a result, with the words to mark there. @param {Search.Result} result */
  function address(result) {
    const url = new URL(result.url, ROOT);
    if (location.protocol === "file:") url.pathname = url.pathname.replace(/\/$/, "/index.html");
    for (const word of result.words) url.searchParams.append("h", word);
    return url.href;
  }

  /** @param {Search.Result} result */
  function item(result) {
    const link = make("a", { href: address(result), class: "ps-hit" },
      make("span", { class: "ps-hit__kind" }, LABELS[result.kind]), " ",
      make("strong", {}, ...marked(result.title, result.titleMarks)));
    if (result.alias) link.append(make("span", { class: "ps-hit__alias" }, "又称 ", ...marked(result.alias, result.aliasMarks)));
    if (result.snippet) link.append(make("span", { class: "ps-hit__text" }, ...marked(result.snippet, result.snippetMarks)));
    if (result.where) link.append(make("span", { class: "ps-hit__where" }, result.where));
    return make("li", {}, link);
  }

  /**
   * Show an answer: the best first, then the others by kind.
   * @param {Place} place
   * @param {Search.Answer} answer
   * @param {number} unread plans that were not looked through
   * @param {() => void} more looks through more of them
   */
  function show({ output, heading, size, query }, answer, unread, more) {
    const { results, counts } = answer;
    /** @param {Search.Kind} kind */
    const count = (kind) => counts[kind] ?? 0;
    /** @type {HTMLElement[]} */
    const parts = [];
    const best = results.slice(0, TOP);
    const rest = results.slice(TOP);
    if (best.length) parts.push(make("ol", { class: "ps-hits", "aria-label": "最相关" }, ...best.map(item)));
    const kinds = [...new Set(rest.map(({ kind }) => kind))];
    for (const kind of kinds) {
      const own = rest.filter((result) => result.kind === kind);
      const above = best.filter((result) => result.kind === kind).length;
      const name = `${above ? "其他" : ""}${LABELS[kind]}`;
      parts.push(make(heading, { class: "ps-hits__kind" }, `${name} `, make("span", { class: "ps-count" }, String(count(kind) - above))));
      parts.push(make("ol", { class: "ps-hits", "aria-label": name }, ...own.slice(0, size).map(item)));
      if (count(kind) - above > size) parts.push(make("p", { class: "ps-hits__all" }, make("a", { href: page({ q: query, kind }) }, `全部 ${count(kind)} 条${LABELS[kind]}`)));
    }
    if (unread > 0) {
      const button = make("button", { type: "button", class: "md-button" }, `还有 ${unread} 个方案可能提到，继续找`);
      button.addEventListener("click", more);
      parts.push(make("p", { class: "ps-hits__all" }, button));
    }
    if (!results.length && answer.nearest.length) {
      const links = answer.nearest.flatMap((word, at) => [at ? "、" : "", make("a", { href: page({ q: word }), "data-try": word }, word)]);
      parts.push(make("p", { class: "ps-hits__try" }, "方案里有相近的：", ...links));
    }
    output.replaceChildren(...parts);
  }

  /** The address of the search page. @param {Record<string, string>} state */
  function page(state) {
    const url = new URL("search/", ROOT);
    if (location.protocol === "file:") url.pathname += "index.html";
    for (const [name, value] of Object.entries(state)) if (value) url.searchParams.set(name, value);
    return url.href;
  }

  /**
   * Say in one line what was found.
   * @param {string} query
   * @param {Search.Answer} answer
   * @param {Search.Success} reply
   * @param {number} all how many results there were before any were filtered out
   */
  function said(query, answer, { isWhole, unread }, all) {
    const total = sum(answer.counts);
    if (!total && all) return `按所选条件没有结果；不加条件有 ${all} 条。`;
    if (!total && !isWhole) return "";
    if (!total) return unread ? `看过的方案里没有“${query}”。` : `方案里没有“${query}”。`;
    const kinds = Object.entries(answer.counts).map(([kind, count]) => `${LABELS[/** @type {Search.Kind} */ (kind)]} ${count}`).join("、");
    return `${answer.how ? `没有与“${query}”完全一致的，按相近的` : ""}找到 ${total} 条：${kinds}`;
  }

  /** @param {Search.Counts} counts */
  function sum(counts) {
    return Object.values(counts).reduce((total, count) => total + count, 0);
  }

  /** An input joined to a place for results. */
  class Box {
    /** @param {HTMLElement} root @param {Options} options */
    constructor(root, { size, limit, heading, filtered = (answer) => answer, changed = () => {} }) {
      this.input = /** @type {HTMLInputElement} */ (root.querySelector("input"));
      this.output = /** @type {HTMLElement} */ (root.querySelector("[data-search-output]"));
      this.line = /** @type {HTMLElement} */ (root.querySelector("[data-search-said]"));
      this.heard = /** @type {HTMLElement} */ (root.querySelector("[role=status]"));
      this.hint = this.line.textContent;
      this.size = size;
      this.limit = limit;
      this.heading = heading;
      this.filtered = filtered;
      this.changed = changed;
      this.query = "";
      this.further = 0;
      /** @type {Search.Reply | null} */
      this.latest = null;
      this.isGoing = false;
      this.slow = 0;
      this.telling = 0;
      this.listen(root);
    }

    /** @param {HTMLElement} root */
    listen(root) {
      const { input, output } = this;
      let timer = 0;
      input.addEventListener("input", (event) => {
        clearTimeout(timer);
        // Half-typed pinyin letters are not what the reader looks for.
        if (/** @type {InputEvent} */ (event).isComposing) return;
        output.setAttribute("aria-busy", "true");
        timer = setTimeout(() => this.run(), WAIT);
      });
      input.addEventListener("compositionend", () => this.run());
      input.addEventListener("focus", start);
      output.addEventListener("click", (event) => {
        const tried = /** @type {Element} */ (event.target).closest("[data-try]");
        if (!tried) return;
        event.preventDefault();
        input.value = String(tried.dataset.try);
        this.run();
        input.focus();
      });
      root.addEventListener("keydown", (event) => this.onKey(event, root));
    }

    /** Move the focus through the results with the arrow keys. @param {KeyboardEvent} event @param {HTMLElement} root */
    onKey(event, root) {
      if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey) return;
      const step = Number(event.key === "ArrowDown") - Number(event.key === "ArrowUp");
      /** @type {(Element | null)[]} */
      const stops = [this.input, ...root.querySelectorAll(".ps-hit, .ps-hits__all :is(a, button), .ps-hits__try a")];
      const at = stops.indexOf(document.activeElement);
      const next = step && at >= 0 ? /** @type {HTMLElement | undefined} */ (stops[at + step]) : null;
      if (!next) return;
      event.preventDefault();
      next.focus();
    }

    /** Ask for what stands in the input, unless that is what was asked for before. */
    run(again = false) {
      const query = this.input.value.trim();
      const isAnswered = query === this.query && !again;
      this.output.setAttribute("aria-busy", String(Boolean(query) && !(isAnswered && this.latest?.isWhole)));
      if (isAnswered) return;
      if (!again) this.further = 0;
      this.query = query;
      this.latest = null;
      this.isGoing = false;
      clearTimeout(this.slow);
      this.changed(query);
      if (!query) {
        waiting.clear();
        this.say(this.hint);
        this.output.replaceChildren();
        return;
      }
      this.slow = setTimeout(() => { this.line.textContent = "正在搜索……"; }, SLOW);
      ask(query, this.limit, this.further, (reply) => {
        this.latest = reply;
        this.present();
      });
    }

    present() {
      const { latest } = this;
      if (!latest) return;
      const { failed, isWhole } = latest;
      const answer = latest.failed ? null : this.filtered(latest.answer);
      const text = latest.failed || !answer ? FAILED : said(this.query, answer, latest, sum(latest.answer.counts));
      if (text) {
        clearTimeout(this.slow);
        this.say(text);
      }
      if (failed || isWhole) this.output.setAttribute("aria-busy", "false");
      if (failed) this.query = "";
      if (latest.failed || !answer) this.output.replaceChildren();
      else if (text) show(this, answer, latest.unread, () => { this.further += FURTHER; this.run(true); });
      if (this.isGoing && (isWhole || failed)) this.go();
    }

    /** Show a line at once; have it read out when the reader has stopped typing. @param {string} text */
    say(text) {
      this.line.textContent = text;
      clearTimeout(this.telling);
      this.telling = setTimeout(() => { this.heard.textContent = this.query ? text : ""; }, QUIET);
    }

    /** Go to the first result of what stands in the input, as soon as it is there. */
    go() {
      this.run();
      this.isGoing = Boolean(this.query) && !this.latest?.isWhole && !this.latest?.failed;
      if (!this.isGoing) this.output.querySelector(".ps-hit")?.click();
    }
  }

  /** The box in the header. @param {HTMLElement} root */
  function header(root) {
    const toggle = /** @type {HTMLInputElement} */ (document.getElementById("__search"));
    const form = /** @type {HTMLFormElement} */ (root.querySelector("form"));
    const link = /** @type {HTMLAnchorElement} */ (root.querySelector("[data-search-further]"));
    const box = new Box(root, { size: IN_BOX, limit: 60, heading: "p", changed: (query) => { link.href = page({ q: query }); } });
    /** @type {HTMLElement | null} */
    let before = null;
    const open = () => {
      before = focused();
      toggle.checked = true;
      box.input.focus();
      // What was looked for before gives way to what is typed now.
      box.input.select();
    };
    const close = () => {
      toggle.checked = false;
      focused()?.blur();
      before?.focus();
    };
    for (const event of ["focus", "input", "click"]) box.input.addEventListener(event, () => { toggle.checked = true; });
    // On a phone the label of the magnifying glass opens it.
    toggle.addEventListener("change", () => { if (toggle.checked) box.input.focus(); });
    // Who tabs on has left it; a click beside the results has not.
    root.addEventListener("focusout", ({ relatedTarget: next }) => { if (next instanceof Node && !root.contains(next)) toggle.checked = false; });
    // Where pages are loaded in place, nobody else closes it.
    box.output.addEventListener("click", (event) => { if (/** @type {Element} */ (event.target).closest(".ps-hit, .ps-hits__all a") && !event.ctrlKey && !event.metaKey) toggle.checked = false; });
    form.addEventListener("reset", () => setTimeout(() => { box.run(); box.input.focus(); }));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      box.go();
    });
    document.addEventListener("keydown", (event) => {
      if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey) return;
      const isTyping = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
      if (event.key === "Escape" && toggle.checked) close();
      else if (!isTyping && ["/", "s", "f"].includes(event.key)) open();
      else return;
      event.preventDefault();
    });
    const query = new URLSearchParams(location.search).get("q");
    if (query && !document.querySelector("[data-search-page]")) {
      box.input.value = query;
      open();
      box.run();
    }
  }

  /** The page with facets, whose choices stand in the address. @param {HTMLElement} root */
  function searchPage(root) {
    const form = /** @type {HTMLFormElement} */ (root.querySelector("form"));
    const fields = Array.from(form.querySelectorAll("select"));
    const state = new URLSearchParams(location.search);
    for (const field of /** @type {NodeListOf<HTMLSelectElement | HTMLInputElement>} */ (form.querySelectorAll("[name]"))) {
      const value = state.get(field.name);
      if (value && (!("options" in field) || Array.from(field.options).some((option) => option.value === value))) field.value = value;
    }
    const write = () => history.replaceState(history.state, "", page(Object.fromEntries(Array.from(new FormData(form), ([name, value]) => [name, String(value)]))));
    const box = new Box(root, { size: ON_PAGE, limit: 1000, heading: "h2", filtered: (answer) => narrowed(answer, fields), changed: write });
    for (const field of fields) {
      field.addEventListener("change", () => {
        write();
        box.present();
      });
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      box.run();
    });
    form.hidden = false;
    box.run();
  }

  /** Keep the results of an answer that fit every choice. @param {Search.Answer} answer @param {HTMLSelectElement[]} fields */
  function narrowed(answer, fields) {
    /** @type {Record<string, (result: Search.Result, value: string) => boolean>} */
    const fits = {
      kind: (result, value) => result.kind === value,
      plan: (result, value) => result.plan === value,
      sector: (result, value) => `${result.plan} ${result.sector}` === value,
      unit: (result, value) => result.units.includes(value),
      year: (result, value) => result.years.includes(Number(value)),
    };
    const chosen = fields.filter(({ value }) => value);
    if (!chosen.length) return answer;
    const results = answer.results.filter((result) => chosen.every(({ name, value }) => fits[name](result, value)));
    /** @type {Search.Counts} */
    const counts = {};
    for (const { kind } of results) counts[kind] = (counts[kind] ?? 0) + 1;
    return { ...answer, results, counts };
  }

  /** What a page brings; with instant loading, pages come one after the other without the head changing. */
  function arrive() {
    document.querySelectorAll("[data-search-page]").forEach(searchPage);
    markPage();
  }

  document.querySelectorAll("[data-search-box]").forEach(header);
  if (globalThis.document$) globalThis.document$.subscribe(arrive);
  else arrive();
})();
