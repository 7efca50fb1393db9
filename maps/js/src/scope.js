// A map as one of several layers sees it: what is added through it can be taken off again together.

import * as L from 'leaflet';

/**
 * @typedef {object} Scope
 * @property {L.Map} map the map, which remembers the layers and listeners it is given
 * @property {() => void} detach takes them off the real map
 * @property {() => void} attach puts them on it again
 */

/**
 * @param {L.Map} real
 * @returns {Scope}
 */
export function makeScope(real) {
  /** @type {Set<L.Layer>} */
  const layers = new Set();
  /** @type {any[][]} */
  const listeners = [];
  let attached = true;
  /** @type {Record<string, (...values: any[]) => unknown>} */
  const own = {
    addLayer(layer) {
      layers.add(layer);
      if (attached) real.addLayer(layer);
      return map;
    },
    removeLayer(layer) {
      layers.delete(layer);
      real.removeLayer(layer);
      return map;
    },
    on(...listener) {
      listeners.push(listener);
      if (attached) call('on', listener);
      return map;
    },
  };
  /** @param {'on' | 'off'} name @param {any[]} listener */
  const call = (name, listener) => /** @type {any} */ (real)[name](...listener);
  /** @type {L.Map} */
  const map = new Proxy(real, {
    get(target, name) {
      if (typeof name === 'string' && Object.hasOwn(own, name)) return own[name];
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return {
    map,
    detach() {
      if (!attached) return;
      attached = false;
      for (const layer of layers) {
        // A popup is gone for good, and so is what has been taken off meanwhile.
        if (layer instanceof L.Popup || !real.hasLayer(layer)) layers.delete(layer);
        real.removeLayer(layer);
      }
      for (const listener of listeners) call('off', listener);
    },
    attach() {
      if (attached) return;
      attached = true;
      for (const layer of layers) real.addLayer(layer);
      for (const listener of listeners) call('on', listener);
    },
  };
}
