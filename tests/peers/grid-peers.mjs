// SPDX-License-Identifier: GPL-3.0-or-later
// grid-peers.mjs MOVES-DIRECTORY: does the moves that bench-grid wrote with the engines of others, and prints how many
// milliseconds they took. It runs in a folder where the packages of package.json are installed.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { moveElement } from "react-grid-layout/core";
import { fastVerticalCompactor } from "react-grid-layout/extras";

const WARM_UP = 0.2;

// gridstack's modules import one another without the ending that Node.js asks for.
async function gridstackEngine() {
  const folder = path.resolve("node_modules/gridstack/dist");
  for (const name of ["utils", "gridstack-engine"]) {
    const text = readFileSync(path.join(folder, `${name}.js`), "utf8");
    writeFileSync(path.join(folder, `${name}.mjs`), text.replace(/(from '\.\/[a-z-]+)'/g, "$1.mjs'"));
  }
  return (await import(pathToFileURL(path.join(folder, "gridstack-engine.mjs")))).GridStackEngine;
}

// The less of the two: a busy machine lengthens the one, helper threads the other.
function milliseconds(action) {
  const processor = process.cpuUsage();
  const start = performance.now();
  action();
  const wall = performance.now() - start;
  const used = process.cpuUsage(processor);
  return Math.min(wall, (used.user + used.system) / 1000);
}

function quantile(times, part) {
  return times.sort((a, b) => a - b)[Math.floor((times.length - 1) * part)];
}

// All moves one after another, each on what the one before left, after some of them on a layout of their own.
function timeAll(work, begin) {
  const warm = begin(work);
  for (const move of work.moves.slice(0, Math.ceil(work.moves.length * WARM_UP))) warm(...move);
  const move = begin(work);
  return work.moves.map((wanted) => milliseconds(() => move(...wanted)));
}

function reactGridLayout({ columns, tiles }) {
  const items = tiles.map(([x, y, w, h], index) => ({ i: String(index), x, y, w, h }));
  let layout = fastVerticalCompactor.compact(items, columns);
  return (tile, x, y) => {
    const hand = layout.find((item) => item.i === String(tile));
    const moved = moveElement(layout, hand, x, y, true, false, fastVerticalCompactor.type, columns, false);
    layout = fastVerticalCompactor.compact(moved, columns);
  };
}

function gridstack(GridStackEngine, { columns, tiles }) {
  const engine = new GridStackEngine({ column: columns });
  engine.nodes = tiles.map(([x, y, w, h], index) => engine.prepareNode({ _id: index, id: String(index), x, y, w, h }));
  engine.saveInitial();
  return (tile, x, y) => {
    const node = engine.nodes.find((other) => other.id === String(tile));
    engine.beginUpdate(node);
    engine.moveNode(node, { x, y });
    engine.endUpdate();
  };
}

function read(directory, tiles) {
  return JSON.parse(readFileSync(path.join(directory, `moves-${tiles}.json`), "utf8"));
}

const directory = process.argv[2];
const GridStackEngine = await gridstackEngine();
console.log(JSON.stringify({
  "rgl-1000-p95": quantile(timeAll(read(directory, 1000), reactGridLayout), 0.95),
  "rgl-2000-p95": quantile(timeAll(read(directory, 2000), reactGridLayout), 0.95),
  "gridstack-200-median": quantile(timeAll(read(directory, 200), (work) => gridstack(GridStackEngine, work)), 0.5),
}));
