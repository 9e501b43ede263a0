'use strict';

/** Very many sites as plain numbers: where they lie on the map, and what a grid of cells holds at a zoom. */
const Many = (() => {
  const FEW = 120;
  const CELL = 88;
  const WORLD = 256; // pixels of the whole world at zoom 0
  const many = Sites.count > FEW;
  let points = null;

  /** Places of the signs in pixels of zoom 0 (Web Mercator). */
  function world() {
    if (points) return points;
    const { lons, lats } = Sites.places();
    const [xs, ys] = [new Float64Array(Sites.count), new Float64Array(Sites.count)];
    for (let row = 0; row < Sites.count; row += 1) {
      const sine = Math.sin((Math.max(-85.0511, Math.min(85.0511, lats[row])) * Math.PI) / 180);
      xs[row] = (lons[row] / 360 + 0.5) * WORLD;
      ys[row] = (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD;
    }
    points = { xs, ys };
    return points;
  }

  /** The box of whole cells that covers a view, with one cell to spare. */
  function covering(view) {
    const least = value => Math.floor(value / CELL) - 1;
    return { west: least(view.min.x), north: least(view.min.y), across: least(view.max.x) + 3, down: least(view.max.y) + 3 };
  }

  /** Cells in view, each with how many sites it holds, their middle, and how many there are of each value. */
  function cells(zoom, view) {
    const { west, north, across, down } = covering(view);
    const [wide, high] = [across - west, down - north];
    const layer = Layers.get(State.now.layer);
    const tally = { layer, wide, west, north, ...counters(wide * high, layer.values.length + 1) };
    count(tally, Layers.ranks(layer.key), 2 ** zoom / CELL, high);
    return Array.from(tally.counts, (held, place) => (held ? cell(tally, place) : null)).filter(Boolean);
  }

  function counters(size, values) {
    return { values, counts: new Uint32Array(size), first: new Uint32Array(size), of: new Uint32Array(size * values), x: new Float64Array(size), y: new Float64Array(size) };
  }

  /** One pass over all sites: plain loops over plain numbers, since this runs at every move. */
  function count({ wide, west, north, values, counts, first, of, x, y }, ranks, scale, high) {
    const { xs, ys } = world();
    const { misses } = Filter;
    for (let row = 0; row < xs.length; row += 1) {
      const column = Math.floor(xs[row] * scale) - west;
      const line = Math.floor(ys[row] * scale) - north;
      if (column >= 0 && line >= 0 && column < wide && line < high && misses[row] === 0) {
        const place = line * wide + column;
        if (counts[place] === 0) first[place] = row;
        counts[place] += 1;
        x[place] += xs[row];
        y[place] += ys[row];
        of[place * values + Math.min(ranks[row], values - 1)] += 1;
      }
    }
  }

  function cell({ layer, wide, west, north, values, counts, first, of, x, y }, place) {
    const own = Array.from(of.subarray(place * values, (place + 1) * values));
    return {
      column: (place % wide) + west,
      line: Math.floor(place / wide) + north,
      row: first[place],
      count: counts[place],
      x: x[place] / counts[place],
      y: y[place] / counts[place],
      of: own.slice(0, layer.values.length),
      none: own[layer.values.length],
    };
  }

  /** The sites shown in one cell. */
  function rowsIn(zoom, column, line) {
    const { xs, ys } = world();
    const scale = 2 ** zoom / CELL;
    const rows = [];
    for (let row = 0; row < xs.length; row += 1) {
      if (Math.floor(xs[row] * scale) === column && Math.floor(ys[row] * scale) === line && Filter.passes(row)) rows.push(row);
    }
    return rows;
  }

  return { many, CELL, world, cells, rowsIn };
})();
