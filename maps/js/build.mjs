// Bundles src/page.js and src/page.css into maps/assets/, for the package build.
// Usage: node build.mjs
import { build } from "esbuild";

await build({
  entryPoints: ["src/page.js", "src/page.css"],
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
