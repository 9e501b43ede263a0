'use strict';

/** What the reader chose: layer, site and view. It stands in the address after #, so a view can be mailed. */
const State = (() => {
  const now = { layer: Sites.layers[0].key, site: null, view: null };
  const listeners = [];

  /** The view as [longitude, latitude, zoom], or null where the text is no such thing. */
  function viewOf(text) {
    const numbers = (text ?? '').split(',').map(Number);
    const fits = numbers.length === 3 && numbers.every(Number.isFinite)
      && Math.abs(numbers[0]) <= 360 && Math.abs(numbers[1]) <= 85 && numbers[2] >= 0 && numbers[2] <= 12;
    return fits ? numbers : null;
  }

  function read() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const layer = Sites.layer(asked.get('layer')) ? asked.get('layer') : Sites.layers[0].key;
    const site = Sites.rows.has(asked.get('site')) ? asked.get('site') : null;
    return { layer, site, view: viewOf(asked.get('at')) };
  }

  function write() {
    const parts = new URLSearchParams();
    if (now.layer !== Sites.layers[0].key) parts.set('layer', now.layer);
    if (now.site !== null) parts.set('site', now.site);
    if (now.view !== null) parts.set('at', now.view.join(','));
    history.replaceState(null, '', `#${parts.toString().replaceAll('%2C', ',')}`);
  }

  /** Change something and tell everyone; `change` names what is new. */
  function set(change) {
    const news = Object.fromEntries(Object.entries(change).filter(([key, value]) => now[key] !== value));
    if (Object.keys(news).length === 0) return;
    Object.assign(now, news);
    write();
    listeners.forEach(listener => listener(news));
  }

  function listen(listener) {
    listeners.push(listener);
  }

  Object.assign(now, read());
  return { now, set, listen, read };
})();
