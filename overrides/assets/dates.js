// When something falls due next: the page holds all dates, the reader's clock says which one is ahead.
// Without this script the dates stand in words.
(() => {
  "use strict";

  const DAY = 24 * 60 * 60 * 1000;
  const BEIJING = 8 * 60 * 60 * 1000;
  const WINDOW = 30;

  /** @typedef {{date: string, item: HTMLElement}} Due */

  /** Return the date in Beijing, wherever the reader is; some days later if asked. */
  const today = (later = 0) => new Date(Date.now() + BEIJING + later * DAY).toISOString().slice(0, 10);

  /** @param {string} date 2022-12-20 */
  const words = (date) => date.split("-").map(Number).map((part, at) => part + "年月日"[at]).join("");

  /** @param {string} date not before today */
  function ahead(date) {
    const days = Math.round((Date.parse(date) - Date.parse(today())) / DAY);
    return days ? `还有 ${days} 天` : "就是今天";
  }

  /**
   * @param {string[]} dates in order
   * @param {string} end the last year of the plan
   * @param {string} now
   */
  function said(dates, end, now) {
    const next = dates.find((date) => date >= now);
    const last = words(dates[dates.length - 1]);
    if (!next) return now.slice(0, 4) > end ? `方案期限已满：最后一次是${last}` : `方案期限内不再有：最后一次是${last}`;
    return `下一次：${words(next)}前（${ahead(next)}）`;
  }

  /** @param {HTMLElement} item */
  function mark(item) {
    if (item.querySelector(".ps-due")) return;
    const due = document.createElement("strong");
    due.className = "ps-due";
    const dates = String(item.dataset.due).split(" ");
    due.textContent = said(dates, String(item.dataset.end), today());
    item.toggleAttribute("data-over", dates[dates.length - 1] < today());
    item.append(due);
  }

  /**
   * Return what falls due within the next days; if nothing does, what comes first after them.
   * @param {Due[]} all in order
   */
  function soon(all) {
    const left = all.filter(({ date }) => date >= today());
    const within = left.filter(({ date }) => date <= today(WINDOW));
    return within.length ? within : left.filter(({ date }) => date === left[0].date);
  }

  /**
   * @param {HTMLElement} section
   * @param {Due[]} all
   * @param {Due[]} next
   */
  function headline(section, all, next) {
    if (!all.length) return "所选单位没有写明日期的事项。";
    const last = `最后一个日期是${words(all[all.length - 1].date)}`;
    const end = section.dataset.end;
    const period = `${section.dataset.start}—${end}年`;
    const now = `今天是${words(today())}。`;
    if (isOver(section)) return `${now}方案期限是 ${period}，不再有事项到期，${last}。`;
    if (!next.length) return `${now}方案期限内不再有日期，${last}。`;
    if (next[0].date > today(WINDOW)) return `${now}今后 ${WINDOW} 天没有事项到期，下一个日期是：`;
    return `${now}今后 ${WINDOW} 天有 ${next.length} 个日期：`;
  }

  /** Say whether the last year of the plan is past. @param {HTMLElement} section */
  function isOver(section) {
    return today().slice(0, 4) > String(section.dataset.end);
  }

  /** @param {Due} due */
  function line({ date, item }) {
    const made = document.createElement("li");
    const time = document.createElement("time");
    time.dateTime = date;
    time.textContent = `${words(date)}前`;
    const days = document.createElement("span");
    days.className = "ps-count";
    days.textContent = `（${ahead(date)}）`;
    const copies = Array.from(item.children).slice(1).map((part) => part.cloneNode(true));
    made.append(time, days, " ", ...copies.flatMap((copy) => [copy, " "]));
    return made;
  }

  /** Put what falls due next in the place of the list of all dates. @param {HTMLElement} section */
  function tell(section) {
    const list = /** @type {HTMLElement} */ (section.querySelector("[data-all]"));
    /** @type {Due[]} */
    const all = /** @type {HTMLElement[]} */ (Array.from(list.children))
      .filter((item) => !item.hidden)
      .flatMap((item) => String(item.dataset.dates).split(" ").map((date) => ({ date, item })))
      .sort((a, b) => (a.date < b.date ? -1 : Number(a.date > b.date)));
    const next = soon(all);
    /** @type {HTMLElement} */ (section.querySelector("[data-said]")).textContent = headline(section, all, next);
    const title = section.querySelector("[data-title]")?.firstChild;
    if (title && isOver(section)) title.textContent = "方案期限已满";
    let shown = section.querySelector("[data-next]");
    if (!shown) {
      shown = document.createElement("ol");
      shown.className = "ps-dates";
      shown.setAttribute("data-next", "");
      list.before(shown);
    }
    shown.replaceChildren(...next.map(line));
    shown.hidden = !next.length;
    list.hidden = true;
  }

  function run() {
    document.querySelectorAll("[data-due]").forEach(mark);
    document.querySelectorAll("[data-upcoming]").forEach(tell);
  }

  // The calendar says when other units were chosen.
  document.addEventListener("plansite:chosen", run);
  if (window.document$) window.document$.subscribe(run);
  else run();
})();
