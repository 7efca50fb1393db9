// Bundles the page's scripts and style sheets into maps/assets/, for the package build.
// page.js and page.css are a page of ours with Leaflet in it, layer.js and layer.css our layers in a
// map that has Leaflet already; loader.js and note.css are what a page of ours runs and shows first.
// Usage: node build.mjs
import { build } from "esbuild";

/** @type {import("esbuild").BuildOptions} */
const common = {
  outdir: "../assets",
  bundle: true,
  format: "iife",
  minify: true,
  target: ["es2022", "chrome109", "firefox115", "safari16"],
  charset: "utf8",
  legalComments: "inline",
  logLevel: "warning",
};

// A page is one file and asks for nothing. Leaflet's pictures are not used: ours are in its place.
/** @type {import("esbuild").Plugin} */
const noPictures = {
  name: "no-pictures",
  setup: ({ onLoad }) => onLoad({ filter: /\.png$/ }, () => ({ contents: "", loader: "dataurl" })),
};

// Leaflet is the one that the map's page has loaded, and so is its style sheet.
/** @type {import("esbuild").Plugin} */
const noLeaflet = {
  name: "no-leaflet",
  setup: ({ onLoad }) => onLoad({ filter: /leaflet\.css$/ }, () => ({ contents: "", loader: "css" })),
};

// V8 reads a function through once without making it, and again when it is called: a function in
// its brackets it makes at once, an arrow function it does not. So the program stands in one
// `(function(){…})()`, and Leaflet comes as a module, without three further ones about it.
await build({
  ...common,
  entryPoints: { page: "src/entry_page.js" },
  alias: { leaflet: "leaflet/dist/leaflet-src.esm.js" },
  format: "esm",
  // Leaflet asks for what only Internet Explorer had. The error it catches costs 20 ms elsewhere: to
  // say where it arose, V8 reads the whole program again.
  define: { "document.namespaces.add": "Object" },
  banner: { js: '(function(){"use strict";' },
  footer: { js: "})();" },
});
await build({ ...common, entryPoints: { loader: "src/loader.js", note: "src/note.css" } });
await build({ ...common, entryPoints: { page: "src/page.css" }, plugins: [noPictures] });
await build({
  ...common,
  entryPoints: { layer: "src/entry_layer.js" },
  alias: { leaflet: "./src/leaflet_global.cjs" },
});
await build({
  ...common,
  entryPoints: { layer: "src/page.css" },
  plugins: [noLeaflet, noPictures],
});

// The coarse world of the base map, out of the same packages.
await import("./world.mjs");
