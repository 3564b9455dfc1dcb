// What only resembles a query, for queries that stand nowhere as typed: a unit behind the name of
// its place, short forms with letters left out, one letter wrong, most of a query's pieces; and,
// where nothing will do, what else the plans have to offer.
(() => {
  "use strict";

  const search = globalThis.plansiteSearch;
  const { HAN, TIER, KINDS, range } = search;
  const OFFERED = 4;

  /**
   * Find what may have been meant.
   * @param {Search.Engine} engine
   * @param {string[]} words
   * @returns {{found: Search.Found[], meant: string[], nearest: string[]}} meant: the words that were found in the end
   */
  function likely(engine, words) {
    for (const hit of [tailHit, likeHit]) {
      const found = engine.find(words, (word, doc) => engine.plainHit(word, doc) ?? hit(word, doc, engine.syllables), words.length > 1);
      if (found.length) return { found, meant: words, nearest: [] };
    }
    const whole = words.join("");
    const pieces = words.flatMap((word) => piecesOf(engine.docs, word));
    const found = covers(pieces, whole) ? loosely(engine, pieces) : [];
    return { found, meant: pieces, nearest: found.length ? [] : nearest(engine.docs, whole, pieces) };
  }

  /** A unit's name behind the name of its place: 昆明市西山区税务局 for 区税务局. @param {string} word @param {Search.Doc} doc @returns {Search.Hit | null} */
  function tailHit(word, doc) {
    if (doc.kind !== "unit") return null;
    for (const [at, name] of doc.names.entries()) {
      const bare = name.chars.replace(/^区委?/, "");
      if (bare.length > 2 && word.endsWith(bare)) {
        return { tier: TIER.typoName + bare.length, name: at, ranges: [range(name, name.chars.length - bare.length, bare.length)] };
      }
    }
    return null;
  }

  /**
   * A short form, or one letter wrong, in a name or else in the text.
   * @param {string} word @param {Search.Doc} doc @param {Search.Syllables} syllables @returns {Search.Hit | null}
   */
  function likeHit(word, doc, syllables) {
    /**
     * @param {Search.Folded} folded @param {number} name
     * @param {number} gapTier @param {number} typoTier @returns {Search.Hit | null}
     */
    const inOne = (folded, name, gapTier, typoTier) => {
      const places = gapped(folded.chars, word);
      if (places) return { tier: gapTier - spread(places), name, ranges: places.map((place) => range(folded, place, Number(folded.chars.codePointAt(place)) > 0xffff ? 2 : 1)) };
      const found = mistyped(folded.chars, word, syllables);
      return found && { tier: typoTier, name, ranges: [range(folded, ...found)], word: folded.chars.slice(found[0], found[0] + found[1]) };
    };
    for (const [at, name] of doc.names.entries()) {
      const hit = inOne(name, at, TIER.gapName, TIER.typoName);
      if (hit) return hit;
    }
    return inOne(doc.folded, -1, TIER.gapText, TIER.typoText);
  }

  /**
   * A short form: its letters stand in this order, close to each other, as 水电气报装 for 水电气网联合报装.
   * @param {string} chars
   * @param {string} word
   * @returns {number[] | null} their places, the closest set
   */
  function gapped(chars, word) {
    if (Array.from(word).length < 2 || !HAN.test(word)) return null;
    // Two letters are a short form only of four: 政采 for 政府采购.
    const reach = word.length === 2 ? 3 : word.length * 2 + 4;
    /** @type {number[] | null} */
    let best = null;
    const letters = Array.from(word);
    for (let from = chars.indexOf(letters[0]); from >= 0; from = chars.indexOf(letters[0], from + 1)) {
      const places = [from];
      for (let i = 1; i < letters.length && places.length === i; i++) {
        const place = chars.indexOf(letters[i], places[i - 1] + 1);
        if (place > 0 && place < from + reach) places.push(place);
      }
      if (places.length < letters.length || /[。；;!?]/.test(chars.slice(from, places.at(-1)))) continue;
      if (!best || spread(places) < spread(best)) best = places;
    }
    return best;
  }

  /** @param {number[]} places */
  function spread(places) {
    return places[places.length - 1] - places[0] - places.length + 1;
  }

  /**
   * One letter wrong, too many or left out.
   * @param {string} chars @param {string} word @param {Search.Syllables} syllables
   * @returns {[number, number] | null} from and length of what may have been meant
   */
  function mistyped(chars, word, syllables) {
    const length = word.length;
    // No letter beyond U+FFFF is taken for another: half of it would be one.
    if (length < 3 || !HAN.test(word) || /[\ud800-\udfff]/.test(word)) return null;
    for (let skip = 0; skip < length; skip++) {
      const before = word.slice(0, skip);
      const after = word.slice(skip + 1);
      // The longer side is looked for, the other one is compared.
      const key = before.length >= after.length ? before : after;
      for (let place = chars.indexOf(key); place >= 0; place = chars.indexOf(key, place + 1)) {
        const from = key === before ? place : place - skip - 1;
        if (from >= 0 && from + length <= chars.length && chars.startsWith(before, from) && chars.startsWith(after, from + skip + 1) &&
          mayMean(word[skip], chars[from + skip], length, syllables)) return [from, length];
        const close = key === before ? place : place - skip;
        if (length > 3 && close >= 0 && chars.startsWith(before, close) && chars.startsWith(after, close + skip)) return [close, length - 1];
      }
      if (length > 3 && skip > 0) {
        const rest = word.slice(skip);
        for (let place = chars.indexOf(before); place >= 0; place = chars.indexOf(before, place + 1)) {
          if (chars.startsWith(rest, place + skip + 1)) return [place, length + 1];
        }
      }
    }
    return null;
  }

  /**
   * In a short word another letter is another word, unless it sounds the same.
   * @param {string} typed @param {string} printed @param {number} length @param {Search.Syllables} syllables
   */
  function mayMean(typed, printed, length, syllables) {
    if (!HAN.test(printed) || !HAN.test(typed)) return false;
    // A letter that the plans never use has no sound here.
    return length > 3 || !syllables.has(typed) || Boolean(search.soundAlike?.(syllables, typed, printed));
  }

  /**
   * Split a query into the longest pieces that stand somewhere; a number or a Latin word is not taken apart.
   * @param {Search.Doc[]} docs @param {string} query
   */
  function piecesOf(docs, query) {
    /** @param {string} piece */
    const stands = (piece) => docs.some((doc) => doc.folded.chars.includes(piece) || doc.names.some((name) => name.chars.includes(piece)));
    return query.split(/([a-z\d.%]+)/).flatMap((part) => {
      // Two digits stand everywhere and mean nothing.
      if (/^[a-z\d.%]/.test(part)) return part.length > 2 && stands(part) ? [part] : [];
      return hanPieces(part, stands);
    });
  }

  /** @param {string} query @param {(piece: string) => boolean} stands */
  function hanPieces(query, stands) {
    /** @type {string[]} */
    const found = [];
    for (let from = 0; from < query.length - 1;) {
      let end = Math.min(query.length, from + 12);
      while (end - from > 1 && !stands(query.slice(from, end))) end--;
      if (end - from > 1) found.push(query.slice(from, end));
      from = end - from > 1 ? end : from + 1;
    }
    return found;
  }

  /**
   * Say whether pieces are enough of a query to stand for it: half of it, and more than one common word.
   * @param {string[]} pieces @param {string} query
   */
  function covers(pieces, query) {
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    return length * 2 > query.length && (pieces.length > 1 || (pieces[0]?.length ?? 0) > 2);
  }

  /**
   * Find the records that hold the weightier part of some words; rare words weigh more.
   * @param {Search.Engine} engine @param {string[]} words @returns {Search.Found[]}
   */
  function loosely(engine, words) {
    /** @type {Map<number, Search.Found & {weight: number}>} */
    const found = new Map();
    let all = 0;
    for (const word of new Set(words)) {
      const hits = engine.docs.map((doc) => engine.plainHit(word, doc));
      const weight = word.length * Math.log(1 + engine.docs.length / hits.filter(Boolean).length);
      all += weight;
      hits.forEach((hit, at) => {
        if (!hit) return;
        const own = found.get(at) ?? { doc: engine.docs[at], hits: [], score: 0, weight: 0 };
        found.set(at, { ...own, hits: [...own.hits, { word, ...hit }], score: own.score + weight * hit.tier, weight: own.weight + weight });
      });
    }
    return [...found.values()].filter(({ weight }) => weight * 2 >= all)
      .map((one) => ({ ...one, score: one.score / all + KINDS[one.doc.kind] }));
  }

  /**
   * Offer what does exist: pieces of the query, names that share letters with it, words around its rarest letter.
   * @param {Search.Doc[]} docs @param {string} query @param {string[]} pieces
   */
  function nearest(docs, query, pieces) {
    const letters = new Set(Array.from(query).filter((char) => HAN.test(char)));
    const longest = [...pieces].sort((one, other) => other.length - one.length).slice(0, 2);
    /** @type {{name: string, score: number}[]} */
    const shared = [];
    for (const doc of docs) {
      if (!["unit", "term", "task", "target"].includes(doc.kind)) continue;
      const common = [...letters].filter((char) => doc.names[0].chars.includes(char)).length;
      if (common) shared.push({ name: doc.shown[0], score: common - doc.shown[0].length / 50 });
    }
    shared.sort((one, other) => other.score - one.score);
    return [...new Set([...longest, ...pairsAround(docs, query), ...shared.map(({ name }) => name)])].slice(0, OFFERED);
  }

  /**
   * The commonest word of two letters that shares the rarer one with a word of two: 地铁 for 高铁.
   * @param {Search.Doc[]} docs @param {string} query
   */
  function pairsAround(docs, query) {
    if (!/^[\u3400-\u9fff]{2}$/.test(query)) return [];
    const all = docs.map(({ folded }) => folded.chars).join("\n");
    const around = [new RegExp(`${query[0]}[\u3400-\u9fff]`, "g"), new RegExp(`[\u3400-\u9fff]${query[1]}`, "g")].map((pattern) => {
      /** @type {Map<string, number>} */
      const counts = new Map();
      for (const [pair] of all.matchAll(pattern)) counts.set(pair, (counts.get(pair) ?? 0) + 1);
      const pairs = [...counts].sort((one, other) => other[1] - one[1]).map(([pair]) => pair);
      return { pair: pairs[0], letters: [...counts.values()].reduce((sum, count) => sum + count, 0) };
    });
    return around.filter(({ pair }) => pair).sort((one, other) => one.letters - other.letters).slice(0, 1).map(({ pair }) => pair);
  }

  Object.assign(search, { likely });
})();
