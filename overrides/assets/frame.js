// The frame of every page: the switch for large type, and the quote that a proposed correction takes along.
(() => {
  "use strict";

  const KEY = "__large";
  const CLASS = "ps-large";
  /** A form is filled in by its address, and long addresses are refused. */
  const LONGEST = 300;

  /** Lay everything out: what was laid out late still has the measures of the old width or type. */
  function settle() {
    document.documentElement.classList.add("ps-settled");
  }

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

  /**
   * Fill the form's address with the words that are selected on the page, and with the part that they stand in.
   * @param {HTMLAnchorElement} link
   * @param {string} page the address of the page as the form was given it
   */
  function quote(link, page) {
    const address = new URL(link.href);
    const selection = getSelection();
    const words = selection.toString().trim().slice(0, LONGEST);
    const node = selection.anchorNode;
    const place = words && node ? (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement) : null;
    const isOfPage = Boolean(place && place.closest("article"));
    const part = isOfPage ? place.closest("article [id]") : null;
    if (isOfPage) address.searchParams.set("quote", words);
    else address.searchParams.delete("quote");
    address.searchParams.set("page", part ? `${page}#${part.id}` : page);
    link.href = address.href;
  }

  document.querySelectorAll("[data-correction]").forEach((link) => {
    // The page for missing addresses does not know which one it stands in for.
    const isHere = link.dataset.correction === "here";
    const page = isHere ? location.href : new URL(link.href).searchParams.get("page");
    // A pressed button of the mouse ends the selection before the click; the keyboard does not.
    link.addEventListener("pointerdown", () => quote(link, page));
    link.addEventListener("keydown", () => quote(link, page));
  });
})();
