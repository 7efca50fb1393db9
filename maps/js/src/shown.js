// Work that is done only while an element is seen: a panel that is shut costs nothing.

/**
 * A function to be called when what an element shows is out of date: `update` runs once before the
 * next frame, or, while the element is not seen, as soon as it is.
 * @param {HTMLElement} element
 * @param {() => void} update
 * @param {(isShown: boolean) => void} [toggled] when the element comes into sight or leaves it
 * @returns {() => void}
 */
export function whileShown(element, update, toggled) {
  let isStale = true;
  let isShown = false;
  let waiting = false;
  const run = () => {
    waiting = false;
    if (!isStale || !isShown) return;
    isStale = false;
    update();
  };
  new ResizeObserver(() => {
    const before = isShown;
    isShown = element.clientHeight > 0;
    if (isShown !== before) toggled?.(isShown);
    run();
  }).observe(element);
  return () => {
    isStale = true;
    if (waiting || !isShown) return;
    waiting = true;
    requestAnimationFrame(run);
  };
}
