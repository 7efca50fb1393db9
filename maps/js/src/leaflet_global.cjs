// Leaflet as the page has it already; stands in for the package in layer.js.
module.exports = window.L;
