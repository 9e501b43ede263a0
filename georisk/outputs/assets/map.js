'use strict';

/** Puts the page together: heading, layers, legend, and the pieces defined before. */
(() => {
  const { data, make, words, link } = Page;
  const put = (name, ...children) => document.querySelector(name).replaceChildren(...children);

  function heading() {
    put('h1', words(data.title));
    const projection = data.projection ? make('span', { class: 'tag' }, 'Projection') : null;
    put('.clocks', 'As of ', words(data.as_of), ' · known by ', words(data.known_by), ...(projection ? [' ', projection] : []));
    put('.links', ...data.links.map(({ title, href }) => make('li', null, link(href, title))));
    put('.method', 'Method ', words(data.method.version), ' (', words(data.method.fingerprint.slice(0, 12)), ')');
  }

  function layerChoice(layer) {
    const radio = make('input', { type: 'radio', name: 'layer', value: layer.key, checked: layer.key === State.now.layer });
    radio.addEventListener('change', () => State.set({ layer: layer.key }));
    return make('label', null, radio, make('span', null, words(layer.title)));
  }

  function legendRow(rank, range, counts) {
    return make(
      'li',
      { class: Bands.style(rank) },
      Bands.symbol(rank, 22),
      make('span', { class: 'title' }, words(Bands.title(rank))),
      make('span', { class: 'range' }, range),
      make('span', { class: 'count-of' }, String(counts.get(rank) ?? 0), make('span', { class: 'hidden-text' }, ' sites')),
    );
  }

  function legend() {
    const layer = Sites.layer(State.now.layer);
    const counts = new Map();
    for (let row = 0; row < Sites.count; row += 1) {
      const rank = Sites.rank(row, layer.key);
      counts.set(rank, (counts.get(rank) ?? 0) + 1);
    }
    put('.legend h2', words(layer.title));
    put('.question', words(layer.question));
    put('.bands', ...Bands.all.map(({ low, high }, rank) => legendRow(rank, `${low}–${high}`, counts)), legendRow(Bands.NONE, '', counts));
  }

  function followAddress() {
    const asked = State.read();
    State.set({ layer: asked.layer, site: asked.site });
    document.querySelectorAll('[name="layer"]').forEach(radio => { radio.checked = radio.value === asked.layer; });
    if (asked.view) Base.map.setView([asked.view[1], asked.view[0]], asked.view[2], { animate: false });
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
  put('.layer-choices', ...Sites.layers.map(layerChoice));
  legend();
  State.listen(news => { if ('layer' in news) legend(); });
  Base.start(State.now.view);
  Shapes.start(!Places.many);
  Dots.start();
  Marks.start();
  List.start();
  Search.start();
  Panel.start();
  Base.map.on('moveend', rememberView);
  addEventListener('hashchange', followAddress);
  addEventListener('beforeprint', () => print(true));
  addEventListener('afterprint', () => print(false));
  document.querySelector('.skip').addEventListener('click', () => document.getElementById('search').focus());
  if (State.now.site !== null && State.now.view === null) Base.goTo(Sites.rows.get(State.now.site));
})();
