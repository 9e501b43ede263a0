'use strict';

/** The sites: one at a time when opened, by column where all are looked through. */
const Sites = (() => {
  const { count } = Page.data.sites;
  const table = Columns.open(Page.data.sites.of);
  const layers = Page.data.layers.map((layer, place) => ({ ...layer, short: layer.short ?? (place ? layer.title : 'All') }));
  const column = name => Columns.key(table, name);

  const ids = column('id');
  const names = column('name');
  const aliases = column('aliases');
  const shapes = column('shapes');
  const groups = column('groups');
  const scores = new Map(layers.map(layer => {
    const of = Columns.key(column('scores'), layer.key);
    return [layer.key, { score: Columns.key(of, 'score'), band: Columns.key(of, 'band') }];
  }));
  const parts = new Map();
  const drawn = [];
  let rows = null;

  /** The row of an id; the index is made when it is first asked for. */
  function rowOf(wanted) {
    rows ??= new Map(Array.from({ length: count }, (_, row) => [Columns.at(ids, row), row]));
    return rows.get(wanted);
  }

  const id = row => Columns.at(ids, row);
  const name = row => Columns.at(names, row);
  const field = (row, key) => Columns.at(column(key), row);
  const score = (row, layer) => Columns.at(scores.get(layer).score, row);
  const band = (row, layer) => Columns.at(scores.get(layer).band, row);
  const rank = (row, layer) => Bands.rank(band(row, layer));

  /** The shapes of a site; kept, since bounds, signs and drawing all ask for them. */
  function shapesOf(row) {
    drawn[row] ??= Columns.at(shapes, row);
    return drawn[row];
  }

  /** Longitudes and latitudes of the places where signs stand, NaN for a site without one. */
  const places = (() => {
    let made = null;
    return () => {
      made ??= simple ?? each();
      return made;
    };
  })();

  /** Where every site is one point the coordinates are read as they came. */
  const simple = (() => {
    const geometry = shapes.l?.c === 1 ? shapes.e.o?.geometry?.o : null;
    if (geometry?.type.c !== 'Point' || geometry.coordinates.l?.c !== 2) return null;
    const both = Columns.numbers(geometry.coordinates.e, 2 * count);
    const half = start => Float64Array.from({ length: count }, (_, row) => both[2 * row + start]);
    return { lons: half(0), lats: half(1) };
  })();

  function each() {
    const [lons, lats] = [new Float64Array(count).fill(NaN), new Float64Array(count).fill(NaN)];
    for (let row = 0; row < count; row += 1) {
      const [first] = anchors(row);
      if (first) [lons[row], lats[row]] = first.at;
    }
    return { lons, lats };
  }

  function layer(key) {
    return layers.find(each => each.key === key);
  }

  /** How a score reads aloud: "63, high", or "not scored". */
  function spoken(score, band) {
    return score === null ? 'not scored' : `${Bands.number(score, band)}, ${Bands.title(Bands.rank(band))}`;
  }

  function kindOf(geometry) {
    return geometry.type.replace('Multi', '');
  }

  /** All points, or all lines, or all rings of a geometry: lists of [longitude, latitude]. */
  function tracks(geometry) {
    const { type, coordinates } = geometry;
    if (type === 'Point') return [[coordinates]];
    if (type === 'MultiPolygon') return coordinates.flat();
    return type === 'MultiPoint' || type === 'LineString' ? [coordinates] : coordinates;
  }

  function longest(lines) {
    return lines.reduce((best, line) => (line.length > best.length ? line : best), []);
  }

  function centre(ring) {
    const bounds = L.latLngBounds(ring.map(([lon, lat]) => [lat, lon]));
    return [bounds.getCenter().lng, bounds.getCenter().lat];
  }

  /** Where the signs of a site stand: each part that is a point, else one place. */
  function anchors(row) {
    const all = shapesOf(row);
    const points = all.filter(shape => kindOf(shape.geometry) === 'Point' && !shape.planned);
    const parts = points.filter(shape => shape.part !== null);
    if (parts.length > 1) {
      return parts.map(shape => ({ part: shape.part, at: tracks(shape.geometry)[0][0] }));
    }
    const of = kind => all.filter(shape => kindOf(shape.geometry) === kind && !shape.planned)
      .flatMap(shape => tracks(shape.geometry));
    const line = longest(of('LineString'));
    const ring = longest(of('Polygon'));
    if (line.length) return [{ part: null, at: line[Math.floor(line.length / 2)] }];
    if (ring.length) return [{ part: null, at: centre(ring) }];
    const rest = points.length ? points : all;
    return rest.length ? [{ part: null, at: tracks(rest[0].geometry)[0][0] }] : [];
  }

  const known = new Map();

  /** The scores of a layer, NaN where there is none. */
  function values(key) {
    if (!known.has(key)) known.set(key, Columns.numbers(scores.get(key).score, count));
    return known.get(key);
  }

  /** The rows in order of a score, highest first, unscored last; or by name. */
  function ordered(by) {
    const order = Uint32Array.from({ length: count }, (_, row) => row);
    if (by === 'name') {
      const { compare } = new Intl.Collator('en', { numeric: true });
      const all = Array.from(order, name);
      return order.sort((a, b) => compare(all[a], all[b]));
    }
    const of = Float64Array.from(values(by), value => (Number.isNaN(value) ? -1 : value));
    return order.sort((a, b) => of[b] - of[a] || a - b);
  }

  /** A part of a site by its id, or null. */
  function part(row, id) {
    if (id === null) return null;
    if (!parts.has(row)) parts.set(row, field(row, 'parts'));
    return parts.get(row).find(each => each.id === id) ?? null;
  }

  /** Whether a site is drawn as more than one point. */
  function isExtended(row) {
    const all = shapesOf(row);
    return all.length > 1 || all.some(shape => shape.geometry.type !== 'Point');
  }

  /** Whether any site is more than one point: then shapes are drawn even where sites are many. */
  const anyExtended = () => simple === null;

  return {
    values, places, column, anyExtended,
    scoreColumn: key => scores.get(key),
    groupColumn: key => Columns.key(groups, key),
    part, isExtended, count, layers, layer, rowOf, id, name, field, score, band, rank, spoken, anchors, ordered, kindOf, tracks,
    whole: row => Columns.at(table, row),
    shapes: shapesOf,
    aliases: row => Columns.at(aliases, row),
  };
})();
