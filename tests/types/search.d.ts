/** Shapes that the scripts of the search share: the index as it is published, records, questions and answers. */
declare namespace Search {
  /** From and to, in characters of a text. */
  type Span = [from: number, to: number];

  /** A text as it is compared: `at` says where each of its characters stands in the text as it is shown. */
  interface Folded {
    at: number[];
    chars: string;
  }

  type Kind =
    | "unit" | "leader" | "sector" | "task" | "safeguard" | "goal" | "target" | "direction" | "duty" | "term"
    | "citation" | "text" | "oddity" | "page";

  /* The index, as generator/search/parts.py writes it. */

  type Unit = [id: string, name: string, kind: string, ...aliases: string[]];
  type Leader = [id: string, name: string];
  type Plan = [id: string, title: string];
  /** `title` is a text, or what precedes it in its line; `above` the place of its sector, or -1; `who` is 0 where it is the sector's. */
  type ItemRow = [kind: ItemKind, key: string, title: string | number, above: number, who: number[] | 0, number?: string];
  type ItemKind = "goal" | "sector" | "task" | "safeguard";
  type LineRow = [number: number, item: number, text: string, lead?: number, lengths?: number[]];
  /** Kind and key of an item, or nothing for what has no page of its own. */
  type Owner = [kind: ItemKind, key: string] | [];
  type TargetRow = [of: Owner, id: string, indicator: string, scope: string, years: number[], text: string];
  type DutyRow = [of: Owner, id: string, action: string, text: string];
  type DocRow = [kind: Kind, title: string, where: string, url: string, text: string];

  /** One file of the index; what it has not, another has. */
  interface Part {
    part: string;
    split?: number;
    grams?: Record<string, number[]>;
    variants?: string;
    syllables?: string;
    docs?: DocRow[];
    of?: string;
  }
  interface SitePart extends Part {
    plans: Plan[];
    units: Unit[];
    leaders: Leader[];
  }
  interface PlanPart extends Part {
    plan: string;
    title: string;
    items: ItemRow[];
    lines: LineRow[];
  }
  interface HeldPart extends Part {
    of: string;
    targets: TargetRow[];
    directions?: TargetRow[];
    duties?: DutyRow[];
  }
  type AnyPart = Part | SitePart | PlanPart | HeldPart;

  /* What is searched */

  interface Doc {
    kind: Kind;
    /** What tells it from others of its kind. */
    key?: string;
    title: string;
    where: string;
    url: string;
    /** What it is called, the title first; `shown`: the same as printed. */
    names: Folded[];
    shown: string[];
    text: string;
    /** How much of the text repeats the title. */
    lead: number;
    folded: Folded;
    /** Names of what it belongs to. */
    context: Folded;
    /** Say where a place of its text is shown. */
    address(at: number): string;
    plan: string;
    sector: string;
    units: string[];
    years: number[];
  }

  /** What a record is made of. */
  type Given = Pick<Doc, "kind" | "title" | "where" | "url">
    & Partial<Pick<Doc, "key" | "text" | "lead" | "address" | "plan" | "sector" | "units" | "years">>
    & { names?: string[]; context?: string[] };

  interface Records {
    docs: Doc[];
    /** How a printed character sounds. */
    syllables: Syllables;
    /** The simplified character for a traditional one. */
    variants: Map<string, string>;
    plans: Plan[];
    /** Names of the parts that are there. */
    loaded: Set<string>;
    add(part: AnyPart): void;
  }

  type Syllables = Map<string, string[]>;

  /* How it is found */

  interface Hit {
    tier: number;
    /** Which of the names, or -1 for the text. */
    name: number;
    ranges: Span[];
    /** What stands there, if that is not what was typed. */
    word?: string;
  }
  /** A hit of a word: as it was typed, or as it stands there. */
  type WordHit = Hit & { word: string };
  interface Found {
    doc: Doc;
    hits: WordHit[];
    score: number;
  }
  type Tier =
    | "exact" | "nameStart" | "namePart" | "soundExact" | "soundStart" | "soundPart" | "text" | "soundText"
    | "typoName" | "gapName" | "gapText" | "typoText" | "context";
  type Finder = (word: string, doc: Doc) => Hit | null;

  interface Engine extends Records {
    search(query: string, limit?: number, isWhole?: boolean): Answer;
    words(query: string): string[];
    find(words: string[], hit: Finder, useContext: boolean): Found[];
    plainHit: Finder;
  }

  /* What is asked and answered */

  interface Result {
    kind: Kind;
    title: string;
    titleMarks: Span[];
    alias: string;
    aliasMarks: Span[];
    where: string;
    url: string;
    snippet: string;
    snippetMarks: Span[];
    /** What to mark where it leads. */
    words: string[];
    plan: string;
    sector: string;
    units: string[];
    years: number[];
  }
  type Counts = Partial<Record<Kind, number>>;
  interface Answer {
    words: string[];
    /** Best first. */
    results: Result[];
    /** Of all results, also beyond the limit. */
    counts: Counts;
    nearest: string[];
    how: "" | "approximate";
  }

  /** What the worker is sent. `further`: how many more plans to look through than a first look takes. */
  interface Question {
    id: number;
    query: string;
    limit: number;
    further: number;
  }
  /** What it sends back. `isWhole`: false while more is being loaded; `unread`: plans that were not looked through. */
  interface Success {
    id: number;
    failed?: undefined;
    answer: Answer;
    isWhole: boolean;
    unread: number;
  }
  interface Failure {
    id: number;
    failed: true;
    answer?: undefined;
    isWhole?: undefined;
    unread?: undefined;
  }
  type Reply = Success | Failure;

  /** What the scripts of the search give each other. */
  interface Scope {
    HAN: RegExp;
    pairs(packed: string): [string, string][];
    fold(text: string): Folded;
    range(folded: Folded, from: number, length: number): Span;
    places(folded: Folded, word: string): Span[];
    merged(ranges: Span[]): Span[];
    Records: new () => Records;
    Engine: new () => Engine;
    TIER: Record<Tier, number>;
    KINDS: Record<Kind, number>;
    part(part: AnyPart): void;
    /** Where the page itself searches. */
    ask?(question: Question, reply: (reply: Reply) => void): Promise<void>;
    /** These come later, or never. */
    soundIn?(syllables: Syllables, chars: string, letters: string, begun: boolean): [from: number, length: number, full: boolean] | null;
    isSpelled?(word: string): boolean;
    soundAlike?(syllables: Syllables, one: string, other: string): boolean;
    likely?(engine: Engine, words: string[]): { found: Found[]; meant: string[]; nearest: string[] };
  }
}

declare var plansiteSearch: Search.Scope;
/** Of workers alone. */
declare var importScripts: ((...addresses: string[]) => void) | undefined;
