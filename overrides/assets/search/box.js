// The search box in the header and the search page: asks the worker, shows what it answers.
// Nothing of the index is loaded before a reader turns to search.
(() => {
  "use strict";

  const FOLDER = document.currentScript.src.replace(/[^/]*$/, "");
  const ROOT = new URL("../../", FOLDER);
  const LABELS = {
    unit: "单位", leader: "领导", sector: "板块", task: "任务", safeguard: "制度保障", goal: "总体目标", target: "目标",
    duty: "定期事项", term: "名词", citation: "引用文件", text: "原文", oddity: "印刷疑误", page: "本站说明",
  };
  const TOP = 3;
  const IN_BOX = 4;
  const ON_PAGE = 200;
  const WAIT = 80;

  /** @type {{ask: (question: object) => void, onreply: (reply: any) => void} | null} */
  let backend = null;
  let asked = 0;
  /** @type {Map<number, (reply: any) => void>} */
  const waiting = new Map();

  /** Start the worker, or load the engine into the page where it may not start one. */
  function start() {
    if (backend) return backend;
    const onreply = (reply) => waiting.get(reply.id)?.(reply);
    if (location.protocol === "file:") {
      const ready = ["engine.js", "worker.js"].reduce((before, name) => before.then(() => script(FOLDER + name)), Promise.resolve());
      const failed = (id) => onreply({ id, failed: true });
      backend = { ask: (question) => ready.then(() => globalThis.plansiteSearch.ask(question, onreply)).catch(() => failed(question.id)) };
    } else {
      const worker = new Worker(`${FOLDER}worker.js`);
      worker.onmessage = ({ data }) => onreply(data);
      worker.onerror = () => waiting.forEach((reply, id) => reply({ id, failed: true }));
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

  /** Return a text with its marked parts. @param {string} text @param {[number, number][]} marks */
  function marked(text, marks) {
    const parts = [];
    let at = 0;
    for (const [from, to] of marks) {
      parts.push(text.slice(at, from), make("mark", {}, text.slice(from, to)));
      at = to;
    }
    return [...parts, text.slice(at)];
  }

  /** The address of a result, with the words to mark there. */
  function address(result) {
    const url = new URL(result.url, ROOT);
    const words = [...result.snippetMarks.map(([from, to]) => result.snippet.slice(from, to)), ...result.titleMarks.map(([from, to]) => result.title.slice(from, to))];
    const distinct = [...new Set(words)].slice(0, 6);
    if (distinct.length) url.searchParams.set("h", distinct.join(" "));
    return url.href;
  }

  function item(result) {
    const link = make("a", { href: address(result), class: "ps-hit" },
      make("span", { class: "ps-hit__kind" }, LABELS[result.kind]), " ",
      make("strong", {}, ...marked(result.title, result.titleMarks)));
    if (result.alias) link.append(make("span", { class: "ps-hit__alias" }, `又称 ${result.alias}`));
    if (result.kind !== "text" && result.snippet && result.snippet !== result.title) link.append(make("span", { class: "ps-hit__text" }, ...marked(result.snippet, result.snippetMarks)));
    if (result.where) link.append(make("span", { class: "ps-hit__where" }, result.where));
    return make("li", {}, link);
  }

  function textItem(result) {
    // A line of the official text has no title but itself.
    return item(result.kind === "text" ? { ...result, title: result.snippet, titleMarks: result.snippetMarks } : result);
  }

  /** Show an answer: the best first, then the others by kind. */
  function show(output, { answer, unread }, query, size, more) {
    const { results, counts } = answer;
    const parts = [];
    const best = results.slice(0, TOP);
    const rest = results.slice(TOP);
    if (best.length) parts.push(make("ol", { class: "ps-hits", "aria-label": "最相关" }, ...best.map(textItem)));
    const kinds = [...new Set(rest.map(({ kind }) => kind))];
    for (const kind of kinds) {
      const own = rest.filter((result) => result.kind === kind);
      parts.push(make("h2", { class: "ps-hits__kind" }, `${LABELS[kind]} `, make("span", { class: "ps-count" }, String(counts[kind]))));
      parts.push(make("ol", { class: "ps-hits" }, ...own.slice(0, size).map(textItem)));
      if (own.length > size) parts.push(make("p", { class: "ps-hits__all" }, make("a", { href: page({ q: query, kind }) }, `全部 ${counts[kind]} 条${LABELS[kind]}`)));
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

  /** Say in one line what was found. */
  function said(query, { answer, failed, isWhole }) {
    if (failed) return "搜索用的数据没有取到，请检查网络后再试。";
    const total = Object.values(answer.counts).reduce((sum, count) => sum + count, 0);
    if (!total) return isWhole ? `方案里没有“${query}”。` : "";
    const kinds = Object.entries(answer.counts).map(([kind, count]) => `${LABELS[kind]} ${count}`).join("、");
    return `${answer.how ? `没有与“${query}”完全一致的，按相近的` : ""}找到 ${total} 条：${kinds}`;
  }

  /**
   * Join an input to a place for results.
   * @param {{input: HTMLInputElement, status: Element, output: Element, size: number, limit: number,
   *   filtered?: (answer: any) => any, changed?: (query: string) => void}} box
   */
  function connect({ input, status, output, size, limit, filtered = (answer) => answer, changed = () => {} }) {
    let timer = 0;
    let last = "";
    let further = 0;
    let latest = null;

    function present() {
      if (!latest) return;
      const reply = { ...latest, answer: latest.answer && filtered(latest.answer) };
      const text = said(last, reply);
      if (text) status.textContent = text;
      if (!reply.failed) show(output, reply, last, size, () => { further += 6; run(true); });
    }

    function run(again = false) {
      const query = input.value.trim();
      if (query === last && !again) return;
      if (query !== last) further = 0;
      last = query;
      changed(query);
      if (!query) {
        waiting.clear();
        latest = null;
        status.textContent = "";
        output.replaceChildren();
        return;
      }
      ask(query, limit, further, (reply) => {
        latest = reply;
        present();
      });
    }

    input.addEventListener("input", (event) => {
      // Half-typed pinyin letters are not what the reader looks for.
      if (event.isComposing) return;
      clearTimeout(timer);
      timer = setTimeout(run, WAIT);
    });
    input.addEventListener("compositionend", () => run());
    input.addEventListener("focus", start);
    output.addEventListener("click", (event) => {
      const tried = event.target.closest("[data-try]");
      if (!tried) return;
      event.preventDefault();
      input.value = tried.getAttribute("data-try");
      run();
      input.focus();
    });
    return { run, present };
  }

  /** Move the focus through the results with the arrow keys. */
  function arrows(root, input) {
    root.addEventListener("keydown", (event) => {
      if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey) return;
      const stops = [input, ...root.querySelectorAll(".ps-hit, .ps-hits__all a, .ps-hits__try a")];
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        const next = stops[stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
        if (!next) return;
        event.preventDefault();
        next.focus();
      } else if (event.key === "Enter" && event.target === input) {
        event.preventDefault();
        root.querySelector(".ps-hit")?.click();
      }
    });
  }

  /** The box in the header. */
  function header(root) {
    const toggle = document.getElementById("__search");
    const input = root.querySelector("input");
    const output = root.querySelector("[data-search-output]");
    const box = connect({ input, status: root.querySelector("[role=status]"), output, size: IN_BOX, limit: 60 });
    const open = (value) => {
      toggle.checked = value;
      if (value) input.focus();
      else input.blur();
    };
    input.addEventListener("focus", () => { toggle.checked = true; });
    // On a phone the label of the magnifying glass opens it.
    toggle.addEventListener("change", () => { if (toggle.checked) input.focus(); });
    root.querySelector("form").addEventListener("reset", () => setTimeout(() => { box.run(); input.focus(); }));
    root.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
    arrows(root, input);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && toggle.checked) {
        event.preventDefault();
        open(false);
      }
      const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
      if (isTyping || event.ctrlKey || event.altKey || event.metaKey || !["/", "s", "f"].includes(event.key)) return;
      event.preventDefault();
      open(true);
    });
    const query = new URLSearchParams(location.search).get("q");
    if (query && !document.querySelector("[data-search-page]")) {
      input.value = query;
      open(true);
      box.run();
    }
  }

  /** The page with facets, whose choices stand in the address. */
  function searchPage(root) {
    const input = root.querySelector("input[type=search]");
    const fields = Array.from(root.querySelectorAll("select"));
    const state = new URLSearchParams(location.search);
    input.value = state.get("q") ?? "";
    for (const field of fields) {
      const value = state.get(field.name);
      if (value && Array.from(field.options).some((option) => option.value === value)) field.value = value;
    }
    const keeps = (result) => fields.every(({ name, value }) => {
      if (!value) return true;
      if (name === "unit") return result.units.includes(Number(value));
      if (name === "year") return result.years.includes(Number(value));
      return String(name === "sector" && result.plan ? `${result.plan} ${result.sector}` : result[name]) === value;
    });
    const filtered = (answer) => {
      const results = answer.results.filter(keeps);
      const counts = {};
      for (const { kind } of results) counts[kind] = (counts[kind] ?? 0) + 1;
      return fields.some(({ value }) => value) ? { ...answer, results, counts } : answer;
    };
    const write = () => history.replaceState(null, "", page(Object.fromEntries([["q", input.value.trim()], ...fields.map(({ name, value }) => [name, value])])));
    const box = connect({ input, status: root.querySelector("[role=status]"), output: root.querySelector("[data-search-output]"), size: ON_PAGE, limit: 1000, filtered, changed: write });
    for (const field of fields) field.addEventListener("change", () => { write(); box.present(); });
    root.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); box.run(); });
    root.querySelector("form").hidden = false;
    arrows(root, input);
    box.run();
  }

  /** Mark on this page the words by which it was found. */
  function mark() {
    const words = (new URLSearchParams(location.search).get("h") ?? "").split(" ").filter(Boolean);
    const main = document.querySelector(".md-content");
    if (!words.length || !main) return;
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    for (const node of nodes) {
      const found = [];
      for (const word of words) {
        for (let at = node.data.indexOf(word); at >= 0; at = node.data.indexOf(word, at + word.length)) found.push([at, at + word.length]);
      }
      found.sort((one, other) => one[0] - other[0] || other[1] - one[1]);
      const apart = found.filter(([from], at) => found.slice(0, at).every(([, to]) => to <= from));
      if (apart.length && !node.parentElement.closest("script, style, button, select")) node.replaceWith(...marked(node.data, apart).map((part) => part));
    }
  }

  document.querySelectorAll("[data-search-box]").forEach(header);
  document.querySelectorAll("[data-search-page]").forEach(searchPage);
  mark();
})();
