// When something falls due next: the page holds all dates, the reader's clock says which one is ahead.
// Without this script the dates stand in words.
(() => {
  "use strict";

  const DAY = 24 * 60 * 60 * 1000;
  const BEIJING = 8 * 60 * 60 * 1000;

  /** Return the date in Beijing, wherever the reader is. */
  const today = () => new Date(Date.now() + BEIJING).toISOString().slice(0, 10);

  /** @param {string} date 2022-12-20 */
  const words = (date) => date.split("-").map(Number).map((part, at) => part + "年月日"[at]).join("");

  /**
   * @param {string[]} dates in order
   * @param {string} end the last year of the plan
   * @param {string} now
   */
  function said(dates, end, now) {
    const next = dates.find((date) => date >= now);
    const last = words(dates[dates.length - 1]);
    if (!next) return now.slice(0, 4) > end ? `方案期限已满：最后一次是${last}` : `方案期限内不再有：最后一次是${last}`;
    const days = Math.round((Date.parse(next) - Date.parse(now)) / DAY);
    return `下一次：${words(next)}前（${days ? `还有 ${days} 天` : "就是今天"}）`;
  }

  /** @param {HTMLElement} item */
  function mark(item) {
    if (item.querySelector(".ps-due")) return;
    const due = document.createElement("strong");
    due.className = "ps-due";
    const dates = item.getAttribute("data-due").split(" ");
    due.textContent = said(dates, item.getAttribute("data-end"), today());
    item.toggleAttribute("data-over", dates[dates.length - 1] < today());
    item.append(due);
  }

  const run = () => document.querySelectorAll("[data-due]").forEach(mark);
  if (window.document$) window.document$.subscribe(run);
  else run();
})();
