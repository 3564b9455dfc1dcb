// The search engine: which records hold what was asked for, how well, and where. It knows
// no page and no network: it is given the parts of the index and answers queries, in a
// worker, in a page or in Node. Letters of texts and queries are folded alike, so that
// full width, capitals, quotation marks, spaces and traditional characters make no difference.
(() => {
  "use strict";

  /**
   * @typedef {[number, number]} Range from and to, in characters of the text as it is shown
   * @typedef {{at: number[], chars: string}} Folded chars: what is compared; at: where each of them stands in the text
   * @typedef {{
   *   kind: string, key: string, title: string, where: string, url: string,
   *   names: Folded[], shown: string[], text: string, folded: Folded, context: Folded, isProse: boolean,
   *   address: (at: number) => string, plan: string, sector: number, units: number[], years: number[],
   * }} Doc names: what it is called, the title first, as shown; address: where a place of its text is shown
   * @typedef {{tier: number, name: number, ranges: Range[], word?: string}} Hit name: which of the names, or -1 for the text
   * @typedef {{
   *   kind: string, title: string, titleMarks: Range[], alias: string, where: string, url: string,
   *   snippet: string, snippetMarks: Range[], plan: string, sector: number, units: number[], years: number[],
   * }} Result
   * @typedef {{
   *   words: string[], results: Result[], counts: Record<string, number>, nearest: string[], how: string,
   * }} Answer best first; counts: of all results by kind, also beyond the limit;
   *   how: "" where the words stand as typed, else "approximate"
   */

  /** What is named so comes before what mentions it; what only resembles it comes last. */
  const TIER = {
    exact: 1000, nameStart: 660, namePart: 600, soundExact: 570, soundStart: 520, soundPart: 480,
    text: 400, soundText: 300, typoName: 300, gapName: 280, gapText: 250, typoText: 200, pieces: 120, context: 60,
  };
  const KINDS = {
    unit: 34, leader: 30, sector: 24, task: 22, safeguard: 20, term: 18, goal: 12,
    citation: 10, page: 2, text: -40, oddity: -50,
    // What these are called are words of the site, not of the plan.
    target: -100, duty: -100,
  };
  const DROPPED = /[\s“”‘’"'「」『』《》〈〉\u200b\ufeff]/;
  const SAME = new Map(Object.entries({
    "×": "x", "✕": "x", "〔": "(", "[": "(", "【": "(", "〕": ")", "]": ")", "】": ")",
    "—": "-", "–": "-", "―": "-", "−": "-", "~": "-", "〜": "-", "ü": "v", "•": "·", "・": "·",
  }));
  /** What people put around the thing that they ask for. */
  const ASKING = /什么是|是什么(意思)?|有什么|为什么|谁(来)?负责|由谁|是谁|(是|由|归)?哪(个|些)(单位|部门|局)?(负责|牵头|管)?|在?哪(里|儿)(可以)?(办理|办|看|查)?|怎么(办理|办|样)?|怎样|如何|(要|需要)?(多久|多长时间|几天|几次|多少)|(的|了)?[吗呢]$|请问|我想/g;
  const HAN = /[\u3400-\u9fff]/;
  const SNIPPET = 64;
  /** So many results come first whatever their kind; each further one of a kind must be so much better. */
  const TOP = 3;
  const REPEATED = 130;
  const LIMIT = 200;

  /**
   * Fold a text for comparison.
   * @param {string} text
   * @returns {Folded}
   */
  function fold(text) {
    const at = [];
    let chars = "";
    for (let i = 0; i < text.length; i++) {
      const char = text[i];
      if (char >= "\u4e00" && char <= "\u9fff") {
        chars += char;
        at.push(i);
        continue;
      }
      if (DROPPED.test(char)) continue;
      for (const plain of char.normalize("NFKC").toLowerCase()) {
        const same = SAME.get(plain) ?? plain;
        // A long dash is printed as two.
        if (DROPPED.test(same) || (same === "-" && chars.endsWith("-"))) continue;
        chars += same;
        for (let n = 0; n < same.length; n++) at.push(i);
      }
    }
    return { at, chars };
  }

  /**
   * @param {Folded} folded
   * @param {number} from
   * @param {number} length
   * @returns {Range}
   */
  function range(folded, from, length) {
    return [folded.at[from], folded.at[from + length - 1] + 1];
  }

  const NOTHING = fold("");

  class Engine {
    constructor() {
      /** @type {Doc[]} */
      this.docs = [];
      /** @type {Map<string, string[]>} */
      this.syllables = new Map();
      /** @type {Map<string, string>} */
      this.variants = new Map();
      this.units = [];
      this.leaders = [];
      this.plans = [];
      this.loaded = new Set();
      /** @type {Map<string, Doc>} by plan, kind and number */
      this.items = new Map();
    }

    /**
     * Take in a part of the index.
     * @param {any} part
     */
    add(part) {
      if (this.loaded.has(part.part)) return;
      this.loaded.add(part.part);
      if (part.units) this.addSite(part);
      if (part.lines) this.addPlan(part);
      if (part.targets) this.addHeld(part);
      for (let i = 0; i < (part.variants ?? "").length; i += 2) this.variants.set(part.variants[i], part.variants[i + 1]);
      for (const [kind, title, where, url, text] of part.docs ?? []) {
        // What a page is called here was made up for it; a printed oddity is no name at all.
        this.addDoc({ kind, key: url, title, where, url, names: kind === "oddity" ? [] : [title], text: kind === "oddity" ? `${title}　${text}` : text });
      }
    }

    addSite(part) {
      this.units = part.units;
      this.leaders = part.leaders;
      this.plans = part.plans;
      for (const group of part.syllables.split(" ")) {
        const [, sound, chars] = group.match(/^([a-z]+)(.*)$/);
        for (const char of chars) this.syllables.set(char, [...(this.syllables.get(char) ?? []), sound]);
      }
      part.units.forEach(([id, name, kind, ...aliases], at) => {
        this.addDoc({ kind: "unit", key: id, title: name, where: kind, url: `units/${id}/`, names: [name, ...aliases], units: [at] });
      });
      for (const [id, name] of part.leaders) {
        this.addDoc({ kind: "leader", key: id, title: name, where: "督办领导", url: `leaders/${id}/`, names: [name] });
      }
    }

    addPlan(part) {
      const base = `plans/${part.plan}/`;
      const several = this.plans.length > 1 ? `　${part.title}` : "";
      const sectors = new Map(part.sectors.map((sector) => [sector[0], sector]));
      /** Ids of the units of a sector, and their names for words that narrow a search down. */
      const involved = (number) => {
        const [, lead, leader, units] = sectors.get(number) ?? [0, -1, -1, []];
        const all = [...new Set([lead, ...units].filter((unit) => unit >= 0))];
        const names = all.flatMap((unit) => this.units[unit].filter((_, at) => at === 1 || at > 2));
        if (leader >= 0) names.push(this.leaders[leader][1]);
        return { units: all, names };
      };
      part.lines.forEach(([kind, number, sector, text, lead, lengths, units], at) => {
        const line = `${base}text/#L${at + 1}`;
        const own = { plan: part.plan, sector: sector ?? 0, line, text, kind: "text", title: text, where: `原文第${at + 1}行${several}`, url: line };
        const ends = [];
        for (const length of lengths ?? []) ends.push((ends.at(-1) ?? lead) + length);
        const sentence = (place) => ends.findIndex((end) => place < end) + 1;
        const doc = Object.assign(own, this.lineDoc(base, kind, number, text, lead, sectors.get(sector)));
        if (doc.page) {
          doc.address = (place) => (place >= lead && ends.length ? `${doc.page}#s${sentence(place)}` : doc.page);
          doc.where += several;
          const near = units ? { units, names: units.map((unit) => this.units[unit][1]) } : involved(sector);
          doc.units = near.units;
          doc.context = near.names;
          this.items.set(`${part.plan} ${kind} ${number}`, doc);
        }
        this.addDoc(doc);
      });
    }

    /** Say what a line of the official text is. */
    lineDoc(base, kind, number, text, lead, sector) {
      const bare = (title) => title.replace(/^[（(]?[\d一二三四五六七八九十]+[)）]?[.、．]?/, "");
      if (kind === "task") {
        const title = bare(text.slice(0, lead)).replace(/。$/, "");
        const page = `${base}tasks/${number}/`;
        return { kind, key: page, title: `任务${number}　${title}`, names: [title], where: sector ? `板块${sector[0]}` : "", page, url: page };
      }
      if (kind === "sector") {
        const page = `${base}sectors/${number}/`;
        this.sectorTitle = `板块${number}　${bare(text)}`;
        return { kind, key: page, title: this.sectorTitle, names: [bare(text)], where: "板块", page, url: page };
      }
      if (kind === "safeguard" || kind === "safeguard_text") {
        const page = `${base}safeguards/${number}/`;
        const title = this.safeguardTitle = kind === "safeguard" ? bare(text) : this.safeguardTitle;
        const names = kind === "safeguard" ? [title] : [];
        return { kind: "safeguard", key: page, title: `制度保障${number}　${title}`, names, where: "制度保障", page, url: page };
      }
      if (kind === "goal") {
        return { kind, key: `${base}#goal-${number}`, title: `${number}年总体目标`, names: [`${number}年总体目标`], where: "总体目标", url: `${base}#goal-${number}`, years: [number] };
      }
      if (sector && kind === "sector_units") {
        const page = `${base}sectors/${sector[0]}/`;
        return { kind: "sector", key: page, title: this.sectorTitle, names: [], where: "板块", url: page };
      }
      return {};
    }

    /** Add what the tasks, safeguards and goals of a plan hold; its lines are there already. */
    addHeld(part) {
      const base = `plans/${part.of}/`;
      const owner = ([kind, number]) => this.items.get(`${part.of} ${kind} ${number}`);
      for (const [of, id, indicator, scope, years, text] of part.targets ?? []) {
        const doc = owner(of);
        this.addDoc({
          kind: "target", key: id, title: indicator, names: [indicator], text: [scope, text].filter(Boolean).join("　"),
          where: doc?.title ?? `${of[1]}年总体目标`, url: `${base}targets/#${id}`, plan: part.of,
          sector: doc?.sector ?? 0, units: doc?.units ?? [], years, context: [doc?.title ?? ""],
        });
      }
      for (const [of, id, action, text] of part.duties ?? []) {
        const doc = owner(of);
        this.addDoc({
          kind: "duty", key: id, title: action, names: [action], text, where: doc?.title ?? "",
          url: `${base}calendar/#${id}`, plan: part.of, sector: doc?.sector ?? 0, units: doc?.units ?? [], context: [doc?.title ?? ""],
        });
      }
    }

    addDoc(doc) {
      const names = (doc.names ?? []).filter(Boolean);
      this.docs.push({
        plan: "", sector: 0, units: [], years: [], address: () => doc.url, isProse: !names.length, ...doc,
        names: names.map(fold), shown: names, text: doc.text ?? "", folded: fold(doc.text ?? ""),
        context: doc.context ? fold(doc.context.join("，")) : NOTHING,
      });
    }

    /**
     * Find what a query asks for.
     * @param {string} query
     * @param {number} [limit] how many results to give
     * @returns {Answer}
     */
    search(query, limit = LIMIT) {
      const words = this.words(query);
      if (!words.length) return { words, results: [], counts: {}, nearest: [], how: "" };
      const whole = words.join("");
      // What stands there just so, with its commas or without the spaces, was meant as one word.
      const phrases = [...new Set([this.simple(query), whole])].map((phrase) => [phrase]);
      for (const tried of words.length > 1 ? [...phrases, words] : phrases) {
        const found = this.find(tried, (word, doc) => this.plainHit(word, doc), tried.length > 1);
        if (found.length) return this.answer(tried, found, "", limit);
      }
      const asked = fold(query).chars.replace(ASKING, " ").trim();
      if (asked && asked !== fold(query).chars) return this.search(asked, limit);
      for (const step of ["tailHit", "likeHit"]) {
        const found = this.find(words, (word, doc) => this.plainHit(word, doc) ?? this[step](word, doc), words.length > 1);
        if (found.length) return this.answer(words, found, "approximate", limit);
      }
      const pieces = words.flatMap((word) => this.pieces(word));
      if (covers(pieces, whole)) {
        const found = this.loosely(pieces);
        if (found.length) return this.answer(pieces, found, "approximate", limit);
      }
      return { words, results: [], counts: {}, nearest: this.nearest(whole, pieces), how: "" };
    }

    /** Split a query into folded words; letters of a name set apart belong together. */
    words(query) {
      const words = query.split(/[\s,，;；、。?？!！]+/).map((word) => this.simple(word)).filter(Boolean).slice(0, 8);
      return words.length > 1 && words.every((word) => word.length === 1 && HAN.test(word)) ? [words.join("")] : words;
    }

    /** Fold a text, with simplified characters where the plans print those. */
    simple(text) {
      return Array.from(fold(text).chars, (char) => (this.syllables.has(char) ? char : this.variants.get(char) ?? char)).join("");
    }

    /**
     * Find the records in which every word hits; at least one must hit more than the context.
     * @returns {{doc: Doc, hits: Hit[], score: number}[]}
     */
    find(words, hit, useContext) {
      const found = [];
      for (const doc of this.docs) {
        const hits = [];
        let own = false;
        for (const word of words) {
          let best = hit(word, doc);
          if (best) own = true;
          else if (useContext && doc.context.chars.includes(word)) best = { tier: TIER.context, name: -1, ranges: [] };
          if (!best) break;
          hits.push({ ...best, word });
        }
        if (own && hits.length === words.length) {
          const score = hits.reduce((sum, { tier }) => sum + tier, 0) / words.length + (KINDS[doc.kind] ?? 0);
          found.push({ doc, hits, score });
        }
      }
      return found;
    }

    /** @returns {Hit | null} where a word stands, or sounds so */
    plainHit(word, doc) {
      return this.nameHit(word, doc) ?? this.textHit(word, doc) ?? this.soundHit(word, doc);
    }

    nameHit(word, doc) {
      let best = null;
      doc.names.forEach((name, at) => {
        const from = name.chars.indexOf(word);
        if (from < 0) return;
        const share = word.length / name.chars.length;
        const tier = share === 1 ? TIER.exact - (at ? 10 : 0) : (from ? TIER.namePart : TIER.nameStart) + 50 * share - (at ? 5 : 0);
        if (!best || tier > best.tier) best = { tier, name: at, ranges: [range(name, from, word.length)] };
      });
      return best;
    }

    textHit(word, doc) {
      const { chars } = doc.folded;
      const ranges = [];
      for (let from = chars.indexOf(word); from >= 0 && ranges.length < 20; from = chars.indexOf(word, from + word.length)) {
        ranges.push(range(doc.folded, from, word.length));
      }
      // Often and early tells a record that is about it from one that mentions it.
      return ranges.length ? { tier: TIER.text + 3 * Math.min(ranges.length, 6), name: -1, ranges } : null;
    }

    soundHit(word, doc) {
      if (word.length < 2 || !/[a-z]/.test(word) || !/^[a-z\d\u4e00-\u9fff]+$/.test(word)) return null;
      let best = null;
      doc.names.forEach((name, at) => {
        const hit = this.soundIn(name, word, true);
        if (!hit) return;
        const [from, length, full] = hit;
        const whole = length === name.chars.length;
        const tier = (whole ? TIER.soundExact : from === 0 ? TIER.soundStart : TIER.soundPart) + (full ? 20 : 0) + 20 * length / name.chars.length;
        if (!best || tier > best.tier) best = { tier, name: at, ranges: [range(name, from, length)] };
      });
      if (best || (word.length < 4 && !HAN.test(word))) return best;
      const hit = this.soundIn(doc.folded, word, false);
      return hit && hit[1] > 1 ? { tier: TIER.soundText, name: -1, ranges: [range(doc.folded, hit[0], hit[1])] } : null;
    }

    /**
     * Find letters as full pinyin, the last syllable begun only, or as initials.
     * @param {Folded} folded
     * @param {string} letters
     * @param {boolean} begun whether the last syllable may be half-typed
     * @returns {[number, number, boolean] | null} from, length, whether in full
     */
    soundIn({ chars }, letters, begun) {
      let initials = null;
      for (let from = 0; from < chars.length; from++) {
        const end = this.spelled(chars, from, letters, 0, begun);
        if (end > from) return [from, end - from, true];
        if (!initials && from + letters.length <= chars.length && this.isInitials(chars, from, letters)) {
          initials = /** @type {[number, number, boolean]} */ ([from, letters.length, false]);
        }
      }
      return initials;
    }

    spelled(chars, from, letters, at, begun) {
      if (at === letters.length) return from;
      if (from >= chars.length) return -1;
      // Some type half of a word and leave the rest in letters: 好差ping.
      if (letters[at] === chars[from]) {
        const end = this.spelled(chars, from + 1, letters, at + 1, begun);
        if (end > 0) return end;
      }
      for (const sound of this.syllables.get(chars[from]) ?? []) {
        if (letters.startsWith(sound, at)) {
          const end = this.spelled(chars, from + 1, letters, at + sound.length, begun);
          if (end > 0) return end;
        } else if (begun && at > 0 && sound.startsWith(letters.slice(at))) {
          return from + 1;
        }
      }
      return -1;
    }

    isInitials(chars, from, letters) {
      for (let i = 0; i < letters.length; i++) {
        const sounds = this.syllables.get(chars[from + i]);
        if (!sounds?.some((sound) => sound[0] === letters[i])) return false;
      }
      return true;
    }

    /** A unit's name behind the name of its place: 昆明市西山区税务局 for 区税务局. */
    tailHit(word, doc) {
      if (doc.kind !== "unit") return null;
      for (const [at, name] of doc.names.entries()) {
        const bare = name.chars.replace(/^区委?/, "");
        if (bare.length > 2 && word.endsWith(bare)) return { tier: TIER.typoName + bare.length, name: at, ranges: [range(name, name.chars.length - bare.length, bare.length)] };
      }
      return null;
    }

    /** A short form, or one letter wrong, in a name or else in the text. */
    likeHit(word, doc) {
      for (const [at, name] of doc.names.entries()) {
        const places = gapped(name.chars, word);
        if (places) return { tier: TIER.gapName - spread(places), name: at, ranges: places.map((place) => range(name, place, 1)) };
        const found = this.mistyped(name.chars, word);
        if (found) return { tier: TIER.typoName, name: at, ranges: [range(name, ...found)] };
      }
      const places = gapped(doc.folded.chars, word);
      if (places) return { tier: TIER.gapText - spread(places), name: -1, ranges: places.map((place) => range(doc.folded, place, 1)) };
      const found = this.mistyped(doc.folded.chars, word);
      return found && { tier: TIER.typoText, name: -1, ranges: [range(doc.folded, ...found)] };
    }

    /** @returns {[number, number] | null} from and length of what may have been meant */
    mistyped(chars, word) {
      const length = word.length;
      if (length < 3 || !HAN.test(word)) return null;
      for (let skip = 0; skip < length; skip++) {
        const before = word.slice(0, skip);
        const after = word.slice(skip + 1);
        // The longer side is looked for, the other one is compared.
        const key = before.length >= after.length ? before : after;
        for (let place = chars.indexOf(key); place >= 0; place = chars.indexOf(key, place + 1)) {
          const from = key === before ? place : place - skip - 1;
          if (from >= 0 && chars.startsWith(before, from) && chars.startsWith(after, from + skip + 1) &&
            from + length <= chars.length && this.mayMean(word[skip], chars[from + skip], length)) return [from, length];
          if (length > 3) {
            const close = key === before ? place : place - skip;
            if (close >= 0 && chars.startsWith(before, close) && chars.startsWith(after, close + skip)) return [close, length - 1];
          }
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

    mayMean(typed, printed, length) {
      if (!HAN.test(printed) || !HAN.test(typed)) return false;
      if (length > 3) return true;
      const sounds = this.syllables.get(typed);
      // A letter that the plan never uses has no sound here.
      if (!sounds) return HAN.test(typed);
      return sounds.some((sound) => this.syllables.get(printed)?.some((other) => near(sound) === near(other)));
    }

    /** Split a query into the longest pieces that stand somewhere; a number or a Latin word is not taken apart. */
    pieces(query) {
      return query.split(/([a-z\d.%]+)/).flatMap((part) => (/^[a-z\d.%]/.test(part) ? this.ifStands(part) : this.hanPieces(part)));
    }

    ifStands(word) {
      // Two digits stand everywhere and mean nothing.
      return word.length > 2 && this.stands(word) ? [word] : [];
    }

    hanPieces(query) {
      const found = [];
      for (let from = 0; from < query.length - 1;) {
        let end = Math.min(query.length, from + 12);
        while (end - from > 1 && !this.stands(query.slice(from, end))) end--;
        if (end - from > 1) found.push(query.slice(from, end));
        from = end - from > 1 ? end : from + 1;
      }
      return found;
    }

    stands(piece) {
      return this.docs.some((doc) => doc.folded.chars.includes(piece) || doc.names.some((name) => name.chars.includes(piece)));
    }

    /** Find the records that hold the weightier part of some words; rare words weigh more. */
    loosely(words) {
      const found = new Map();
      let all = 0;
      for (const word of new Set(words)) {
        const hits = this.docs.map((doc) => this.plainHit(word, doc));
        const weight = word.length * Math.log(1 + this.docs.length / hits.filter(Boolean).length);
        all += weight;
        hits.forEach((hit, at) => {
          if (!hit) return;
          const own = found.get(at) ?? { doc: this.docs[at], hits: [], score: 0, weight: 0 };
          found.set(at, { ...own, hits: [...own.hits, { ...hit, word }], score: own.score + weight * hit.tier, weight: own.weight + weight });
        });
      }
      return [...found.values()].filter(({ weight }) => weight * 2 >= all)
        .map((one) => ({ ...one, score: one.score / all + (KINDS[one.doc.kind] ?? 0) }));
    }

    /** Offer what does exist: the pieces of the query, then names that share most letters with it. */
    nearest(query, pieces) {
      const letters = new Set(query);
      const shared = [];
      for (const doc of this.docs) {
        if (!["unit", "term", "task", "target"].includes(doc.kind)) continue;
        const name = doc.shown[0];
        const common = Array.from(new Set(doc.names[0].chars)).filter((char) => letters.has(char) && HAN.test(char)).length;
        if (common) shared.push({ name, score: common - name.length / 50 });
      }
      shared.sort((one, other) => other.score - one.score);
      const longest = [...pieces].sort((one, other) => other.length - one.length);
      return [...new Set([...longest, ...shared.map(({ name }) => name)])].slice(0, 4);
    }

    answer(words, found, how, limit) {
      found.sort((one, other) => other.score - one.score);
      const seen = new Set();
      const rest = found.filter(({ doc }) => {
        const key = `${doc.kind} ${doc.plan} ${doc.key ?? doc.url}`;
        return !seen.has(key) && seen.add(key);
      });
      // Three targets that are called nearly the same must not hide the task that sets them.
      const best = [];
      const taken = new Map();
      while (best.length < TOP && rest.length) {
        const worth = ({ doc, score }) => score - REPEATED * (taken.get(doc.kind) ?? 0);
        const next = rest.slice(0, 400).reduce((one, other) => (worth(other) > worth(one) ? other : one));
        best.push(...rest.splice(rest.indexOf(next), 1));
        taken.set(next.doc.kind, (taken.get(next.doc.kind) ?? 0) + 1);
      }
      const counts = {};
      for (const { doc } of [...best, ...rest]) counts[doc.kind] = (counts[doc.kind] ?? 0) + 1;
      const results = [...best, ...rest].slice(0, limit).map(({ doc, hits }) => this.result(doc, hits));
      return { words, results, counts, nearest: [], how };
    }

    /** @returns {Result} */
    result(doc, hits) {
      const title = doc.shown[0] ?? "";
      const shift = title ? doc.title.lastIndexOf(title) : 0;
      const titleMarks = merged(hits.filter(({ name }) => name === 0).flatMap(({ ranges }) => ranges).map(([a, b]) => [a + shift, b + shift]));
      const other = hits.find(({ name }) => name > 0);
      // What a title holds is marked in the text as well.
      const inText = merged(hits.flatMap(({ name, ranges, word }) => (name < 0 ? ranges : this.textHit(word, doc)?.ranges ?? [])));
      const first = inText[0]?.[0] ?? -1;
      const cut = snippet(doc.text, inText);
      return {
        kind: doc.kind, title: doc.title, titleMarks, alias: other ? doc.shown[other.name] : "", where: doc.where,
        url: first >= 0 ? doc.address(first) : doc.url, snippet: doc.kind === "text" && !inText.length ? "" : cut.text,
        snippetMarks: cut.marks, plan: doc.plan, sector: doc.sector, units: doc.units, years: doc.years,
      };
    }
  }

  /** Say whether pieces are enough of a query to stand for it: half of it, and more than one common word. */
  function covers(pieces, query) {
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    return length * 2 > query.length && (pieces.length > 1 || (pieces[0]?.length ?? 0) > 2);
  }

  /** Syllables that are confused when typed. */
  function near(sound) {
    return sound.replace(/^([zcs])h/, "$1").replace(/ng$/, "n").replace(/^l/, "n");
  }

  /** A short form: its letters stand in this order, close to each other, as 水电气报装 for 水电气网联合报装. */
  /** @returns {number[] | null} their places, the closest set */
  function gapped(chars, word) {
    if (word.length < 2 || !HAN.test(word)) return null;
    // Two letters are a short form only of four: 政采 for 政府采购.
    const reach = word.length === 2 ? 3 : word.length * 2 + 4;
    let best = null;
    for (let from = chars.indexOf(word[0]); from >= 0; from = chars.indexOf(word[0], from + 1)) {
      const places = [from];
      for (let i = 1; i < word.length && places.length === i; i++) {
        const place = chars.indexOf(word[i], places[i - 1] + 1);
        if (place > 0 && place < from + reach) places.push(place);
      }
      if (places.length < word.length || /[。；;!?]/.test(chars.slice(from, places.at(-1)))) continue;
      if (!best || spread(places) < spread(best)) best = places;
    }
    return best;
  }

  function spread(places) {
    return places.at(-1) - places[0] - places.length + 1;
  }

  /** @param {Range[]} ranges @returns {Range[]} sorted, without overlap */
  function merged(ranges) {
    const sorted = [...ranges].sort((one, other) => one[0] - other[0]);
    const joined = [];
    for (const [from, to] of sorted) {
      const last = joined.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else joined.push([from, to]);
    }
    return joined;
  }

  /** Cut the part of a text around the first mark. */
  function snippet(text, marks) {
    if (!text) return { text: "", marks: [] };
    const first = marks[0]?.[0] ?? 0;
    let from = first;
    // From the beginning of the clause, if that is near.
    while (from > 0 && first - from < 24 && !/[。；;，,：:]/.test(text[from - 1])) from--;
    const to = Math.min(text.length, Math.max(from + SNIPPET, (marks[0]?.[1] ?? 0) + 12));
    const head = from > 0 ? "…" : "";
    const inside = marks.filter(([a, b]) => a >= from && b <= to).map(([a, b]) => [a - from + head.length, b - from + head.length]);
    return { text: head + text.slice(from, to) + (to < text.length ? "…" : ""), marks: inside };
  }

  globalThis.plansiteSearch = { Engine, fold };
})();
