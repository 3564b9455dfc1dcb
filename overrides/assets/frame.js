// The frame of every page: the switch for large type, and the quote that a proposed correction takes along.
(() => {
  "use strict";

  const KEY = "__large";
  const CLASS = "ps-large";
  /** A form is filled in by its address, and long addresses are refused. */
  const LONGEST = 300;

  /** Cards that style/frame.css leaves for later; then only their places are taken for so and so high. */
  const LATE = ".ps-targets > tbody > tr, .ps-by-year > tbody";
  /** Milliseconds of an idle time within which another card can be laid out. */
  const ENOUGH = 8;

  /** Lay everything out at once. */
  function settle() {
    document.documentElement.classList.add("ps-settled");
  }

  /**
   * Lay everything out while nobody waits, a few cards at a time: as soon as the page has loaded, its bar for scrolling
   * tells the truth and does not jump under the reader's hand.
   */
  function settleByAndBy() {
    const cards = Array.from(document.querySelectorAll(LATE));
    /** @param {IdleDeadline} idle */
    function some(idle) {
      while (cards.length && idle.timeRemaining() > ENOUGH) {
        const card = /** @type {HTMLElement} */ (cards.shift());
        card.style.contentVisibility = "visible";
        // Asking for a measure lays it out now, within this idle time.
        card.getBoundingClientRect();
      }
      if (cards.length) requestIdleCallback(some);
      // Not by the class, which would style the whole page anew.
      else document.documentElement.dataset.settled = "";
    }
    if ("requestIdleCallback" in window) requestIdleCallback(some);
    else settle();
  }

  if (document.readyState === "complete") settleByAndBy();
  else addEventListener("load", settleByAndBy, { once: true });
  // A place further down is reached only where everything above has its height.
  document.addEventListener("click", (event) => { if (/** @type {Element} */ (event.target).closest('a[href*="#"]')) settle(); }, true);

  /** @param {boolean} isLarge */
  function show(isLarge) {
    settle();
    document.documentElement.classList.toggle(CLASS, isLarge);
    document.querySelectorAll("[data-larger]").forEach((button) => {
      button.setAttribute("aria-pressed", String(isLarge));
    });
  }

  /** Return what was chosen last; nothing where the browser may keep nothing. */
  function kept() {
    try {
      return Boolean(__md_get(KEY));
    } catch {
      return document.documentElement.classList.contains(CLASS);
    }
  }

  function toggle() {
    const isLarge = !document.documentElement.classList.contains(CLASS);
    show(isLarge);
    try {
      __md_set(KEY, isLarge);
    } catch {
      // Then it holds for this page alone.
    }
  }

  document.querySelectorAll("[data-larger]").forEach((button) => button.addEventListener("click", toggle));
  addEventListener("resize", settle, { once: true });
  // Other windows of the site follow, and so does a page that the browser kept in memory.
  addEventListener("storage", () => show(kept()));
  addEventListener("pageshow", (event) => { if (event.persisted) show(kept()); });

  // The edges of the window, too, follow the colours that are chosen. (A style sheet could ask what the body has, but
  // then each change to the body's attributes would style the whole page anew.)
  new MutationObserver(() => {
    const isDark = document.body.getAttribute("data-md-color-scheme") === "slate";
    document.documentElement.style.colorScheme = isDark ? "dark" : "light";
  }).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });

  /**
   * Fill the form's address with the words that are selected on the page, and with the part that they stand in.
   * @param {HTMLAnchorElement} link
   * @param {string | null} page the address of the page as the form was given it
   */
  function quote(link, page) {
    const address = new URL(link.href);
    const selection = getSelection();
    const words = String(selection ?? "").trim().slice(0, LONGEST);
    const node = words && selection ? selection.anchorNode : null;
    const place = node instanceof Element ? node : node?.parentElement;
    const part = place?.closest("article [id]");
    if (place?.closest("article")) address.searchParams.set("quote", words);
    else address.searchParams.delete("quote");
    address.searchParams.set("page", part ? `${page}#${part.id}` : String(page));
    link.href = address.href;
  }

  /** @type {NodeListOf<HTMLAnchorElement>} */
  const corrections = document.querySelectorAll("[data-correction]");
  corrections.forEach((link) => {
    // The page for missing addresses does not know which one it stands in for.
    const isHere = link.dataset.correction === "here";
    const page = isHere ? location.href : new URL(link.href).searchParams.get("page");
    // A pressed button of the mouse ends the selection before the click; the keyboard does not.
    link.addEventListener("pointerdown", () => quote(link, page));
    link.addEventListener("keydown", () => quote(link, page));
  });
})();
