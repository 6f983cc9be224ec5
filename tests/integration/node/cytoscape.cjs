// Loads a .cyjs file with cytoscape.js, without a picture, and prints what arrived as JSON.
const { readFileSync } = require("node:fs");
const cytoscape = require("cytoscape");

const { elements } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const graph = cytoscape({ headless: true, elements, layout: { name: "preset" } });
const nodes = graph.nodes().map((node) => ({ ...node.data(), position: node.position() }));
const edges = graph.edges().map((edge) => edge.data());
const degrees = Object.fromEntries(graph.nodes().map((node) => [node.id(), node.degree(true)]));
process.stdout.write(JSON.stringify({ nodes, edges, degrees }));
graph.destroy();
