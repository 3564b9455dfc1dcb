/** What Material puts into every page before our scripts run. */

/** Says when a page has been put in the place of another; absent where instant loading could not be. */
declare var document$: { subscribe(run: () => void): void } | undefined;

/** Keep a value for this site in the reader's browser; throws where it may keep nothing. */
declare function __md_set(key: string, value: unknown): void;
declare function __md_get(key: string): unknown;

/** What mark.js gives box.js. */
declare var plansiteMarks: {
  marked(text: string, marks: Search.Span[]): (string | HTMLElement)[];
  markPage(): void;
};
