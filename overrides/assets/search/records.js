// What is searched: the parts of the index taken apart into records, one for each unit, leader,
// line of a plan, target, duty, document, term, oddity and section of a page.
(() => {
  "use strict";

  const { fold, pairs } = globalThis.plansiteSearch;
  const NOTHING = fold("");
  const CALLED = { goal: "", sector: "板块", task: "任务", safeguard: "制度保障" };

  class Records {
    constructor() {
      /** @type {Search.Doc[]} */
      this.docs = [];
      /** @type {Search.Syllables} */
      this.syllables = new Map();
      /** @type {Map<string, string>} */
      this.variants = new Map();
      /** @type {Search.Unit[]} */
      this.units = [];
      /** @type {Search.Leader[]} */
      this.leaders = [];
      /** @type {Search.Plan[]} */
      this.plans = [];
      /** @type {Set<string>} */
      this.loaded = new Set();
      /** @type {Map<string, Search.Doc>} by plan, kind and key */
      this.items = new Map();
    }

    /** Take in a part of the index. @param {Search.AnyPart} part */
    add(part) {
      if (this.loaded.has(part.part)) return;
      this.loaded.add(part.part);
      if ("units" in part) this.addSite(part);
      if ("lines" in part) this.addPlan(part);
      if ("targets" in part) this.addHeld(part);
      for (const [char, plain] of pairs(part.variants ?? "")) this.variants.set(char, plain);
      for (const [, sound, chars] of (part.syllables ?? "").matchAll(/([a-z]+)([^a-z ]+)/g)) {
        for (const char of chars) this.syllables.set(char, [...(this.syllables.get(char) ?? []), sound]);
      }
      for (const [kind, title, where, url, text] of part.docs ?? []) {
        this.addDoc({ kind, key: url, title, where, url, names: [title], text, plan: part.of ?? "" });
      }
    }

    /** @param {Search.SitePart} part */
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

    /** Take in the lines of a plan; those of an item are found under its name. @param {Search.PlanPart} part */
    addPlan(part) {
      const base = `plans/${part.plan}/`;
      const several = this.plans.length > 1 ? `　${part.title}` : "";
      const items = part.items.map((row) => this.item(base, row, part.items));
      const seen = new Set();
      for (const [number, at, text, lead, lengths] of part.lines) {
        const url = `${base}text/#L${number}`;
        const item = items[at];
        /** @type {Search.Given} */
        const doc = { plan: part.plan, kind: "text", title: "", where: `原文第${number}行`, url, text, sector: "" };
        if (item) {
          const title = item.title || text.slice(Number(item.skip), lead).replace(/。$/, "");
          item.title = title;
          const name = item.kind === "goal" ? title : `${item.called}　${title}`.replace(/^　/, "");
          Object.assign(doc, {
            kind: item.kind, key: item.url, title: name, where: item.where, url: item.url, years: item.years,
            sector: item.sector, names: seen.has(at) ? [] : [title], ...this.involved(item.who),
          });
        }
        doc.where += several;
        if (lead !== undefined && lengths) {
          doc.lead = lead;
          doc.address = addresses(doc.url, lead, lengths);
        }
        const added = this.addDoc(doc);
        if (item && !seen.has(at)) this.items.set(`${part.plan} ${item.kind} ${item.key}`, added);
        seen.add(at);
      }
    }

    /**
     * What a row of the index says of a goal, sector, task or safeguard.
     * @param {string} base
     * @param {Search.ItemRow} row
     * @param {Search.ItemRow[]} rows
     */
    item(base, [kind, key, title, above, who, number], rows) {
      const [, sector, , , whose, called] = rows[above] ?? [];
      const page = kind === "goal" ? `${base}#goal-${key}` : `${base}${kind}s/${key}/`;
      const year = kind === "goal" && /^\d{4}$/.test(key) ? [Number(key)] : [];
      return {
        kind, key, url: page, skip: title, title: typeof title === "string" ? title : "", years: year,
        called: `${CALLED[kind]}${number ?? key}`, sector: kind === "sector" ? key : (sector ?? ""),
        where: above >= 0 ? `板块${called ?? sector}` : kind === "goal" ? "总体目标" : CALLED[kind],
        who: who || whose || [],
      };
    }

    /**
     * @param {number[]} who places of units, of leaders below zero
     * @returns {{units: string[], context: string[]}} ids of units, and all names for words that narrow a search down
     */
    involved(who) {
      const own = who.filter((place) => place >= 0).map((unit) => this.units[unit]);
      const leaders = who.filter((place) => place < 0).map((place) => this.leaders[-1 - place][1]);
      return { units: own.map(([id]) => id), context: [...own.flatMap(([, name, , ...aliases]) => [name, ...aliases]), ...leaders] };
    }

    /** Add what the tasks, safeguards and goals of a plan hold; its lines are there already. @param {Search.HeldPart} part */
    addHeld(part) {
      const base = `plans/${part.of}/`;
      /** @param {Search.Owner} of */
      const belonging = ([kind, key]) => {
        const owner = this.items.get(`${part.of} ${kind} ${key}`);
        const where = owner?.title ?? "原文";
        return { owner, where, context: [where], plan: part.of, sector: owner?.sector ?? "", units: owner?.units ?? [] };
      };
      /** @type {[Search.Kind, Search.TargetRow[] | undefined][]} */
      const held = [["target", part.targets], ["direction", part.directions]];
      for (const [kind, rows] of held) {
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

    /** @param {Search.Given} given @returns {Search.Doc} what was added, with everything that was left out */
    addDoc(given) {
      const names = (given.names ?? []).filter(Boolean);
      /** @type {Search.Doc} */
      const doc = {
        plan: "", sector: "", units: [], years: [], lead: 0, text: "", address: () => given.url, ...given,
        names: names.map(fold), shown: names, folded: fold(given.text ?? ""),
        context: given.context ? fold(given.context.join("，")) : NOTHING,
      };
      this.docs.push(doc);
      return doc;
    }
  }

  /**
   * Say where a place of a paragraph is shown: at its sentence; before the first one, on its page.
   * @param {string} page @param {number} lead @param {number[]} lengths
   */
  function addresses(page, lead, lengths) {
    /** @type {number[]} */
    const ends = [];
    for (const length of lengths) ends.push((ends.at(-1) ?? lead) + length);
    const isAnchored = page.includes("#");
    return (/** @type {number} */ place) => (place < lead || isAnchored ? page : `${page}#s${Math.max(0, ends.findIndex((end) => place < end)) + 1}`);
  }

  globalThis.plansiteSearch.Records = Records;
})();
