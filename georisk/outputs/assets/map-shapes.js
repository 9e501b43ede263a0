'use strict';

/** Lines, areas, points and the doubt about them, drawn in their places. */
const Shapes = (() => {
  const { map } = Base;
  const KM_ACROSS = 40075.017;
  const drawn = new Map();
  const casings = new Set();

  function latLngs(track) {
    return track.map(([lon, lat]) => [lat, lon]);
  }

  function styleOf(row, shape) {
    const layer = Layers.get(State.now.layer);
    const part = layer.scored ? Sites.part(row, shape.part) : null;
    return Layers.style(layer, part ? Bands.rank(part.scores[layer.key]?.band) : Layers.rank(row, layer.key));
  }

  /** A path whose look is its class, so that layers and colour schemes switch without redrawing. */
  function classed(path, row, shape, look) {
    path.on('add', () => paint(path));
    path.look = () => `${look}${shape.planned ? ' planned' : ''} ${styleOf(row, shape)}`;
    return path;
  }

  function paint(path) {
    const kept = path.options.interactive ? 'leaflet-interactive ' : '';
    path.getElement()?.setAttribute('class', kept + path.look());
  }

  function doubtOf(shape) {
    const { precision_km: km } = shape;
    if (!(km > 0)) return [];
    const tracks = Sites.tracks(shape.geometry).map(latLngs);
    if (Sites.kindOf(shape.geometry) === 'LineString') return tracks.map(track => casing(track, km));
    const centres = Sites.kindOf(shape.geometry) === 'Polygon' ? [L.latLngBounds(tracks[0]).getCenter()] : tracks.flat();
    return centres.map(centre => L.circle(centre, { radius: km * 1000, interactive: false, className: 'doubt' }));
  }

  /** A band as wide as the doubt about a line; its width follows the zoom. */
  function casing(track, km) {
    const line = L.polyline(track, { interactive: false, className: 'casing', weight: 1, smoothFactor: 0 });
    line.doubt = { km, lat: track[Math.floor(track.length / 2)][0] };
    line.on('add', () => { casings.add(line); widen(line); });
    line.on('remove', () => casings.delete(line));
    return line;
  }

  function widen(line) {
    const { km, lat } = line.doubt;
    const kmPerPixel = (KM_ACROSS * Math.cos((lat * Math.PI) / 180)) / (256 * 2 ** map.getZoom());
    line.setStyle({ weight: Math.min(400, (2 * km) / kmPerPixel) });
  }

  function pathsOf(row, shape) {
    const kind = Sites.kindOf(shape.geometry);
    const tracks = Sites.tracks(shape.geometry).map(latLngs);
    if (kind === 'Point') {
      return tracks.flat().map(at => classed(L.circleMarker(at, { radius: 3.5, interactive: false }), row, shape, 'shape dot'));
    }
    const path = kind === 'Polygon'
      ? classed(L.polygon(tracks, { smoothFactor: 0.3 }), row, shape, 'shape area')
      : classed(L.polyline(tracks), row, shape, 'shape line');
    path.bindTooltip(() => Page.make('div', null, Page.words(captionOf(row, shape))), { sticky: true, className: 'tip' });
    path.on('click', event => {
      L.DomEvent.stop(event);
      State.set({ site: Sites.id(row) });
    });
    const outlined = kind === 'LineString' && !shape.planned;
    return outlined ? [L.polyline(tracks, { interactive: false, className: 'shape outline' }), path] : [path];
  }

  function captionOf(row, shape) {
    const part = Sites.part(row, shape.part);
    return [Sites.name(row), part?.name, shape.caption].filter(Boolean).join(' · ');
  }

  function draw(row) {
    if (drawn.has(row)) return;
    const isPoint = shape => Number(Sites.kindOf(shape.geometry) === 'Point');
    const shapes = [...Sites.shapes(row)].sort((a, b) => isPoint(a) - isPoint(b)); // points lie on top
    const group = L.featureGroup([...shapes.flatMap(doubtOf), ...shapes.flatMap(shape => pathsOf(row, shape))]);
    drawn.set(row, group.addTo(map));
  }

  function erase(row) {
    drawn.get(row)?.remove();
    drawn.delete(row);
  }

  function repaint() {
    drawn.forEach(group => group.eachLayer(path => path.look && paint(path)));
  }

  /** Draw the sites shown; where they are many, only those that are more than a point. */
  function follow(all) {
    for (let row = 0; row < Sites.count; row += 1) {
      if (Filter.passes(row) && (all || Sites.isExtended(row))) draw(row);
      else erase(row);
    }
  }

  function start(all) {
    if (!all && !Sites.anyExtended()) return;
    follow(all);
    map.on('zoomend', () => casings.forEach(widen));
    State.listen(news => {
      if (Filter.changes(news)) follow(all);
      if ('layer' in news) repaint();
    });
  }

  return { start };
})();
