'use strict';

/** Which signs stand where at a zoom: one per site or part while sites are few, clusters where they are many. */
const Places = (() => {
  const { map } = Base;
  const FEW = 120;
  const NEAR = 40;
  const CELL = 72;
  const many = Sites.count > FEW;
  const cells = new Map();
  const anchors = Array.from({ length: Sites.count }, (_, row) => Sites.anchors(row));

  function pixel([lon, lat], zoom) {
    return map.project([lat, lon], zoom);
  }

  function middle(points) {
    const sum = points.reduce((total, point) => total.add(point), L.point(0, 0));
    return sum.divideBy(points.length);
  }

  /** Signs of a site: its parts one by one where they can be told apart, else one for all. */
  function signsOf(row, zoom) {
    const points = anchors[row].map(({ at }) => pixel(at, zoom));
    if (points.length === 0) return [];
    const apart = points.every((one, a) => points.every((other, b) => a === b || one.distanceTo(other) > NEAR));
    if (apart && points.length > 1) {
      return anchors[row].map(({ part }, place) => sign(row, part, [points[place]]));
    }
    return [sign(row, null, points)];
  }

  function sign(row, part, points) {
    const { x, y } = middle(points);
    return { key: `${row}/${part ?? ''}`, row, part, rows: [row], points, x, y };
  }

  function spread(zoom, gap) {
    const signs = anchors.flatMap((_, row) => signsOf(row, zoom));
    Layout.separate(signs, gap);
    return signs;
  }

  /** All sites of a zoom by square cell, made once per zoom. */
  function gridAt(zoom) {
    if (cells.has(zoom)) return cells.get(zoom);
    const grid = new Map();
    anchors.forEach((places, row) => {
      if (places.length === 0) return;
      const at = pixel(places[0].at, zoom);
      const key = `${Math.floor(at.x / CELL)}:${Math.floor(at.y / CELL)}`;
      if (grid.has(key)) grid.get(key).push({ row, at });
      else grid.set(key, [{ row, at }]);
    });
    cells.set(zoom, grid);
    return grid;
  }

  /** Signs and clusters in view, with a margin so that a small move shows no gap. */
  function clusters(zoom) {
    const view = map.getPixelBounds();
    const [low, high] = [view.min.subtract([CELL * 2, CELL * 2]), view.max.add([CELL * 2, CELL * 2])];
    const grid = gridAt(zoom);
    const signs = [];
    for (let column = Math.floor(low.x / CELL); column <= high.x / CELL; column += 1) {
      for (let line = Math.floor(low.y / CELL); line <= high.y / CELL; line += 1) {
        const held = grid.get(`${column}:${line}`);
        if (held) signs.push(cluster(held, `${zoom}/${column}:${line}`, column, line));
      }
    }
    return signs;
  }

  function cluster(held, key, column, line) {
    const points = held.map(each => each.at);
    const rows = held.map(each => each.row);
    if (rows.length === 1) return { ...sign(rows[0], null, points), px: points[0].x, py: points[0].y };
    const inside = (value, cell) => Math.min(Math.max(value, (cell + 0.3) * CELL), (cell + 0.7) * CELL);
    const { x, y } = middle(points);
    const [px, py] = [inside(x, column), inside(y, line)];
    return { key, row: null, part: null, rows, points, x: px, y: py, px, py };
  }

  return { many, anchors, spread, clusters };
})();
