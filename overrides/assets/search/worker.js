// Loads the parts of the index that a query needs, and answers it: in a worker, or, where a page
// was opened from a disk and may start none, in the page itself.
(() => {
  "use strict";

  /** What loads scripts at once; absent in a page. */
  const loadNow = globalThis.importScripts;
  const FOLDER = loadNow ? "" : /** @type {HTMLScriptElement} */ (document.currentScript).src.replace(/[^/]*$/, "");
  /** With many plans, a query looks through so many at a time: a plan is some 36 KB, and a query may fetch 300. */
  const AT_ONCE = 4;
  /** Parts of `grams` to load for a query, each some 5 KB, those of frequent characters up to 30. */
  const SHARDS_AT_ONCE = 10;
  loadNow?.("folding.js", "records.js", "engine.js");
  const search = globalThis.plansiteSearch;
  const engine = new search.Engine();
  /** @type {Map<string, number[]>} two characters side by side → numbers of the plans that hold them */
  const grams = new Map();
  /** @type {Map<string, Promise<void>>} */
  const loading = new Map();
  let split = 0;

  search.part = (part) => {
    if ("split" in part) split = part.split ?? split;
    if ("grams" in part && part.grams) for (const [pair, plans] of Object.entries(part.grams)) grams.set(pair, plans);
    else engine.add(part);
  };

  /** @param {string} name of a part of the index, or of a script beside this one */
  function load(name) {
    if (!loading.has(name)) {
      const isScript = name.endsWith(".js");
      const part = fetchPart(FOLDER + (isScript ? name : `index/${name}.js`));
      // What did not come may come when asked for again.
      part.catch(() => loading.delete(name));
      loading.set(name, part);
    }
    return loading.get(name);
  }

  /** How letters sound, and what reads them: of no use to who types characters, until nothing is found. */
  const loadSounds = () => Promise.all(["sounds.js", "sounds"].map(load));

  /** @param {string} address */
  async function fetchPart(address) {
    if (loadNow) {
      loadNow(address);
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
   * Load what is known of the pairs that begin with some characters; a long sentence needs no more than its first ones.
   * @param {string[]} chars
   */
  async function loadGrams(chars) {
    const shards = new Set(chars.map((char) => (char < "\x80" ? 0 : Number(char.codePointAt(0)) % split)));
    await Promise.all([...shards].slice(0, SHARDS_AT_ONCE).map((shard) => load(`grams/${shard}`)));
  }

  /**
   * Count how many of some sets of plans each plan is in.
   * @param {Iterable<number>[]} sets
   * @returns {[number, number][]} plan and count, the highest count first
   */
  function counted(sets) {
    /** @type {Map<number, number>} */
    const counts = new Map();
    for (const plans of sets) for (const plan of plans) counts.set(plan, (counts.get(plan) ?? 0) + 1);
    return [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0]);
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
    const pairs = words.map((word) => Array.from(word)).flatMap((chars) => chars.slice(1).map((char, at) => chars[at] + char));
    await loadGrams(pairs.map((pair) => Array.from(pair)[0]));
    const known = pairs.map((pair) => grams.get(pair)).filter((plans) => plans !== undefined);
    const held = counted(known);
    const all = held.filter(([, count]) => count === known.length);
    // A short form or a slip of the pen has few pairs in common with what it means.
    if (known.length === pairs.length && all.length) return all.map(([plan]) => ids[plan]);
    // No pair tells how letters sound: pinyin may be in any plan.
    if (words.length && words.every((word) => /^[a-z]{2,}$/.test(word))) return ids;
    if (held.length) return held.map(([plan]) => ids[plan]);
    // One character, or a short form of which no two stand side by side, as 政采.
    const chars = Array.from(words.join("")).filter((char) => search.HAN.test(char));
    await loadGrams(chars);
    const holders = chars.map((char) => new Set([...grams].flatMap(([pair, plans]) => (pair.startsWith(char) ? plans : []))));
    return counted(holders).filter(([, count]) => count === chars.length).map(([plan]) => ids[plan]);
  }

  /**
   * @param {Search.Question} question
   * @param {(reply: Search.Reply) => void} reply called with what is found at once, and again when all is loaded
   */
  async function ask({ id, query, limit, further }, reply) {
    await load("site");
    // Traditional characters are read with a table of their own.
    if (/[^\x00-\u2fff]/.test(query) && split) await load("more");
    if (/[a-z]{2}/.test(search.fold(query).chars)) await loadSounds();
    const plans = await wanted(query);
    const now = split ? plans.slice(0, AT_ONCE + (further ?? 0)) : plans;
    await Promise.all(now.map((plan) => load(`plans/${plan}`)));
    const rest = [...now.map((plan) => `plans/${plan}-more`), "more", "sounds"];
    /** @param {boolean} isWhole */
    const answered = (isWhole) => reply({ id, answer: engine.search(query, limit, isWhole), isWhole, unread: plans.length - now.length });
    if (!rest.every((name) => engine.loaded.has(name))) {
      answered(false);
      // In a worker, loading holds everything up; let the first answer out before.
      await new Promise((done) => setTimeout(done));
      await Promise.all([...rest, "likeness.js", "sounds.js"].map(load));
    }
    answered(true);
  }

  if (loadNow) {
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
