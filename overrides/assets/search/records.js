// What is searched: the parts of the index taken apart into records, one for each unit, leader,
// line of a plan, target, duty, document, term, oddity and section of a page.
(() => {
  "use strict";

  /**
   * @typedef {import("./folding.js").Folded} Folded
   * @typedef {{
   *   kind: string, key: string, title: string, where: string, url: string, names: Folded[], shown: string[],
   *   text: string, lead: number, folded: Folded, context: Folded, address: (at: number) => string,
   *   plan: string, sector: number, units: string[], years: number[],
   * }} Doc key: what tells it from others of its kind; names: what it is called, the title first, and
   *   shown: the same as printed; lead: how much of the text repeats the title; context: names of
   *   what it belongs to; address: where a place of its text is shown
   */

  const { fold, pairs } = globalThis.plansiteSearch;
  const NOTHING = fold("");

  class Records {
    constructor() {
      /** @type {Doc[]} */
      this.docs = [];
      /** @type {Map<string, string[]>} how a printed character sounds */
      this.syllables = new Map();
      /** @type {Map<string, string>} the simplified character for a traditional one */
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
      for (const [char, plain] of pairs(part.variants ?? "")) this.variants.set(char, plain);
      for (const [, sound, chars] of (part.syllables ?? "").matchAll(/([a-z]+)([^a-z ]+)/g)) {
        for (const char of chars) this.syllables.set(char, [...(this.syllables.get(char) ?? []), sound]);
      }
      for (const [kind, title, where, url, text] of part.docs ?? []) {
        this.addDoc({ kind, key: url, title, where, url, names: [title], text, plan: part.of ?? "" });
      }
    }

    addSite(part) {
      this.units = part.units;
      this.leaders = part.leaders;
      this.plans = part.plans;
      for (const [id, name, kind, ...aliases] of part.units) {
        this.addDoc({ kind: "unit", key: id, title: name, where: kind, url: `units/${id}/`, names: [name, ...aliases], units: [id] });
      }
      for (const [id, name] of part.leaders) {
        this.addDoc({ kind: "leader", key: id, title: name, where: "督办领导", url: `leaders/${id}/`, names: [name] });
      }
    }

    addPlan(part) {
      const base = `plans/${part.plan}/`;
      const several = this.plans.length > 1 ? `　${part.title}` : "";
      const sectors = new Map(part.sectors.map((sector) => [sector[0], sector]));
      /** A title stands in one line, what belongs to it in the next. */
      const before = { sector: "", safeguard: "", years: [] };
      part.lines.forEach(([kind, number, sector, text, lead, lengths, units], at) => {
        const line = `${base}text/#L${at + 1}`;
        const own = { plan: part.plan, sector: sector ?? 0, text, kind: "text", title: "", where: `原文第${at + 1}行`, url: line };
        const doc = Object.assign(own, this.lineDoc(base, kind, number, text, lead, before));
        if (kind === "task") doc.where = `板块${sector}`;
        doc.where += several;
        if (lengths) {
          doc.lead = lead;
          doc.address = addresses(doc.url, lead, lengths);
        }
        if (doc.kind !== "text") Object.assign(doc, units ? this.involved(units) : this.involvedIn(sectors.get(sector)));
        this.items.set(`${part.plan} ${kind} ${number}`, this.addDoc(doc));
      });
    }

    /** @returns {{units: string[], context: string[]}} ids of units, and their names for words that narrow a search down */
    involved(units) {
      const own = units.map((unit) => this.units[unit]);
      return { units: own.map(([id]) => id), context: own.flatMap(([, name, , ...aliases]) => [name, ...aliases]) };
    }

    involvedIn(sector) {
      if (!sector) return {};
      const [, lead, leader, units] = sector;
      const found = this.involved([...new Set([lead, ...units])].filter((unit) => unit >= 0));
      if (leader >= 0) found.context.push(this.leaders[leader][1]);
      return found;
    }

    /** Say what a line of the official text is; `before` holds what the lines after it belong to. */
    lineDoc(base, kind, number, text, lead, before) {
      const bare = (title) => title.replace(/^[（(]?[\d一二三四五六七八九十]+[)）]?[.、．]?/, "");
      if (kind === "task") {
        const title = bare(text.slice(0, lead)).replace(/。$/, "");
        const url = `${base}tasks/${number}/`;
        return { kind, key: url, title: `任务${number}　${title}`, names: [title], url };
      }
      if (kind === "sector" || kind === "sector_units") {
        const url = `${base}sectors/${number}/`;
        if (kind === "sector") before.sector = bare(text);
        return { kind: "sector", key: url, title: `板块${number}　${before.sector}`, names: kind === "sector" ? [before.sector] : [], where: "板块", url, lead: kind === "sector" ? text.length : 0 };
      }
      if (kind === "safeguard" || kind === "safeguard_text") {
        const url = `${base}safeguards/${number}/`;
        if (kind === "safeguard") Object.assign(before, { safeguard: bare(text), years: [] });
        return { kind: "safeguard", key: url, title: `制度保障${number}　${before.safeguard}`, names: kind === "safeguard" ? [before.safeguard] : [], where: "制度保障", url, years: before.years };
      }
      if (kind === "goal") {
        const url = `${base}#goal-${number}`;
        return { kind, key: url, title: `${number}年总体目标`, names: [`${number}年总体目标`], where: "总体目标", url, years: [number] };
      }
      return {};
    }

    /** Add what the tasks, safeguards and goals of a plan hold; its lines are there already. */
    addHeld(part) {
      const base = `plans/${part.of}/`;
      const belonging = ([kind, number]) => {
        const owner = this.items.get(`${part.of} ${kind} ${number}`);
        const where = owner?.title ?? `${number}年总体目标`;
        return { owner, where, context: [where], plan: part.of, sector: owner?.sector ?? 0, units: owner?.units ?? [] };
      };
      for (const [kind, rows] of [["target", part.targets], ["direction", part.directions]]) {
        for (const [of, id, indicator, scope, years, text] of rows ?? []) {
          const { owner, ...own } = belonging(of);
          // What is to be reached in a year belongs to that year.
          owner?.years.push(...years.filter((year) => !owner.years.includes(year)));
          this.addDoc({ ...own, kind, key: id, title: indicator, names: [indicator], text: [scope, text].filter(Boolean).join("　"), url: `${base}targets/#${id}`, years });
        }
      }
      for (const [of, id, action, text] of part.duties ?? []) {
        const { owner, ...own } = belonging(of);
        this.addDoc({ ...own, kind: "duty", key: id, title: action, names: [action], text, url: `${base}calendar/#${id}` });
      }
    }

    /** @returns {Doc} what was added, with everything that was left out */
    addDoc(given) {
      const names = (given.names ?? []).filter(Boolean);
      const doc = {
        plan: "", sector: 0, units: [], years: [], lead: 0, text: "", address: () => given.url, ...given,
        names: names.map(fold), shown: names, folded: fold(given.text ?? ""),
        context: given.context ? fold(given.context.join("，")) : NOTHING,
      };
      this.docs.push(doc);
      return doc;
    }
  }

  /** Say where a place of a paragraph is shown: at its sentence; before the first one, on its page. */
  function addresses(page, lead, lengths) {
    const ends = [];
    for (const length of lengths) ends.push((ends.at(-1) ?? lead) + length);
    const isAnchored = page.includes("#");
    return (place) => (place < lead || isAnchored ? page : `${page}#s${Math.max(0, ends.findIndex((end) => place < end)) + 1}`);
  }

  globalThis.plansiteSearch.Records = Records;
})();
