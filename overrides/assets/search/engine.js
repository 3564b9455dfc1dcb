// The search engine: which records hold what was asked for, how well, and where. It knows no page
// and no network: it is given the parts of the index and answers queries, in a worker, in a page or
// in Node. Beside it, sounds.js reads pinyin and likeness.js finds what only resembles a query;
// without them what stands as typed is found all the same.
(() => {
  "use strict";

  const search = globalThis.plansiteSearch;
  const { HAN, fold, range, places, merged } = search;

  /** What is named so comes before what mentions it; what only resembles it comes last. */
  const TIER = {
    exact: 1000, nameStart: 660, namePart: 600, soundExact: 570, soundStart: 520, soundPart: 480,
    text: 400, soundText: 300, typoName: 300, gapName: 280, gapText: 250, typoText: 200, context: 60,
  };
  /** @type {Search.Scope["KINDS"]} */
  const KINDS = {
    unit: 34, leader: 30, sector: 24, task: 22, safeguard: 20, term: 18, goal: 12,
    citation: 10, page: 2, text: -40,
    // What these are called was made up for the site, or is printed elsewhere.
    target: -100, direction: -110, duty: -100, oddity: -280,
  };
  /** What people put around the thing that they ask for. */
  const ASKING = /什么是|是什么(意思)?|有什么|为什么|归?谁(来)?(负责|管)|由谁|是谁|(是|由|归)?哪(个|些)(单位|部门|局)?(负责|牵头|管)?|在?哪(里|儿)(可以)?(办理|办|看|查)?|怎么(办理|办|样)?|怎样|如何|(要|需要)?(多久|多长时间|几天|几次|多少)|(的|了)?[吗呢]$|请问|我想/g;
  const SNIPPET = 64;
  /** So many results come first whatever their kind; each further one of a kind must be so much better. */
  const TOP = 3;
  const REPEATED = 130;
  const LIMIT = 200;
  /** Longer than any line that one would paste to find it. */
  const LONGEST = 200;
  const MOST_WORDS = 8;

  class Engine extends search.Records {
    /**
     * Find what a query asks for.
     * @param {string} query
     * @param {number} [limit] how many results to give
     * @param {boolean} [isWhole] whether all parts are there, so that what stands nowhere may be looked for otherwise
     * @returns {Search.Answer}
     */
    search(query, limit = LIMIT, isWhole = true) {
      const words = this.words(query);
      if (!words.length) return { words, results: [], counts: {}, nearest: [], how: "" };
      // What stands there just so, with its commas or without the spaces, was meant as one word.
      const phrases = [...new Set([this.simple(query), words.join("")])].map((phrase) => [phrase]);
      for (const tried of words.length > 1 ? [...phrases, words] : phrases) {
        const found = this.find(tried, (word, doc) => this.plainHit(word, doc), tried.length > 1);
        if (found.length) return this.answer(tried, found, "", limit);
      }
      if (!isWhole || !search.likely) return { words, results: [], counts: {}, nearest: [], how: "" };
      const asked = fold(query).chars.replace(ASKING, " ").trim();
      if (asked && asked !== fold(query).chars) return this.search(asked, limit);
      const { found, meant, nearest } = search.likely(this, words);
      return found.length ? this.answer(meant, found, "approximate", limit) : { words, results: [], counts: {}, nearest, how: "" };
    }

    /** Split a query into folded words; letters of a name set apart belong together. @param {string} query */
    words(query) {
      const words = query.slice(0, LONGEST).split(/[\s,，;；、。?？!！]+/).map((word) => this.simple(word)).filter(Boolean).slice(0, MOST_WORDS);
      return words.length > 1 && words.every((word) => Array.from(word).length === 1 && HAN.test(word)) ? [words.join("")] : words;
    }

    /** Fold a text, with simplified characters where the plans print those. @param {string} text */
    simple(text) {
      return Array.from(fold(text.slice(0, LONGEST)).chars, (char) => this.variants.get(char) ?? char).join("");
    }

    /**
     * Find the records in which every word hits; at least one must hit more than the context.
     * @param {string[]} words
     * @param {Search.Finder} hit
     * @param {boolean} useContext
     * @returns {Search.Found[]}
     */
    find(words, hit, useContext) {
      /** @type {Search.Found[]} */
      const found = [];
      for (const doc of this.docs) {
        /** @type {Search.WordHit[]} */
        const hits = [];
        let own = false;
        for (const word of words) {
          let best = hit(word, doc);
          if (best) own = true;
          else if (useContext && doc.context.chars.includes(word)) best = { tier: TIER.context, name: -1, ranges: [] };
          if (!best) break;
          hits.push({ word, ...best });
        }
        if (own && hits.length === words.length) {
          const score = hits.reduce((sum, { tier }) => sum + tier, 0) / words.length + KINDS[doc.kind];
          found.push({ doc, hits, score });
        }
      }
      return found;
    }

    /** Say where a word stands, or sounds so. @param {string} word @param {Search.Doc} doc @returns {Search.Hit | null} */
    plainHit(word, doc) {
      return this.nameHit(word, doc) ?? this.textHit(word, doc) ?? this.soundHit(word, doc);
    }

    /** @param {string} word @param {Search.Doc} doc */
    nameHit(word, doc) {
      /** @type {Search.Hit | null} */
      let best = null;
      for (const [at, name] of doc.names.entries()) {
        const from = name.chars.indexOf(word);
        if (from < 0) continue;
        const share = word.length / name.chars.length;
        const tier = share === 1 ? TIER.exact - (at ? 10 : 0) : (from ? TIER.namePart : TIER.nameStart) + 50 * share - (at ? 5 : 0);
        if (!best || tier > best.tier) best = { tier, name: at, ranges: [range(name, from, word.length)] };
      }
      return best;
    }

    /** @param {string} word @param {Search.Doc} doc @returns {Search.Hit | null} */
    textHit(word, doc) {
      if (!doc.folded.chars.includes(word)) return null;
      const ranges = places(doc.folded, word);
      // Often tells a record that is about it from one that mentions it.
      return { tier: TIER.text + 3 * Math.min(ranges.length, 6), name: -1, ranges };
    }

    /** @param {string} word @param {Search.Doc} doc @returns {Search.Hit | null} */
    soundHit(word, doc) {
      const { soundIn } = search;
      if (!soundIn || !search.isSpelled?.(word)) return null;
      /** @type {Search.Hit | null} */
      let best = null;
      for (const [at, name] of doc.names.entries()) {
        const hit = soundIn(this.syllables, name.chars, word, true);
        if (!hit) continue;
        const [from, length, full] = hit;
        const whole = length === name.chars.length;
        const tier = (whole ? TIER.soundExact : from === 0 ? TIER.soundStart : TIER.soundPart) + (full ? 20 : 0) + 20 * length / name.chars.length;
        if (!best || tier > best.tier) best = { tier, name: at, ranges: [range(name, from, length)], word: name.chars.slice(from, from + length) };
      }
      if (best || (word.length < 4 && !HAN.test(word))) return best;
      const [from, length] = soundIn(this.syllables, doc.folded.chars, word, false) ?? [0, 0];
      if (length < 2) return null;
      const heard = doc.folded.chars.slice(from, from + length);
      return { tier: TIER.soundText, name: -1, ranges: places(doc.folded, heard), word: heard };
    }

    /**
     * @param {string[]} words
     * @param {Search.Found[]} found
     * @param {Search.Answer["how"]} how
     * @param {number} limit
     * @returns {Search.Answer}
     */
    answer(words, found, how, limit) {
      found.sort((one, other) => other.score - one.score);
      const seen = new Set();
      const rest = found.filter(({ doc }) => {
        const key = `${doc.kind} ${doc.plan} ${doc.key ?? doc.url}`;
        return !seen.has(key) && seen.add(key);
      });
      // Three targets that are called nearly the same must not hide the task that sets them.
      /** @type {Search.Found[]} */
      const best = [];
      const taken = new Map();
      while (best.length < TOP && rest.length) {
        /** @param {Search.Found} found */
        const worth = ({ doc, score }) => score - REPEATED * (taken.get(doc.kind) ?? 0);
        const next = rest.slice(0, 400).reduce((one, other) => (worth(other) > worth(one) ? other : one));
        best.push(...rest.splice(rest.indexOf(next), 1));
        taken.set(next.doc.kind, (taken.get(next.doc.kind) ?? 0) + 1);
      }
      const all = [...best, ...rest];
      /** @type {Search.Counts} */
      const counts = {};
      for (const { doc } of all) counts[doc.kind] = (counts[doc.kind] ?? 0) + 1;
      return { words, results: all.slice(0, limit).map(result), counts, nearest: [], how };
    }
  }

  /** Say how a record is shown. @param {Search.Found} found @returns {Search.Result} */
  function result({ doc, hits }) {
    const title = doc.shown[0] ?? "";
    const shift = title ? doc.title.lastIndexOf(title) : 0;
    const inTitle = inName(doc, hits, 0);
    const alias = inTitle.length ? 0 : hits.find(({ name }) => name > 0)?.name ?? 0;
    const inText = merged(hits.flatMap(({ name, ranges, word }) => (name < 0 ? ranges : places(doc.folded, word))));
    const at = mainPlace(doc, hits);
    const further = inText.find(([from]) => from >= doc.lead)?.[0] ?? doc.lead;
    // What the title says is not said again.
    const cut = at === null && doc.lead && doc.lead >= doc.text.length ? NOTHING : snippet(doc.text, inText, at ?? further);
    // A line of the official text has no title but itself.
    const isText = doc.kind === "text";
    const name = isText ? cut : { text: doc.title, marks: moved(inTitle, shift) };
    const under = isText ? NOTHING : cut;
    return {
      kind: doc.kind, title: name.text, titleMarks: name.marks,
      alias: alias ? doc.shown[alias] : "", aliasMarks: alias ? inName(doc, hits, alias) : [],
      where: doc.where, url: at === null ? doc.url : doc.address(at), snippet: under.text, snippetMarks: under.marks,
      words: toMark(doc, hits), plan: doc.plan, sector: doc.sector, units: doc.units, years: doc.years,
    };
  }

  /** @type {{text: string, marks: Search.Span[]}} */
  const NOTHING = { text: "", marks: [] };

  /** @param {Search.Span[]} marks @param {number} by @returns {Search.Span[]} */
  const moved = (marks, by) => marks.map(([from, to]) => [from + by, to + by]);

  /**
   * Find all that a name holds of the words, whether or not it was found by that name.
   * @param {Search.Doc} doc @param {Search.WordHit[]} hits @param {number} at
   */
  function inName(doc, hits, at) {
    if (!doc.names[at]) return [];
    return merged(hits.flatMap(({ name, ranges, word }) => (name === at ? ranges : places(doc.names[at], word))));
  }

  /**
   * Choose the place to lead to, in the sentence that holds most of the words; null for a record that is named so.
   * @param {Search.Doc} doc @param {Search.WordHit[]} hits
   */
  function mainPlace(doc, hits) {
    if (hits.every(({ name, ranges }) => name >= 0 || !ranges.length)) return null;
    /** @type {Map<string, {from: number, words: Set<string>}>} */
    const sentences = new Map();
    for (const { name, ranges, word } of hits) {
      for (const [from] of name < 0 ? ranges : places(doc.folded, word)) {
        const own = sentences.get(doc.address(from)) ?? { from, words: new Set() };
        sentences.set(doc.address(from), { from: Math.min(from, own.from), words: own.words.add(word) });
      }
    }
    const best = [...sentences.values()].reduce((one, other) => (
      other.words.size > one.words.size || (other.words.size === one.words.size && one.from < doc.lead && other.from >= doc.lead) ? other : one));
    return best.from;
  }

  /**
   * List what is to be marked where a result leads: the words as they are printed there.
   * @param {Search.Doc} doc @param {Search.WordHit[]} hits
   */
  function toMark(doc, hits) {
    const printed = hits.flatMap(({ name, ranges }) => {
      const text = name < 0 ? doc.text : doc.shown[name];
      // Single characters of a short form would be marked everywhere: take all that lies between them.
      const isScattered = ranges.length > 1 && merged(ranges).some(([from, to]) => to - from < 2);
      const parts = isScattered ? [[ranges[0][0], ranges[ranges.length - 1][1]]] : merged(ranges);
      return parts.map(([from, to]) => text.slice(from, to));
    });
    return [...new Set(printed)].slice(0, MOST_WORDS);
  }

  /** Cut the part of a text around a place. @param {string} text @param {Search.Span[]} marks @param {number} at */
  function snippet(text, marks, at) {
    if (!text) return NOTHING;
    let from = Math.min(at, text.length - 1);
    // From the beginning of the clause, if that is near.
    while (from > 0 && at - from < 24 && !/[。；;，,]/.test(text[from - 1])) from--;
    const end = marks.find((mark) => mark[1] > at)?.[1] ?? 0;
    const to = Math.min(text.length, Math.max(from + SNIPPET, end + 12));
    const head = from > 0 ? "…" : "";
    const inside = moved(marks.filter(([a, b]) => a >= from && b <= to), head.length - from);
    return { text: head + text.slice(from, to) + (to < text.length ? "…" : ""), marks: inside };
  }

  Object.assign(search, { Engine, TIER, KINDS });
})();
