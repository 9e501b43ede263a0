'use strict';

/** Which sites are shown: by band, stage, commodity, country and owner, all at once. */
const Filter = (() => {
  const { count } = Sites;
  const made = new Map();
  const misses = new Uint8Array(count); // one bit for each facet that a site does not meet
  let met = count;

  /** The layer whose bands are filtered by: the score shown, or the composite beside words. */
  function bandLayer() {
    const layer = Layers.get(State.now.layer);
    return layer.scored ? layer : Layers.all[0];
  }

  function titlesOf(key) {
    const layer = Layers.all.find(each => each.key === key);
    return new Map((layer?.values ?? []).map(value => [value.key, value.title]));
  }

  function open(facet) {
    if (facet === 'band') {
      const layer = bandLayer();
      return { options: layer.values.map(({ key, title }) => ({ key, title })), codes: Layers.ranks(layer.key) };
    }
    if (!made.has(facet)) made.set(facet, FACETS[facet]());
    return made.get(facet);
  }

  const FACETS = {
    stage: () => single(Sites.column('stage'), titlesOf('stage')),
    commodity: () => several('commodity_groups', titlesOf('commodity')),
    country: () => several('country', new Map(), 'country_names'),
    owner: () => several('owner_names', new Map()),
  };

  /** A column with one value a site. */
  function single(column, titles) {
    const places = new Map();
    collect(column, count, places);
    return { options: options(places, titles), codes: Columns.codes(column, count, places) };
  }

  function collect(column, rows, places) {
    const texts = 'c' in column ? [column.c] : column.d ?? Array.from({ length: rows }, (_, row) => Columns.at(column, row));
    texts.forEach(text => { if (text !== null && !places.has(text)) places.set(text, places.size); });
  }

  /** A column with a list of values a site: all of them on end, and where each site's begin. */
  function several(name, titles, named) {
    const column = Sites.column(name);
    if (column.l?.c === 1) return single(column.e, name === 'country' ? pairs(column.e, Sites.column(named).e) : titles);
    const [places, codes, starts] = [new Map(), [], new Uint32Array(count + 1)];
    for (let row = 0; row < count; row += 1) {
      const names = named ? Sites.field(row, named) : [];
      (Columns.at(column, row) ?? []).forEach((text, place) => {
        if (!places.has(text)) places.set(text, places.size);
        if (names[place]) titles.set(text, names[place]);
        codes.push(places.get(text));
      });
      starts[row + 1] = codes.length;
    }
    return { options: options(places, titles), codes: Uint16Array.from(codes), starts };
  }

  function pairs(codes, names) {
    const found = new Map();
    for (let row = 0; row < count && found.size < 300; row += 1) found.set(Columns.at(codes, row), Columns.at(names, row));
    return found;
  }

  function options(places, titles) {
    return [...places.keys()].map(key => ({ key, title: titles.get(key) ?? key }));
  }

  /** Whether a site has one of the values marked in `chosen`. */
  function meets({ codes, starts }, chosen, row) {
    if (!starts) return chosen[codes[row]] === 1;
    for (let place = starts[row]; place < starts[row + 1]; place += 1) if (chosen[codes[place]]) return true;
    return false;
  }

  /** Values asked for that some site can have; others are passed over. */
  function chosenIn(facet) {
    const asked = new Set(State.now.filters[facet] ?? []);
    return asked.size ? open(facet).options.map(({ key }) => Number(asked.has(key))) : [];
  }

  function apply() {
    misses.fill(0);
    State.FACETS.forEach((facet, bit) => {
      const chosen = chosenIn(facet);
      if (!chosen.includes(1)) return;
      const of = open(facet);
      for (let row = 0; row < count; row += 1) if (!meets(of, chosen, row)) misses[row] |= 1 << bit;
    });
    met = misses.reduce((sum, missed) => sum + Number(missed === 0), 0);
  }

  /** The values of a facet with how many sites would show, given the other facets. */
  function offered(facet) {
    const { options, codes, starts } = open(facet);
    const own = 1 << State.FACETS.indexOf(facet);
    const counts = new Uint32Array(options.length + 1);
    for (let row = 0; row < count; row += 1) {
      if (misses[row] & ~own) continue;
      if (!starts) counts[Math.min(codes[row], options.length)] += 1;
      else new Set(codes.subarray(starts[row], starts[row + 1])).forEach(code => { counts[code] += 1; });
    }
    const asked = new Set(State.now.filters[facet] ?? []);
    return options.map((option, place) => ({ ...option, count: counts[place], chosen: asked.has(option.key) }));
  }

  function set(facet, values) {
    const { [facet]: _, ...rest } = State.now.filters;
    State.set({ filters: values.length ? { ...rest, [facet]: values } : rest });
  }

  State.listen(news => { if ('filters' in news || ('layer' in news && State.now.filters.band)) apply(); });
  apply();
  return {
    bandLayer, offered, set, misses,
    passes: row => misses[row] === 0,
    changes: news => 'filters' in news || ('layer' in news && Boolean(State.now.filters.band)),
    get met() { return met; },
    clear: () => State.set({ filters: {} }),
  };
})();
