'use strict';

/** Countries as outlines, at two levels of detail, shaded by how risky they are when asked. */
const Land = (() => {
  const PER_DEGREE = 100;
  const NEAR = Sites.count > 1000 ? 5 : 3.75; // zoom from which the finer outlines are drawn
  const hosts = new Set(Page.data.sites.hosts);
  const { basemap, detail, countries } = Page.data;
  const levels = new Map();
  let shown = null;

  /** Read one ring of the polyline encoding; points are [latitude, longitude]. */
  function ring(text) {
    const points = [];
    const at = [0, 0];
    let axis = 0;
    let value = 0;
    let shift = 0;
    for (let place = 0; place < text.length; place += 1) {
      const bits = text.charCodeAt(place) - 63;
      value |= (bits & 31) << shift;
      shift += 5;
      if (bits < 32) {
        at[axis] += value & 1 ? ~(value >> 1) : value >> 1;
        if (axis === 1) points.push([at[1] / PER_DEGREE, at[0] / PER_DEGREE]);
        axis = 1 - axis;
        value = 0;
        shift = 0;
      }
    }
    return points;
  }

  function level(near) {
    const source = near && detail ? detail : basemap;
    if (!levels.has(source)) levels.set(source, { source, group: null });
    return levels.get(source);
  }

  function lookOf(code) {
    const part = State.now.also.includes('shade') ? countries[code] : undefined;
    return `land${hosts.has(code) ? ' host' : ''}${part ? ` shaded ${Bands.style(Bands.rank(part.band))}` : ''}`;
  }

  function group(of, renderer) {
    const paths = of.source.iso3.flatMap((code, place) => {
      if (code === 'ATA' && !hosts.has('ATA')) return [];
      const path = L.polygon(of.source.rings[place].map(ring), { pane: 'land', renderer, interactive: false, className: lookOf(code) });
      path.code = code;
      return [path];
    });
    return L.layerGroup(paths);
  }

  function draw(map, renderer) {
    const wanted = level(map.getZoom() >= NEAR);
    if (wanted === shown) return;
    wanted.group ??= group(wanted, renderer);
    map.addLayer(wanted.group);
    if (shown) map.removeLayer(shown.group);
    shown = wanted;
    paint();
  }

  function paint() {
    shown.group.eachLayer(path => path.getElement()?.setAttribute('class', lookOf(path.code)));
  }

  /** Middle of the largest outline of a country as [longitude, latitude], or null; where lines to a site begin. */
  function home(code) {
    const source = detail ?? basemap;
    const place = source.iso3.indexOf(code);
    if (place < 0) return null;
    const sized = source.rings[place].map(ring).map(points => ({ points, size: Math.abs(area(points)) }));
    const { points, size } = sized.reduce((best, one) => (one.size > best.size ? one : best));
    return size > 0 ? centre(points) : [points[0][1], points[0][0]];
  }

  function turns(points) {
    return points.slice(1).map(([lat, lon], place) => {
      const [before, left] = points[place];
      return { turn: left * lat - lon * before, lon: left + lon, lat: before + lat };
    });
  }

  function area(points) {
    return turns(points).reduce((sum, { turn }) => sum + turn / 2, 0);
  }

  function centre(points) {
    const six = 6 * area(points);
    const mean = axis => turns(points).reduce((sum, one) => sum + one.turn * one[axis], 0) / six;
    return [mean('lon'), mean('lat')];
  }

  function name(code) {
    const source = detail ?? basemap;
    return source.name[source.iso3.indexOf(code)] ?? code;
  }

  function start(map, renderer) {
    draw(map, renderer);
    map.on('zoomend', () => draw(map, renderer));
    State.listen(news => { if ('also' in news) paint(); });
  }

  return { start, home, name };
})();
