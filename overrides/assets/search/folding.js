// How letters are compared: texts and queries are folded alike, so that full width, capitals,
// quotation marks, spaces and the many dashes and brackets make no difference. Traditional
// characters are the engine's business, since only it knows which ones the plans print.
(() => {
  "use strict";

  /**
   * @typedef {[number, number]} Range from and to, in characters of the text as it is shown
   * @typedef {{at: number[], chars: string}} Folded chars: what is compared; at: where each of them stands in the text
   */

  const HAN = /[\u3400-\u9fff]/;
  const DROPPED = /[\s\p{Cc}\p{Cf}“”‘’"'「」『』《》〈〉]/u;
  const SAME = new Map(Object.entries({
    "×": "x", "✕": "x", "〔": "(", "[": "(", "【": "(", "〕": ")", "]": ")", "】": ")",
    "—": "-", "–": "-", "―": "-", "−": "-", "~": "-", "〜": "-", "ü": "v", "•": "·", "・": "·",
  }));

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

  /** Find every place of a word. @param {Folded} folded @param {string} word @returns {Range[]} */
  function places(folded, word) {
    const found = [];
    for (let from = folded.chars.indexOf(word); from >= 0; from = folded.chars.indexOf(word, from + word.length)) {
      found.push(range(folded, from, word.length));
    }
    return found;
  }

  /** @param {Range[]} ranges @returns {Range[]} sorted, without overlap */
  function merged(ranges) {
    const joined = [];
    for (const [from, to] of [...ranges].sort((one, other) => one[0] - other[0])) {
      const last = joined.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else joined.push([from, to]);
    }
    return joined;
  }

  globalThis.plansiteSearch = { HAN, fold, range, places, merged };
})();
