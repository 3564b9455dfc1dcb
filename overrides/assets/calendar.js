// The calendar of chosen units. What was chosen stands in the address, so that it survives a reload, the way
// back, and a link that is passed on; one file of it can be taken away. Without this script everything shows.
(() => {
  "use strict";

  /**
   * @typedef {{id: string, card: HTMLElement, units: string[], through: string[], to: string[], event: DutyEvent | null}} Duty
   * @typedef {{box: HTMLInputElement, id: string, name: string, file: HTMLAnchorElement | null}} Unit
   */

  const PARAMETER = "unit";
  const NAMED = 3;
  const encoder = new TextEncoder();

  /* The file, by RFC 5545, as generator/export/calendar.py writes it. */

  /** @param {string} text */
  function escaped(text) {
    return text.replace(/[\\;,]/g, "\\$&").replace(/\r\n|\r|\n/g, "\\n");
  }

  /** Break a line before it has 76 octets, neither within a character nor behind a backslash. @param {string} line */
  function folded(line) {
    /** @type {string[]} */
    const parts = [];
    /** @type {string[]} */
    let part = [];
    let size = 0;
    for (const char of line) {
      const bytes = encoder.encode(char).length;
      // The blank that begins the next part counts.
      if (size + bytes > 74) {
        const kept = part.length > 1 && "\\^".includes(part[part.length - 1]) ? part.splice(-1) : [];
        parts.push(part.join(""));
        part = kept;
        size = kept.length;
      }
      part.push(char);
      size += bytes;
    }
    return [...parts, part.join("")].join("\r\n ");
  }

  /** Return the published address of a part of this page; nothing where the site has none. @param {DutyEvent} event */
  function published(event) {
    const page = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"));
    return page ? [`URL:${page.href.split("#")[0]}#${event.page.split("#").pop()}`] : [];
  }

  /**
   * @param {DutyEvent} event
   * @param {DutyWords} words
   */
  function eventLines(event, words) {
    return event.days.flatMap(([start, end]) => [
      "BEGIN:VEVENT",
      `SUMMARY:${escaped(words.summary)}`,
      `DTSTART;VALUE=DATE:${start}`,
      `DTEND;VALUE=DATE:${end}`,
      `DTSTAMP:${event.stamp}`,
      `UID:${event.id}.${start}${words.part}@plansite`,
      `SEQUENCE:${event.sequence}`,
      `DESCRIPTION:${escaped(words.description)}`,
      "TRANSP:TRANSPARENT",
      ...published(event),
      "BEGIN:VALARM",
      "ACTION:DISPLAY",
      `DESCRIPTION:${escaped(words.summary)}`,
      "TRIGGER:-P2DT15H",
      "END:VALARM",
      "END:VEVENT",
    ]);
  }

  /**
   * @param {string} name
   * @param {string[]} events lines
   */
  function calendar(name, events) {
    const head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//plansite//duties//ZH", `X-WR-CALNAME:${escaped(name)}`];
    return [...head, ...events, "END:VCALENDAR", ""].map(folded).join("\r\n");
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  function save(name, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/calendar;charset=utf-8" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  /* The page */

  /** @param {string | null} ids */
  const list = (ids) => (ids || "").split(" ").filter(Boolean);

  /**
   * @param {string} tag
   * @param {string} text
   * @param {Record<string, string>} attributes
   */
  function element(tag, text, attributes = {}) {
    const made = document.createElement(tag);
    made.textContent = text;
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    return made;
  }

  /** @param {HTMLElement} card @returns {Duty} */
  function dutyOf(card) {
    const [units, through, to] = ["units", "through", "to"].map((name) => list(card.getAttribute(`data-${name}`)));
    const event = card.getAttribute("data-event");
    return { id: card.id, card, units, through, to, event: event ? JSON.parse(event) : null };
  }

  /** @param {HTMLInputElement} box @returns {Unit} */
  function unitOf(box) {
    const item = /** @type {HTMLElement} */ (box.closest("li"));
    const label = /** @type {HTMLElement} */ (item.querySelector("label"));
    return { box, id: box.value, name: label.textContent.trim(), file: item.querySelector("a") };
  }

  /**
   * Return a line with the address of a calendar; a program can subscribe to it where the site is published.
   * @param {string} name
   * @param {HTMLAnchorElement} file
   */
  function feed(name, file) {
    const line = element("li", `${name}：`);
    const href = String(file.getAttribute("href"));
    const address = new URL(href, location.href);
    const isPublished = address.protocol.startsWith("http");
    if (isPublished) {
      const web = address.href.replace(/^https?:/, "webcal:");
      line.append(element("a", "订阅", { href: web, "aria-label": `订阅${name}的日历` }), "　");
    }
    const shown = isPublished ? address.href : href.replace(/^.*\//, "");
    line.append(element("a", shown, { href: file.href, download: "" }));
    return line;
  }

  /** @param {HTMLElement} root */
  function start(root) {
    if (root.hasAttribute("data-ready")) return null;
    root.setAttribute("data-ready", "");
    const form = /** @type {HTMLFormElement | null} */ (root.querySelector("[data-chooser]"));
    if (!form) return null;
    const picked = /** @type {HTMLElement} */ (form.querySelector("[data-picked]"));
    const status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
    const summary = /** @type {HTMLElement} */ (form.querySelector("summary"));
    const taking = /** @type {HTMLElement} */ (form.querySelector("[data-taking]"));
    const feeds = form.querySelector("[data-feeds]");
    const whole = feeds && /** @type {HTMLAnchorElement} */ (feeds.querySelector("a"));
    const duties = Array.from(root.querySelectorAll("[data-card]"), dutyOf);
    const byId = new Map(duties.map((duty) => [duty.id, duty]));
    const units = Array.from(form.querySelectorAll("input"), unitOf);
    const dates = Array.from(root.querySelectorAll("[data-of]"));
    /** The chosen units, in the order of the page. @type {Unit[]} */
    let chosen = [];

    /** @param {string} id */
    const isChosen = (id) => chosen.some((unit) => unit.id === id);
    /** @param {Duty} duty */
    const acts = (duty) => duty.units.some(isChosen);
    /** @param {Duty} duty */
    const receives = (duty) => duty.to.some(isChosen);
    /** @param {Duty} duty */
    const fits = (duty) => !chosen.length || acts(duty) || receives(duty);
    /** @param {Duty} duty */
    const isThrough = (duty) => acts(duty) && duty.units.filter(isChosen).every((id) => duty.through.includes(id));

    /** Say in how far a duty concerns the chosen units, where that does not go without saying. @param {Duty} duty */
    function relation(duty) {
      if (!chosen.length) return "";
      if (!acts(duty)) return "对象是所选单位";
      return isThrough(duty) ? "经统称适用" : "";
    }

    function read() {
      const asked = new URLSearchParams(location.search).getAll(PARAMETER);
      chosen = units.filter(({ id }) => asked.includes(id));
    }

    /** Put into the address what was chosen, and leave the rest of it alone. */
    function write() {
      const address = new URL(location.href);
      address.searchParams.delete(PARAMETER);
      chosen.forEach(({ id }) => address.searchParams.append(PARAMETER, id));
      try {
        history.replaceState(history.state, "", address);
      } catch {
        // A page opened from a disk may not change its address; the calendar still does what it is told.
      }
    }

    /**
     * @param {HTMLElement} place
     * @param {Duty} duty
     */
    function show(place, duty) {
      place.hidden = !fits(duty);
      const tag = place.querySelector("[data-mark]");
      if (!tag) return;
      tag.textContent = relation(duty);
      tag.hidden = !tag.textContent;
    }

    /** Say how much is left, and what a choice can't tell. */
    function said() {
      if (!chosen.length) return "";
      const left = duties.filter(fits);
      const dated = left.filter(({ event }) => event);
      const days = root.querySelectorAll(".ps-calendar tr[data-of]:not([hidden])").length;
      const nobody = duties.filter((duty) => !duty.units.length && !duty.to.length).length;
      const words = [left.length ? `有 ${left.length} 件事项` : "没有定期事项"];
      if (left.length) words.push(dated.length ? `其中 ${dated.length} 件有日期，共 ${days} 个日期` : "都没有写明日期");
      const received = dated.filter(receives).flatMap(({ event }) => event?.receiving.summary ?? []);
      const reports = received.filter((summary) => summary.startsWith("收：")).length;
      const aimed = received.length - reports;
      const beside = (reports ? `报给所选单位的 ${reports} 件，在日历文件里写“收：”。` : "")
        + (aimed ? `以所选单位为对象的 ${aimed} 件，在日历文件里写“对象：”。` : "");
      const rest = nobody ? `方案没有写明由哪个单位做的 ${nobody} 件不在内。` : "";
      return `${name()}：${words.join("，")}。${beside}${rest}`;
    }

    /** Name the chosen units; of many the first. */
    function name() {
      const names = chosen.map((unit) => unit.name);
      return names.length > NAMED ? `${names[0]}等 ${names.length} 个单位` : names.join("、");
    }

    function showChoice() {
      units.forEach((unit) => { unit.box.checked = chosen.includes(unit); });
      picked.hidden = !chosen.length;
      const chips = chosen.map(({ id, name: text }) => (
        element("button", `${text} ×`, { type: "button", value: id, "aria-label": `不选${text}` })));
      picked.replaceChildren(...chips, element("button", "全部显示", { type: "reset" }));
      taking.hidden = !duties.some((duty) => duty.event && fits(duty));
      if (!feeds || !whole) return;
      const rows = chosen.length
        ? chosen.flatMap((unit) => (unit.file ? feed(`${unit.name}的日历`, unit.file) : []))
        : [feed("整个方案的日历", whole)];
      feeds.replaceChildren(...rows);
    }

    function refresh() {
      dates.forEach((place) => show(place, /** @type {Duty} */ (byId.get(String(place.dataset.of)))));
      duties.forEach((duty) => show(duty.card, duty));
      root.querySelectorAll("[data-part]").forEach((part) => {
        const isEmpty = !part.querySelector("[data-of]:not([hidden]), [data-card]:not([hidden])");
        part.toggleAttribute("data-empty", isEmpty);
        // A month that lost its dates is like those that never had any: there for the eye alone.
        if (part.tagName === "LI") part.setAttribute("aria-hidden", String(isEmpty));
      });
      showChoice();
      const words = said();
      if (status.textContent !== words) status.textContent = words;
      document.dispatchEvent(new CustomEvent("plansite:chosen"));
    }

    /** @param {Unit[]} next */
    function choose(next) {
      chosen = next;
      write();
      refresh();
    }

    function download() {
      /** @param {(duty: Duty) => boolean} fit @param {"acting" | "through" | "receiving"} as */
      const lines = (fit, as) => duties.filter(fit).flatMap(({ event }) => (event ? eventLines(event, event[as]) : []));
      const file = chosen.length === 1 ? chosen[0].id : `${root.getAttribute("data-calendar")}-selection`;
      // As in a unit's own file: first what names it, then what applies through a group, then what it receives.
      const all = [
        ...lines((duty) => acts(duty) && !isThrough(duty), "acting"), ...lines(isThrough, "through"), ...lines(receives, "receiving"),
      ];
      save(`${file}.ics`, calendar(`${name()}承担事项`, all));
    }

    /** Take a unit out of the choice; the focus goes on to what stands in its place. @param {HTMLButtonElement} chip */
    function drop(chip) {
      const at = Array.from(picked.children).indexOf(chip);
      choose(chosen.filter(({ id }) => id !== chip.value));
      const next = picked.hidden ? summary : /** @type {HTMLElement} */ (picked.children[Math.min(at, chosen.length - 1)]);
      next.focus();
    }

    units.forEach(({ box }) => { box.hidden = false; });
    summary.textContent = "按单位选";
    form.addEventListener("change", () => choose(units.filter(({ box }) => box.checked)));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      choose([]);
      summary.focus();
    });
    form.addEventListener("click", (event) => {
      const target = /** @type {Element} */ (event.target);
      if (target.hasAttribute("data-download")) download();
      else if (target instanceof HTMLButtonElement && target.value && target.parentElement === picked) drop(target);
    });
    const comeBack = () => {
      read();
      refresh();
    };
    comeBack();
    return comeBack;
  }

  /** What to do when the address changes under the page. @type {(() => void)[]} */
  let onReturn = [];

  function run() {
    onReturn = Array.from(document.querySelectorAll("[data-calendar]"), start).filter((comeBack) => comeBack !== null);
  }

  window.addEventListener("popstate", () => onReturn.forEach((comeBack) => comeBack()));
  // Material says when it has put another page in the place of this one.
  if (window.document$) window.document$.subscribe(run);
  else run();
})();
