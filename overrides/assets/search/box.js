// The search box in the header and the search page: asks the worker, shows what it answers.
// Nothing of the index is loaded before a reader turns to search.
(() => {
  "use strict";

  const { marked, markPage } = globalThis.plansiteMarks;

  const FOLDER = new URL("search/", document.currentScript.src);
  const ROOT = new URL("../../", FOLDER);
  const LABELS = {
    unit: "单位", leader: "领导", sector: "板块", task: "任务", safeguard: "制度保障", goal: "总体目标", target: "目标",
    direction: "方向性表述", duty: "定期事项", term: "名词", citation: "引用文件", text: "原文", oddity: "印刷疑误", page: "本站说明",
  };
  const TOP = 3;
  const IN_BOX = 4;
  const ON_PAGE = 200;
  /** How many more plans to look through when asked to go on. */
  const FURTHER = 4;
  /** Milliseconds without a key until one has typed a word; until a screen reader is told; until waiting is explained. */
  const WAIT = 80;
  const QUIET = 700;
  const SLOW = 500;

  /** @type {{ask: (question: object) => void} | null} */
  let backend = null;
  let asked = 0;
  /** @type {Map<number, (reply: any) => void>} */
  const waiting = new Map();

  /** Start the worker, or load the engine into the page where it may not start one. */
  function start() {
    if (backend) return backend;
    const onreply = (reply) => waiting.get(reply.id)?.(reply);
    const fail = () => {
      backend = null;
      waiting.forEach((reply, id) => reply({ id, failed: true }));
    };
    if (location.protocol === "file:") {
      const scripts = ["folding.js", "records.js", "engine.js", "worker.js"];
      const ready = scripts.reduce((before, name) => before.then(() => script(FOLDER + name)), Promise.resolve());
      backend = { ask: (question) => ready.then(() => globalThis.plansiteSearch.ask(question, onreply)).catch(fail) };
    } else {
      const worker = new Worker(`${FOLDER}worker.js`);
      worker.onmessage = ({ data }) => onreply(data);
      worker.onerror = fail;
      backend = { ask: (question) => worker.postMessage(question) };
    }
    return backend;
  }

  function script(address) {
    return new Promise((done, fail) => {
      const element = Object.assign(document.createElement("script"), { src: address, onload: done, onerror: fail });
      document.head.append(element);
    });
  }

  /** @param {(reply: any) => void} onreply @returns {number} the question's number */
  function ask(query, limit, further, onreply) {
    waiting.clear();
    waiting.set(++asked, onreply);
    start().ask({ id: asked, query, limit, further });
    return asked;
  }

  /** Make an element. @param {string} tag @param {Record<string, string>} attributes */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  /** The address of a result, with the words to mark there. */
  function address(result) {
    const url = new URL(result.url, ROOT);
    if (location.protocol === "file:") url.pathname = url.pathname.replace(/\/$/, "/index.html");
    for (const word of result.words) url.searchParams.append("h", word);
    return url.href;
  }

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
   * @param {{output: Element, heading: string, size: number}} place
   */
  function show({ output, heading, size }, { answer, unread }, query, more) {
    const { results, counts } = answer;
    const parts = [];
    const best = results.slice(0, TOP);
    const rest = results.slice(TOP);
    if (best.length) parts.push(make("ol", { class: "ps-hits", "aria-label": "最相关" }, ...best.map(item)));
    const kinds = [...new Set(rest.map(({ kind }) => kind))];
    for (const kind of kinds) {
      const own = rest.filter((result) => result.kind === kind);
      const above = best.filter((result) => result.kind === kind).length;
      const name = `${above ? "其他" : ""}${LABELS[kind]}`;
      parts.push(make(heading, { class: "ps-hits__kind" }, `${name} `, make("span", { class: "ps-count" }, String(counts[kind] - above))));
      parts.push(make("ol", { class: "ps-hits", "aria-label": name }, ...own.slice(0, size).map(item)));
      if (counts[kind] - above > size) parts.push(make("p", { class: "ps-hits__all" }, make("a", { href: page({ q: query, kind }) }, `全部 ${counts[kind]} 条${LABELS[kind]}`)));
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

  /** Say in one line what was found. @param {number} all how many results there were before any were filtered out */
  function said(query, { answer, failed, isWhole, unread }, all) {
    if (failed) return "搜索用的数据没有取到，请检查网络后再试。";
    const total = sum(answer.counts);
    if (!total && all) return `按所选条件没有结果；不加条件有 ${all} 条。`;
    if (!total && !isWhole) return "";
    if (!total) return unread ? `看过的方案里没有“${query}”。` : `方案里没有“${query}”。`;
    const kinds = Object.entries(answer.counts).map(([kind, count]) => `${LABELS[kind]} ${count}`).join("、");
    return `${answer.how ? `没有与“${query}”完全一致的，按相近的` : ""}找到 ${total} 条：${kinds}`;
  }

  function sum(counts) {
    return Object.values(counts).reduce((total, count) => total + count, 0);
  }

  /** An input joined to a place for results. */
  class Box {
    /**
     * @param {HTMLElement} root
     * @param {{size: number, limit: number, heading: string, filtered?: (answer: any) => any, changed?: (query: string) => void}} options
     *   size: how many results of a kind to show; limit: how many to ask for
     */
    constructor(root, options) {
      this.input = root.querySelector("input");
      this.output = root.querySelector("[data-search-output]");
      this.line = root.querySelector("[data-search-said]");
      this.heard = root.querySelector("[role=status]");
      this.hint = this.line.textContent;
      this.filtered = (answer) => answer;
      this.changed = () => {};
      Object.assign(this, options);
      this.query = "";
      this.further = 0;
      this.latest = null;
      this.isGoing = false;
      this.listen(root);
    }

    listen(root) {
      const { input, output } = this;
      let timer = 0;
      input.addEventListener("input", (event) => {
        clearTimeout(timer);
        // Half-typed pinyin letters are not what the reader looks for.
        if (event.isComposing) return;
        output.setAttribute("aria-busy", "true");
        timer = setTimeout(() => this.run(), WAIT);
      });
      input.addEventListener("compositionend", () => this.run());
      input.addEventListener("focus", start);
      output.addEventListener("click", (event) => {
        const tried = event.target.closest("[data-try]");
        if (!tried) return;
        event.preventDefault();
        input.value = tried.getAttribute("data-try");
        this.run();
        input.focus();
      });
      root.addEventListener("keydown", (event) => this.onKey(event, root));
    }

    /** Move the focus through the results with the arrow keys. */
    onKey(event, root) {
      if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const stops = [this.input, ...root.querySelectorAll(".ps-hit, .ps-hits__all :is(a, button), .ps-hits__try a")];
      const at = stops.indexOf(document.activeElement);
      const next = step && at >= 0 ? stops[at + step] : null;
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
      if (!this.latest) return;
      const { answer, failed, isWhole } = this.latest;
      const reply = { ...this.latest, answer: failed ? null : this.filtered(answer) };
      const text = said(this.query, reply, failed ? 0 : sum(answer.counts));
      if (text) {
        clearTimeout(this.slow);
        this.say(text);
      }
      if (failed || isWhole) this.output.setAttribute("aria-busy", "false");
      if (failed) this.query = "";
      if (failed) this.output.replaceChildren();
      else if (text) show(this, reply, this.query, () => { this.further += FURTHER; this.run(true); });
      if (this.isGoing && (isWhole || failed)) this.go();
    }

    /** Show a line at once; have it read out when the reader has stopped typing. */
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

  /** The box in the header. */
  function header(root) {
    const toggle = document.getElementById("__search");
    const form = root.querySelector("form");
    const link = root.querySelector("[data-search-further]");
    const box = new Box(root, { size: IN_BOX, limit: 60, heading: "p", changed: (query) => { link.href = page({ q: query }); } });
    let before = null;
    const open = () => {
      before = document.activeElement;
      toggle.checked = true;
      box.input.focus();
      // What was looked for before gives way to what is typed now.
      box.input.select();
    };
    const close = () => {
      toggle.checked = false;
      document.activeElement?.blur();
      before?.focus();
    };
    for (const event of ["focus", "input", "click"]) box.input.addEventListener(event, () => { toggle.checked = true; });
    // On a phone the label of the magnifying glass opens it.
    toggle.addEventListener("change", () => { if (toggle.checked) box.input.focus(); });
    // Who tabs on has left it; a click beside the results has not.
    root.addEventListener("focusout", ({ relatedTarget }) => { if (relatedTarget && !root.contains(relatedTarget)) toggle.checked = false; });
    // Where pages are loaded in place, nobody else closes it.
    box.output.addEventListener("click", (event) => { if (event.target.closest(".ps-hit, .ps-hits__all a") && !event.ctrlKey && !event.metaKey) toggle.checked = false; });
    form.addEventListener("reset", () => setTimeout(() => { box.run(); box.input.focus(); }));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      box.go();
    });
    document.addEventListener("keydown", (event) => {
      if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey) return;
      const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
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

  /** The page with facets, whose choices stand in the address. */
  function searchPage(root) {
    const form = root.querySelector("form");
    const fields = Array.from(form.querySelectorAll("select"));
    const state = new URLSearchParams(location.search);
    for (const field of form.querySelectorAll("[name]")) {
      const value = state.get(field.name);
      if (value && (!field.options || Array.from(field.options).some((option) => option.value === value))) field.value = value;
    }
    const write = () => history.replaceState(history.state, "", page(Object.fromEntries(new FormData(form))));
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

  /** Keep the results of an answer that fit every choice. @param {HTMLSelectElement[]} fields */
  function narrowed(answer, fields) {
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
