// How letters are compared: texts and queries are folded alike, so that full width, capitals,
// quotation marks, spaces and the many dashes and brackets make no difference. Traditional
// characters are the engine's business, since only it knows which ones the plans print.
(() => {
  "use strict";

  const HAN = /[\u3400-\u9fff\u{20000}-\u{3ffff}]/u;
  const DROPPED = /[\s\p{Cc}\p{Cf}\p{Co}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffc\ufffd\u{e0100}-\u{e01ef}“”‘’"'「」『』《》〈〉]/u;
  const SAME = new Map(Object.entries({
    "×": "x", "✕": "x", "〔": "(", "[": "(", "【": "(", "〕": ")", "]": ")", "】": ")",
    "—": "-", "–": "-", "―": "-", "−": "-", "~": "-", "〜": "-", "ü": "v", "•": "·", "・": "·",
    "✖": "x", "∗": "*", "⋅": "·", "∙": "·",
  }));
  /** Radicals that PDFs hold for characters, each before the one that it stands for; as in generator/characters.py. */
  const RADICALS = new Map(pairs(
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕𫜹⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀" +
    "⺻聿⺼肉⺽𦥑⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟",
  ));
  /** What people type for ×. */
  const TIMES = /(?<=\d)[*·](?=\d)/g;

  /** Take pairs of characters apart; one beyond U+FFFF is two units long. @param {string} packed @returns {[string, string][]} */
  function pairs(packed) {
    const chars = Array.from(packed);
    return Array.from({ length: Math.floor(chars.length / 2) }, (_, at) => [chars[2 * at], chars[2 * at + 1]]);
  }

  /**
   * Fold a text for comparison.
   * @param {string} text
   * @returns {Search.Folded}
   */
  function fold(text) {
    /** @type {number[]} */
    const at = [];
    let chars = "";
    let i = 0;
    for (const char of text) {
      const here = i;
      i += char.length;
      if (char >= "\u4e00" && char <= "\u9fff") {
        chars += char;
        at.push(here);
        continue;
      }
      if (DROPPED.test(char)) continue;
      for (const plain of (RADICALS.get(char) ?? char).normalize("NFKC").toLowerCase()) {
        const same = SAME.get(plain) ?? plain;
        // A long dash is printed as two.
        if (DROPPED.test(same) || (same === "-" && chars.endsWith("-"))) continue;
        chars += same;
        for (let n = 0; n < same.length; n++) at.push(here + Math.min(n, char.length - 1));
      }
    }
    return { at, chars: chars.replace(TIMES, "x") };
  }

  /**
   * @param {Search.Folded} folded
   * @param {number} from
   * @param {number} length
   * @returns {Search.Span}
   */
  function range(folded, from, length) {
    return [folded.at[from], folded.at[from + length - 1] + 1];
  }

  /** Find every place of a word. @param {Search.Folded} folded @param {string} word @returns {Search.Span[]} */
  function places(folded, word) {
    /** @type {Search.Span[]} */
    const found = [];
    for (let from = folded.chars.indexOf(word); from >= 0; from = folded.chars.indexOf(word, from + word.length)) {
      found.push(range(folded, from, word.length));
    }
    return found;
  }

  /** @param {Search.Span[]} ranges @returns {Search.Span[]} sorted, without overlap */
  function merged(ranges) {
    /** @type {Search.Span[]} */
    const joined = [];
    for (const [from, to] of [...ranges].sort((one, other) => one[0] - other[0])) {
      const last = joined.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else joined.push([from, to]);
    }
    return joined;
  }

  // The scripts after this one add what they have to give.
  globalThis.plansiteSearch = /** @type {Search.Scope} */ ({ HAN, pairs, fold, range, places, merged });
})();
