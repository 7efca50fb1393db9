// Bundles src/page.js and src/page.css into maps/assets/, for the package build.
// Usage: node build.mjs
import { existsSync } from "node:fs";
import { build } from "esbuild";

const entryPoints = ["src/page.js", "src/page.css"].filter((path) => existsSync(path));

await build({
  entryPoints,
  outdir: "../assets",
  bundle: true,
  format: "iife",
  minify: true,
  // A page is one file and asks for nothing: pictures become part of the style sheet.
  loader: { ".png": "dataurl", ".svg": "dataurl", ".gif": "dataurl" },
  target: ["es2022", "chrome109", "firefox115", "safari16"],
  charset: "utf8",
  legalComments: "inline",
  logLevel: "warning",
});

// The coarse world of the base map, out of the same packages.
await import("./world.mjs");
