// What folium's own elements take for granted beside Leaflet: jQuery for the content of popups, and
// a marker's picture beside a style sheet on some server.

import * as L from 'leaflet';

const PIN =
  '<svg xmlns="http://www.w3.org/2000/svg" width="25" height="41"><path d="M12.5 40C9 30 1 22 1 ' +
  '12.5a11.5 11.5 0 0 1 23 0C24 22 16 30 12.5 40z" fill="#1f5f8f" stroke="#fff"/>' +
  '<circle cx="12.5" cy="12.5" r="4.5" fill="#fff"/></svg>';

/** Gives Leaflet's default marker a picture that is in the page. */
export function useOwnMarker() {
  const Default = /** @type {any} */ (L.Icon.Default);
  Default.imagePath = '';
  Default.mergeOptions({
    iconUrl: `data:image/svg+xml,${encodeURIComponent(PIN)}`,
    iconRetinaUrl: '',
    shadowUrl: '',
    shadowSize: null,
  });
}

/**
 * Elements from the HTML of a popup of folium's, as jQuery's `$(html)` gives them. It is the caller's
 * HTML, not text from a table; the page's policy runs no script in it. The policy refuses style
 * attributes too, so they are set as styles.
 * @param {string} html
 * @returns {Element[]}
 */
export function fromHtml(html) {
  const unstyled = html.replace(/(<[^<>]*\s)style=/g, '$1data-style=');
  const { body } = new DOMParser().parseFromString(unstyled, 'text/html');
  for (const element of body.querySelectorAll('[data-style]')) {
    const styled = /** @type {HTMLElement} */ (element);
    styled.style.cssText = styled.dataset.style ?? '';
  }
  return [...body.children];
}
