// Reads a file with graphology's reader for its format and prints what arrived as JSON.
const { readFileSync } = require("node:fs");
const { MultiDirectedGraph } = require("graphology");

const [format, path] = process.argv.slice(2);
const { parse } = require(`graphology-${format}`);
const options = { addMissingNodes: false, allowUndeclaredAttributes: false };
const graph = parse(MultiDirectedGraph, readFileSync(path, "utf8"), options);
process.stdout.write(JSON.stringify(graph.export()));
