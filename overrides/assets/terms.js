// A term in the text opens its explanation beside it, by click, tap, Enter or Space.
// Without this script, or where the page holds no explanation, the link leads to the glossary.
(() => {
  "use strict";

  /** Between the card and the edges of the window, and the words. */
  const GAP = 8;
  /** The term whose card is open. @type {HTMLAnchorElement | null} */
  let opener = null;
  /** Whether the press that is under way began in the card: one may drag out of it to select. */
  let isPressedInside = false;

  /** @param {Element} term */
  function noteOf(term) {
    return document.querySelector(`[data-note="${CSS.escape(String(term.getAttribute("data-term")))}"]`);
  }

  /** @param {EventTarget | null} target */
  function termAt(target) {
    const term = target instanceof Element ? target.closest("a[data-term]") : null;
    return term && noteOf(term) ? /** @type {HTMLAnchorElement} */ (term) : null;
  }

  /**
   * @template {keyof HTMLElementTagNameMap} K
   * @param {K} tag
   * @param {string} className
   * @param {Element} parent
   */
  function make(tag, className, parent) {
    const made = document.createElement(tag);
    made.className = className;
    parent.append(made);
    return made;
  }

  /** The one card of the page. It stands outside the text, so that copies of the text hold nothing of it. */
  const card = (() => {
    const made = document.createElement("div");
    made.className = "ps-card md-typeset";
    made.id = "term_card";
    made.hidden = true;
    made.tabIndex = -1;
    made.setAttribute("role", "dialog");
    made.setAttribute("aria-labelledby", "term_card_title");
    made.setAttribute("aria-describedby", "term_card_text");
    const head = make("p", "ps-card__head", made);
    const title = make("b", "", head);
    title.id = "term_card_title";
    head.append(" ");
    const by = make("span", "ps-by", head);
    const text = make("p", "", made);
    text.id = "term_card_text";
    const foot = make("p", "ps-card__foot", made);
    const more = make("a", "", foot);
    more.textContent = "出处和用处";
    const shut = make("button", "", foot);
    shut.type = "button";
    shut.textContent = "关闭";
    shut.addEventListener("click", () => close(true));
    return { root: made, title, by, text, more, shut };
  })();

  /** Put the card below the words, or above where there is more room, and inside the window. */
  /** @param {HTMLElement} term */
  function place(term) {
    const words = term.getBoundingClientRect();
    const first = term.getClientRects()[0];
    const { offsetWidth: width, offsetHeight: height } = card.root;
    const view = document.documentElement;
    const left = Math.max(GAP, Math.min(first.left, view.clientWidth - width - GAP));
    const below = words.bottom + GAP;
    const isAbove = below + height > window.innerHeight && words.top > window.innerHeight - words.bottom;
    card.root.style.left = `${left + window.scrollX}px`;
    card.root.style.top = `${(isAbove ? words.top - GAP - height : below) + window.scrollY}px`;
  }

  /** @param {HTMLAnchorElement} term */
  function open(term) {
    if (opener) close(false);
    const note = /** @type {HTMLElement} */ (noteOf(term));
    card.title.textContent = term.textContent;
    card.by.textContent = note.getAttribute("data-by");
    card.text.textContent = /** @type {HTMLElement} */ (note.querySelector(".ps-explained")).textContent;
    card.more.href = term.href;
    if (!card.root.isConnected) document.body.append(card.root);
    card.root.hidden = false;
    opener = term;
    term.setAttribute("aria-expanded", "true");
    place(term);
    card.root.focus({ preventScroll: true });
    card.root.scrollIntoView({ block: "nearest" });
  }

  /** @param {boolean} isBack whether the focus goes back to the term */
  function close(isBack) {
    if (!opener) return;
    const term = opener;
    opener = null;
    card.root.hidden = true;
    term.setAttribute("aria-expanded", "false");
    if (isBack) term.focus({ preventScroll: true });
  }

  /** Keep the order of a reader who tabs: after the card comes what stands after the term. @param {KeyboardEvent} event */
  function onTab(event) {
    const isFirst = document.activeElement === card.root || document.activeElement === card.more;
    if (event.shiftKey && isFirst) {
      event.preventDefault();
      close(true);
    } else if (!event.shiftKey && document.activeElement === card.shut) {
      // From the term, the browser itself goes on to the next.
      close(true);
    }
  }

  document.addEventListener("click", (event) => {
    const term = termAt(event.target);
    // With a modifier the reader wants the glossary in a new tab.
    if (!term || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (term === opener) close(true);
    else open(term);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opener) {
      event.preventDefault();
      event.stopPropagation();
      close(true);
    } else if (event.key === "Tab" && opener && card.root.contains(document.activeElement)) {
      onTab(event);
    } else if (event.key === " " && termAt(event.target)) {
      event.preventDefault();
      /** @type {HTMLElement} */ (event.target).click();
    }
  }, true);
  // Not on pointerdown: a finger that begins to scroll closes nothing.
  document.addEventListener("pointerdown", (event) => {
    isPressedInside = card.root.contains(/** @type {Node} */ (event.target));
  }, true);
  document.addEventListener("pointerup", (event) => {
    if (!isPressedInside && !card.root.contains(/** @type {Node} */ (event.target)) && termAt(event.target) !== opener) {
      close(false);
    }
  }, true);
  card.root.addEventListener("focusout", (event) => {
    const next = /** @type {Node | null} */ (event.relatedTarget);
    if (next && !card.root.contains(next) && next !== opener) close(false);
  });
  window.addEventListener("resize", () => {
    if (opener) place(opener);
  });
  window.addEventListener("beforeprint", () => close(false));

  /** A link that opens a card is a button, and says so. */
  function equip() {
    document.querySelectorAll("a[data-term]").forEach((term) => {
      if (!noteOf(term)) return;
      term.setAttribute("role", "button");
      term.setAttribute("aria-haspopup", "dialog");
      term.setAttribute("aria-expanded", "false");
    });
  }
  if (window.document$) window.document$.subscribe(equip);
  else equip();
})();
