// Loads the parts of the index that a query needs, and answers it: in a worker, or, where a page
// was opened from a disk and may start none, in the page itself.
(() => {
  "use strict";

  /**
   * @typedef {{id: number, query: string, limit: number, further: number}} Question
   *   further: how many more plans to look through than a first look takes
   * @typedef {{id: number, answer: any, isWhole: boolean, unread: number}} Reply
   *   isWhole: false while more is being loaded; unread: plans that may hold it and were not looked through
   */

  const IN_WORKER = typeof importScripts === "function";
  const FOLDER = IN_WORKER ? "" : document.currentScript.src.replace(/[^/]*$/, "");
  /** With many plans, a query looks through so many at a time; a plan is some 35 KB. */
  const AT_ONCE = 6;
  const search = globalThis.plansiteSearch ?? (importScripts("engine.js"), globalThis.plansiteSearch);
  const engine = new search.Engine();
  /** @type {Map<string, string[]>} two characters side by side → numbers of the plans that hold them */
  const grams = new Map();
  /** @type {Map<string, Promise<void>>} */
  const loading = new Map();
  let split = 0;

  search.part = (part) => {
    split = part.split ?? split;
    if (part.grams) for (const [pair, plans] of Object.entries(part.grams)) grams.set(pair, plans);
    else engine.add(part);
  };

  /** @param {string} name of a part */
  function load(name) {
    if (!loading.has(name)) loading.set(name, fetchPart(`${FOLDER}index/${name}.js`));
    return loading.get(name);
  }

  async function fetchPart(address) {
    if (IN_WORKER) {
      importScripts(address);
      return;
    }
    await new Promise((done, fail) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = () => fail(new Error(address));
      document.head.append(script);
    });
  }

  /**
   * Choose the plans that a query must look through, those that hold most of it first.
   * @param {string} query
   * @returns {Promise<string[]>} ids
   */
  async function wanted(query) {
    const ids = engine.plans.map(([id]) => id);
    if (!split) return ids;
    const words = engine.words(query);
    const pairs = words.flatMap((word) => Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2)));
    await Promise.all([...new Set(pairs.map((pair) => pair.charCodeAt(0) % split))].map((shard) => load(`grams/${shard}`)));
    const held = new Map();
    for (const pair of pairs) for (const plan of grams.get(pair) ?? []) held.set(plan, (held.get(plan) ?? 0) + 1);
    const all = [...held].filter(([, count]) => count === pairs.length);
    // A short form or a slip of the pen has few pairs in common with what it means.
    const chosen = all.length ? all : [...held];
    return chosen.sort((one, other) => other[1] - one[1] || one[0] - other[0]).map(([plan]) => ids[plan]);
  }

  /**
   * @param {Question} question
   * @param {(reply: Reply) => void} reply called with what is found at once, and again when all is loaded
   */
  async function ask({ id, query, limit, further }, reply) {
    await load("site");
    // Traditional characters are read with a table of their own.
    if (/[^\x00-\u2fff]/.test(query) && split) await load("more");
    const plans = await wanted(query);
    const now = split ? plans.slice(0, AT_ONCE + (further ?? 0)) : plans;
    await Promise.all(now.map((plan) => load(`plans/${plan}`)));
    const rest = [...now.map((plan) => `plans/${plan}-more`), "more"];
    const answered = (isWhole) => reply({ id, answer: engine.search(query, limit), isWhole, unread: plans.length - now.length });
    if (!rest.every((name) => engine.loaded.has(name))) {
      answered(false);
      // In a worker, loading holds everything up; let the first answer out before.
      await new Promise((done) => setTimeout(done));
      await Promise.all(rest.map(load));
    }
    answered(true);
  }

  if (IN_WORKER) {
    let latest = 0;
    globalThis.onmessage = async ({ data }) => {
      latest = data.id;
      // What has been typed since makes this question void.
      await new Promise((done) => setTimeout(done));
      if (data.id === latest) await ask(data, (reply) => globalThis.postMessage(reply)).catch(() => postMessage({ id: data.id, failed: true }));
    };
  } else {
    search.ask = ask;
  }
})();
