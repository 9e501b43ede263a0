'use strict';

/** What the reader chose: layer, site, view, filters and what else is drawn. It stands in the address after #, so a
 *  view can be mailed. */
const State = (() => {
  const FACETS = ['band', 'stage', 'commodity', 'country', 'owner'];
  const ALSO = ['shade', 'owners', 'lenders'];
  const now = { layer: Layers.all[0].key, site: null, view: null, filters: {}, also: [] };
  const listeners = [];

  /** The view as [longitude, latitude, zoom], or null where the text is no such thing. */
  function viewOf(text) {
    const numbers = (text ?? '').split(',').map(Number);
    const fits = numbers.length === 3 && numbers.every(Number.isFinite)
      && Math.abs(numbers[0]) <= 360 && Math.abs(numbers[1]) <= 85 && numbers[2] >= 0 && numbers[2] <= 12;
    return fits ? numbers : null;
  }

  function filtersOf(asked) {
    return Object.fromEntries(FACETS.filter(facet => asked.has(facet)).map(facet => [facet, asked.getAll(facet)]));
  }

  function read() {
    const asked = new URLSearchParams(location.hash.slice(1));
    return {
      layer: Layers.get(asked.get('layer')).key,
      site: asked.has('site') && Sites.rowOf(asked.get('site')) !== undefined ? asked.get('site') : null,
      view: viewOf(asked.get('at')),
      filters: filtersOf(asked),
      also: ALSO.filter(each => (asked.get('also') ?? '').split(',').includes(each)),
    };
  }

  function write() {
    const parts = new URLSearchParams();
    if (now.layer !== Layers.all[0].key) parts.set('layer', now.layer);
    if (now.site !== null) parts.set('site', now.site);
    FACETS.forEach(facet => (now.filters[facet] ?? []).forEach(value => parts.append(facet, value)));
    if (now.also.length) parts.set('also', now.also.join(','));
    if (now.view !== null) parts.set('at', now.view.join(','));
    history.replaceState(null, '', `#${parts.toString().replaceAll('%2C', ',')}`);
  }

  function same(one, other) {
    return one === other || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other));
  }

  /** Change something and tell everyone; `change` names what is new. */
  function set(change) {
    const news = Object.fromEntries(Object.entries(change).filter(([key, value]) => !same(now[key], value)));
    if (Object.keys(news).length === 0) return;
    Object.assign(now, news);
    write();
    listeners.forEach(listener => listener(news));
  }

  function listen(listener) {
    listeners.push(listener);
  }

  Object.assign(now, read());
  return { FACETS, now, set, listen, read };
})();
