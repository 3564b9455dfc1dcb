// Pinyin: letters that spell what is printed, in full, begun, as initials, or mixed with characters.
(() => {
  "use strict";

  /** @typedef {{first: RegExp, initials: RegExp | null}} Pattern where letters may begin to sound; as initials */

  /** @type {{letters: string, size: number, pattern: Pattern | null}} */
  let latest = { letters: "", size: 0, pattern: null };

  /**
   * Find letters as full pinyin, the last syllable begun only, or as initials.
   * @param {Search.Syllables} syllables
   * @param {string} chars
   * @param {string} letters
   * @param {boolean} begun whether the last syllable may be half-typed
   * @returns {[number, number, boolean] | null} from, length, whether in full
   */
  function soundIn(syllables, chars, letters, begun) {
    const { first, initials } = patternOf(syllables, letters);
    first.lastIndex = 0;
    for (let hit = first.exec(chars); hit; hit = first.exec(chars)) {
      const end = spelled(syllables, chars, hit.index, letters, 0, begun);
      if (end > hit.index) return [hit.index, end - hit.index, true];
    }
    const hit = initials?.exec(chars);
    return hit ? [hit.index, hit[0].length, false] : null;
  }

  /**
   * Most places can be told at their first character not to sound so.
   * @param {Search.Syllables} syllables @param {string} letters @returns {Pattern}
   */
  function patternOf(syllables, letters) {
    if (latest.letters !== letters || latest.size !== syllables.size) {
      /** @param {(sound: string) => boolean} fits */
      const sounding = (fits) => Array.from(syllables).filter(([, sounds]) => sounds.some(fits)).map(([char]) => char).join("");
      const heads = Array.from(letters, (letter) => sounding((sound) => sound[0] === letter));
      const first = new RegExp(`[${Array.from(letters)[0]}${sounding((sound) => letters.startsWith(sound))}]`, "gu");
      const initials = heads.every(Boolean) ? new RegExp(heads.map((chars) => `[${chars}]`).join(""), "u") : null;
      latest = { letters, size: syllables.size, pattern: { first, initials } };
    }
    return /** @type {Pattern} */ (latest.pattern);
  }

  /**
   * @param {Search.Syllables} syllables
   * @param {string} chars
   * @param {number} from
   * @param {string} letters
   * @param {number} at how many of the letters have been spelled
   * @param {boolean} begun
   * @returns {number} where the spelled characters end, or -1
   */
  function spelled(syllables, chars, from, letters, at, begun) {
    if (at === letters.length) return from;
    if (from >= chars.length) return -1;
    // Some type half of a word and leave the rest in letters: 好差ping.
    if (letters[at] === chars[from]) {
      const end = spelled(syllables, chars, from + 1, letters, at + 1, begun);
      if (end > 0) return end;
    }
    const char = String.fromCodePoint(/** @type {number} */ (chars.codePointAt(from)));
    for (const sound of syllables.get(char) ?? []) {
      if (letters.startsWith(sound, at)) {
        const end = spelled(syllables, chars, from + char.length, letters, at + sound.length, begun);
        if (end > 0) return end;
      } else if (begun && at > 0 && sound.startsWith(letters.slice(at))) {
        return from + char.length;
      }
    }
    return -1;
  }

  /** Say whether a word can be read as pinyin; 5g and 4x3 cannot. @param {string} word */
  function isSpelled(word) {
    return /[a-z]{2}|[\u3400-\u9fff\u{20000}-\u{3ffff}][a-z]|[a-z][\u3400-\u9fff\u{20000}-\u{3ffff}]/u.test(word) && /^[a-z\d\u3400-\u9fff\u{20000}-\u{3ffff}]+$/u.test(word);
  }

  /**
   * Say whether two characters sound the same to an ear that does not tell zh from z, n from l, ng from n.
   * @param {Search.Syllables} syllables @param {string} one @param {string} other
   */
  function soundAlike(syllables, one, other) {
    /** @param {string} sound */
    const near = (sound) => sound.replace(/^([zcs])h/, "$1").replace(/ng$/, "n").replace(/^l/, "n");
    return syllables.get(one)?.some((sound) => syllables.get(other)?.some((second) => near(sound) === near(second))) ?? false;
  }

  Object.assign(globalThis.plansiteSearch, { soundIn, isSpelled, soundAlike });
})();
