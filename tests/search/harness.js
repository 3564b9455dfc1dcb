// Runs the search of a built site in Node: worker.js in a scope like a browser's worker, and an
// engine that holds every part. Reads requests from standard input, one JSON object a line, and
// answers each with a line. Usage: node harness.js SITE
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const readline = require("node:readline");
const vm = require("node:vm");

const FOLDER = path.join(process.argv[2], "assets", "search");
const SCRIPTS = ["folding.js", "records.js", "engine.js", "sounds.js", "likeness.js"];

/** Make a scope of its own; `fetched` notes what it loads. */
function scope(fetched = []) {
  const own = { setTimeout, console };
  const context = vm.createContext(own);
  own.importScripts = (...names) => {
    for (const name of names) {
      fetched.push(name);
      vm.runInContext(fs.readFileSync(path.join(FOLDER, name), "utf8"), context, { filename: name });
    }
  };
  return own;
}

/** An engine that holds all parts. */
function whole() {
  const own = scope();
  own.importScripts(...SCRIPTS);
  const engine = new own.plansiteSearch.Engine();
  own.plansiteSearch.part = (part) => engine.add(part);
  const index = path.join(FOLDER, "index");
  const names = ["site", ...fs.readdirSync(path.join(index, "plans")).sort().map((name) => `plans/${name.slice(0, -3)}`), "more", "sounds"];
  // A plan comes before what it holds.
  names.sort((one, other) => Number(one.endsWith("-more")) - Number(other.endsWith("-more")));
  own.importScripts(...names.map((name) => `index/${name}.js`));
  return { engine, fold: own.plansiteSearch.fold };
}

/** A worker, which is asked one question after the other. */
function worker() {
  const fetched = [];
  const own = scope(fetched);
  own.importScripts("worker.js");
  return (question) => new Promise((done) => {
    fetched.length = 0;
    const replies = [];
    own.postMessage = (reply) => {
      replies.push({ ...reply, fetched: [...fetched] });
      if (reply.isWhole !== false) done(replies);
    };
    own.onmessage({ data: question });
  });
}

const { engine, fold } = whole();
const workers = new Map();
const ACTIONS = {
  search: ({ query, limit }) => {
    const start = performance.now();
    const answer = engine.search(query, limit);
    return { ...answer, milliseconds: performance.now() - start };
  },
  fold: ({ text }) => fold(text),
  simple: ({ text }) => engine.simple(text),
  docs: () => engine.docs.map((doc) => ({
    kind: doc.kind, title: doc.title, names: doc.shown, text: doc.text, units: doc.units, years: doc.years, where: doc.where,
    urls: [...new Set([doc.url, ...Array.from(doc.text, (_, at) => doc.address(at))])],
  })),
  /** `worker` names one of several; each begins without anything loaded. */
  ask: ({ worker: name = "", ...question }) => {
    if (!workers.has(name)) workers.set(name, worker());
    return workers.get(name)({ id: 1, limit: 200, further: 0, ...question });
  },
};

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { action, ...request } = JSON.parse(line);
    process.stdout.write(`${JSON.stringify(await ACTIONS[action](request))}\n`);
  }
})();
