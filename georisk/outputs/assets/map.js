'use strict';

/** Puts the page together: heading, and the pieces defined before. */
(() => {
  const { data, make, words, link } = Page;
  const put = (name, ...children) => document.querySelector(name).replaceChildren(...children);

  function heading() {
    put('h1', words(data.title));
    const projection = data.projection ? make('span', { class: 'tag' }, 'Projection') : null;
    put('.clocks', 'As of ', words(data.as_of), ' · known by ', words(data.known_by), ...(projection ? [' ', projection] : []));
    put('.links', ...data.links.map(({ title, href }) => make('li', null, link(href, title))));
    put('.method', 'Method ', words(data.method.version), ' (', words(data.method.fingerprint.slice(0, 12)), ')');
    const { tiles, note } = data;
    const online = tiles ? `This page asks ${tiles.hosts.join(', ')} for map pictures as you move; who runs that server can see where you look. ` : '';
    const told = online + (note ?? '');
    document.querySelector('.note').hidden = told === '';
    put('.note', words(told));
    if (tiles) put('.credit', 'Map pictures: ', words(tiles.credit));
  }

  function followAddress() {
    const { layer, site, filters, also, view } = State.read();
    State.set({ layer, site, filters, also });
    if (view) Base.map.setView([view[1], view[0]], view[2], { animate: false });
  }

  function rememberView() {
    const { lat, lng } = Base.map.getCenter();
    State.set({ view: [lng.toFixed(3), lat.toFixed(3), Base.map.getZoom().toFixed(2)].map(Number) });
  }

  /** On paper the map has the width of the page, and what was folded is open. */
  function print(starts) {
    document.documentElement.classList.toggle('printing', starts);
    Base.map.invalidateSize({ animate: false, pan: true });
    document.querySelectorAll(starts ? '.panel details:not([open])' : '.panel details[data-folded]').forEach(details => {
      details.open = starts;
      details.toggleAttribute('data-folded', starts);
    });
  }

  heading();
  Legend.start();
  Base.start(State.now.view);
  Shapes.start(!Many.many);
  Dots.start();
  Marks.start();
  Flows.start();
  List.start();
  Search.start();
  Facets.start();
  Panel.start();
  Base.map.on('moveend', rememberView);
  addEventListener('hashchange', followAddress);
  addEventListener('beforeprint', () => print(true));
  addEventListener('afterprint', () => print(false));
  document.querySelector('.skip').addEventListener('click', () => document.getElementById('search').focus());
  if (State.now.site !== null && State.now.view === null) Base.goTo(Sites.rowOf(State.now.site));
})();
