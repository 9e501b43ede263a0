'use strict';

/** Which signs stand where at a zoom: one per site or part where there is room, one for all of a crowd. */
const Places = (() => {
  const { map } = Base;
  const NEAR = 40;
  const ROOM = 23; // half of what a sign for several takes with its ring
  const REACH = 34; // a sign that would stand further from its place joins its neighbour
  const anchors = [];

  function anchorsOf(row) {
    anchors[row] ??= Sites.anchors(row);
    return anchors[row];
  }

  function pixel([lon, lat], zoom) {
    return map.project([lat, lon], zoom);
  }

  function middle(points) {
    const sum = points.reduce((total, point) => total.add(point), L.point(0, 0));
    return sum.divideBy(points.length);
  }

  /** Signs of a site: its parts one by one where they can be told apart, else one for all. */
  function signsOf(row, zoom) {
    const points = anchorsOf(row).map(({ at }) => pixel(at, zoom));
    if (points.length === 0) return [];
    const apart = points.every((one, a) => points.every((other, b) => a === b || one.distanceTo(other) > NEAR));
    if (apart && points.length > 1) {
      return anchorsOf(row).map(({ part }, place) => sign(row, part, [points[place]]));
    }
    return [sign(row, null, points)];
  }

  function sign(row, part, points) {
    const { x, y } = middle(points);
    return { key: `${row}/${part ?? ''}`, row, part, rows: [row], points, x, y };
  }

  function crowd(members) {
    const rows = [...new Set(members.flatMap(each => each.rows))];
    if (rows.length === 1 && members.length === 1) return members[0];
    const points = members.flatMap(each => each.points);
    const { x, y } = middle(members.map(each => L.point(each.x, each.y)));
    return { key: `+${rows.join('+')}`, row: null, part: null, rows, points, x, y, room: ROOM };
  }

  /** Join each sign that had to go too far with the one whose place is nearest to its own. */
  function joined(signs, strayed) {
    const left = new Set(signs);
    strayed.forEach(one => {
      if (!left.delete(one)) return;
      const nearest = [...left].reduce((best, other) => (away(one, other) < away(one, best) ? other : best));
      left.delete(nearest);
      left.add(crowd([one, nearest]));
    });
    return [...left];
  }

  function away(one, other) {
    return Math.hypot(one.x - other.x, one.y - other.y);
  }

  function spread(zoom, gap) {
    const rows = Array.from({ length: Sites.count }, (_, row) => row).filter(Filter.passes);
    let signs = rows.flatMap(row => signsOf(row, zoom));
    for (;;) {
      Layout.separate(signs, gap);
      const strayed = signs.filter(({ x, y, px, py }) => Math.hypot(px - x, py - y) > REACH);
      if (strayed.length === 0 || signs.length === 1) return signs;
      signs = joined(signs, strayed);
    }
  }

  /** Signs and clusters in view, with a margin so that a small move shows no gap. */
  function clusters(zoom) {
    return Many.cells(zoom, map.getPixelBounds()).map(cell => cluster(cell, zoom));
  }

  function cluster(cell, zoom) {
    const [x, y] = [cell.x * 2 ** zoom, cell.y * 2 ** zoom];
    if (cell.count === 1) return { key: `${cell.row}/`, row: cell.row, part: null, points: [L.point(x, y)], px: x, py: y };
    const inside = (value, place) => Math.min(Math.max(value, (place + 0.3) * Many.CELL), (place + 0.7) * Many.CELL);
    const [px, py] = [inside(x, cell.column), inside(y, cell.line)];
    return { key: `${zoom}/${cell.column}:${cell.line}`, row: null, part: null, cell, zoom, px, py };
  }

  return { spread, clusters };
})();
