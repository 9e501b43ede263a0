'use strict';

/** The signs on the map: one element per site, part or cluster, reachable by Tab, named aloud. */
const Marks = (() => {
  const { map } = Base;
  const SIZE = 32;
  const GAP = 35;
  const MOST_NAMES = 40;
  const marks = new Map();
  const tethers = L.layerGroup().addTo(map);
  const pen = document.createElement('canvas').getContext('2d');

  function partOf(mark) {
    return mark.part === null ? null : Sites.part(mark.row, mark.part);
  }

  function titleOf(mark) {
    const part = partOf(mark);
    return part ? `${Sites.name(mark.row)}: ${part.name}` : Sites.name(mark.row);
  }

  /** Score and band of what a sign stands for, in the layer shown. */
  function scoreOf(mark) {
    const { layer } = State.now;
    const part = partOf(mark);
    const own = part?.scores[layer];
    return own ?? { score: Sites.score(mark.row, layer), band: Sites.band(mark.row, layer) };
  }

  function worst(rows) {
    return rows.reduce((most, row) => Math.max(most, Sites.rank(row, State.now.layer)), Bands.NONE);
  }

  function spoken(mark) {
    const layer = Sites.layer(State.now.layer).title;
    if (mark.row === null) return `${mark.rows.length} sites, worst band ${Bands.title(worst(mark.rows))} (${layer})`;
    const { score, band } = scoreOf(mark);
    return `${titleOf(mark)}: ${layer} ${Sites.spoken(score, band)}`;
  }

  function signOf(mark) {
    if (mark.row === null) return Bands.symbol(worst(mark.rows), SIZE + 8, shortCount(mark.rows.length));
    const { score, band } = scoreOf(mark);
    return Bands.symbol(Bands.rank(band), SIZE, score === null ? '?' : Bands.number(score, band));
  }

  function shortCount(count) {
    return count < 1000 ? String(count) : `${Math.floor(count / 1000)}k`;
  }

  function paint(mark) {
    const icon = mark.marker.getElement();
    if (!icon) return;
    const label = mark.side && Page.make('span', { class: `label ${mark.side}`, 'aria-hidden': 'true' }, Page.words(titleOf(mark)));
    mark.element.replaceChildren(signOf(mark), ...(label ? [label] : []));
    mark.element.className = mark.row === null ? 'sign cluster' : 'sign';
    icon.setAttribute('aria-label', spoken(mark));
    icon.classList.toggle('chosen', mark.row !== null && Sites.id(mark.row) === State.now.site);
  }

  function make(mark) {
    mark.element = Page.make('div', { class: 'sign' });
    const icon = L.divIcon({ html: mark.element, className: 'mark', iconSize: [SIZE, SIZE] });
    mark.marker = L.marker(positionOf(mark), { icon, riseOnHover: true });
    mark.marker.bindTooltip(() => Page.make('div', null, Page.words(spoken(mark))), { direction: 'top', offset: [0, -SIZE / 2], className: 'tip' });
    mark.marker.on('click', () => open(mark));
    mark.marker.addTo(map);
    mark.marker.getElement().addEventListener('keydown', event => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      open(mark);
    });
  }

  function open(mark) {
    if (mark.row !== null) State.set({ site: Sites.id(mark.row) });
    else if (map.getZoom() === map.getMaxZoom()) Panel.choose(mark.rows);
    else map.fitBounds(L.latLngBounds(mark.points.map(at => map.unproject(at))), { padding: [60, 60] });
  }

  function positionOf(mark) {
    return map.unproject([mark.px, mark.py], map.getZoom());
  }

  /** Bring the signs in line with the zoom and view, keeping elements (and focus) that stay. */
  function arrange() {
    const zoom = map.getZoom();
    const signs = Places.many ? Places.clusters(zoom) : Places.spread(zoom, GAP);
    const keys = new Set(signs.map(sign => sign.key));
    marks.forEach((mark, key) => {
      if (keys.has(key)) return;
      mark.marker.remove();
      marks.delete(key);
    });
    signs.forEach(sign => {
      const mark = marks.get(sign.key);
      if (mark) Object.assign(mark, { side: null }, sign).marker.setLatLng(positionOf(mark));
      else make(marks.set(sign.key, sign).get(sign.key));
    });
    label();
    tie();
  }

  /** Names beside the signs where there is room for them. */
  function label() {
    const nodes = [...marks.values()];
    const shown = !Places.many && nodes.length <= MOST_NAMES && map.getSize().x >= 560;
    const view = map.getPixelBounds();
    if (shown) {
      pen.font = `600 13px ${getComputedStyle(document.body).fontFamily}`;
      nodes.forEach(node => { node.width = Math.min(190, pen.measureText(titleOf(node)).width + 8); });
      Layout.name(nodes, SIZE / 2, { left: view.min.x, right: view.max.x, top: view.min.y, bottom: view.max.y });
    } else nodes.forEach(node => { node.side = null; });
    nodes.forEach(paint);
  }

  /** Lines from a sign that had to move to the places it stands for. */
  function tie() {
    tethers.clearLayers();
    marks.forEach(mark => {
      if (mark.row === null) return;
      const from = L.point(mark.px, mark.py);
      mark.points.filter(point => from.distanceTo(point) > SIZE / 6).forEach(point => {
        const ends = [from, point].map(at => map.unproject(at));
        tethers.addLayer(L.polyline(ends, { interactive: false, className: 'tether' }));
      });
    });
  }

  /** Put the focus on the sign of a site; false if it has none in view. */
  function focus(row) {
    const mark = [...marks.values()].find(each => each.row === row);
    mark?.marker.getElement()?.focus();
    return Boolean(mark);
  }

  function start() {
    map.getContainer().classList.toggle('crowded', Places.many);
    arrange();
    map.on('zoomend', arrange);
    map.on('moveend', () => (Places.many ? arrange() : label()));
    map.on('resize', label);
    State.listen(news => { if ('layer' in news || 'site' in news) marks.forEach(paint); });
  }

  return { start, focus };
})();
