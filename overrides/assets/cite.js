// A button beside each printed place that copies its citation. Without this script the link to the line stays.
(() => {
  "use strict";

  const LABEL = "复制引文";
  const DONE = "已复制";
  /** The button whose citation was copied last. @type {HTMLElement | null} */
  let copied = null;

  /**
   * Return the full address of a page; from a disk that of the published site, if the page knows it.
   * @param {string} link
   */
  function address(link) {
    const published = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"));
    if (location.protocol !== "file:") return new URL(link, location.href).href;
    return published ? new URL(link, published.href).href : "";
  }

  /** @param {HTMLElement} place the link to the printed line */
  function citation(place) {
    const work = String(place.closest("[data-work]")?.dataset.work);
    const parts = [work + place.dataset.cite, place.textContent, address(String(place.dataset.at))];
    return parts.filter(Boolean).join("，");
  }

  /** Return the link that a button stands behind. @param {HTMLElement} button */
  const placeOf = (button) => /** @type {HTMLElement} */ (button.previousElementSibling);

  /**
   * Say on a button what it does or did, and for those who only hear it, of what.
   * @param {HTMLElement} button
   * @param {string} words
   */
  function label(button, words) {
    button.textContent = words;
    button.setAttribute("aria-label", `${words}：${placeOf(button).dataset.cite}`);
  }

  /**
   * Return an element that every page has once, and make it the first time.
   * @template {HTMLElement} E
   * @param {string} id
   * @param {() => E} make
   */
  function once(id, make) {
    const found = /** @type {E | null} */ (document.getElementById(id));
    if (found) return found;
    const made = make();
    made.id = id;
    document.body.append(made);
    return made;
  }

  /** Say something to those who do not see the button. @param {string} text */
  function announce(text) {
    const region = once("cite_status", () => {
      const made = document.createElement("p");
      made.className = "ps-hidden";
      made.setAttribute("role", "status");
      return made;
    });
    region.textContent = text;
  }

  /** Show the citation for copying by hand, where the browser lets no page write to the clipboard. @param {string} text */
  function offer(text) {
    const dialog = once("cite_dialog", () => {
      const made = document.createElement("dialog");
      made.className = "ps-dialog md-typeset";
      made.setAttribute("aria-labelledby", "cite_title");
      made.innerHTML = '<form method="dialog"><p id="cite_title">浏览器不允许网页写剪贴板，请按 Ctrl＋C（苹果电脑按 ⌘C）复制：</p>'
        + '<textarea readonly rows="5" aria-label="引文"></textarea><button>关闭</button></form>';
      return made;
    });
    const area = /** @type {HTMLTextAreaElement} */ (dialog.querySelector("textarea"));
    area.value = text;
    dialog.showModal();
    area.focus();
    area.select();
  }

  /** Copy as old browsers do, and those that were not reached by https. @param {string} text */
  function copyByCommand(text) {
    const area = document.createElement("textarea");
    area.className = "ps-hidden";
    area.value = text;
    document.body.append(area);
    area.select();
    const isDone = document.execCommand("copy");
    area.remove();
    return isDone;
  }

  /** @param {string} text */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyByCommand(text);
    }
  }

  /** @param {HTMLElement} button */
  async function onClick(button) {
    const text = citation(placeOf(button));
    if (copied) label(copied, LABEL);
    copied = null;
    const isDone = await copy(text);
    button.focus();
    if (!isDone) {
      offer(text);
      return;
    }
    copied = button;
    label(button, DONE);
    announce(`${DONE}：${text}`);
  }

  /** @param {Element} place */
  function equip(place) {
    if (!place.closest("[data-work]") || place.closest(".ps-place")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ps-cite";
    // On a narrow screen the two stay on one line.
    const pair = document.createElement("span");
    pair.className = "ps-place";
    place.replaceWith(pair);
    pair.append(place, button);
    label(button, LABEL);
  }

  document.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest(".ps-cite");
    if (button) onClick(button);
  });
  /**
   * Equip places while the browser has time to spare; one that can't say so, all at once.
   * @param {HTMLElement[]} places
   * @param {IdleDeadline} [spare]
   */
  function equipAll(places, spare) {
    while (places.length && (!spare || spare.timeRemaining() > 1)) equip(/** @type {HTMLElement} */ (places.shift()));
    if (places.length) later((spareThen) => equipAll(places, spareThen));
  }

  // A page has up to hundreds of places, and what can be read and pressed already comes first.
  /** @param {(spare?: IdleDeadline) => void} work */
  const later = (work) => ("requestIdleCallback" in window ? requestIdleCallback(work) : setTimeout(work));
  const run = () => later((spare) => equipAll([...document.querySelectorAll("[data-cite]")], spare));
  if (window.document$) window.document$.subscribe(run);
  else run();
})();
