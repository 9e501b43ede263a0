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

  /** The name as a label: without what stands in brackets or after a comma. */
  function shortTitle(mark) {
    return titleOf(mark).split(/ \(|, /)[0];
  }

  function hasChanged(mark) {
    return mark.row !== null && !Many.many && Sites.field(mark.row, 'changed') !== null;
  }

  /** Score and band of what a sign stands for, in the layer shown. */
  function scoreOf(mark) {
    const { layer } = State.now;
    const part = partOf(mark);
    const own = part?.scores[layer];
    return own ?? { score: Sites.score(mark.row, layer), band: Sites.band(mark.row, layer) };
  }

  /** What a cluster shows in the layer, and how many sites it holds. */
  function gathered(mark, layer) {
    if (mark.cell) return { rank: Layers.gathered(layer, mark.cell.of, mark.cell.none), count: mark.cell.count };
    const ranks = mark.rows.map(row => Layers.rank(row, layer.key));
    const counts = layer.values.map((_, place) => ranks.filter(rank => rank === place).length);
    const unknown = ranks.filter(rank => rank === Bands.NONE).length;
    return { rank: Layers.gathered(layer, counts, unknown), count: mark.rows.length };
  }

  function spoken(mark) {
    const layer = Layers.get(State.now.layer);
    if (mark.row !== null) return `${titleOf(mark)}: ${layer.title} ${valueOf(mark, layer)}`;
    const { rank, count } = gathered(mark, layer);
    const how = layer.scored ? 'worst band' : layer.ordered ? 'with' : 'mostly';
    return `${count} sites, ${how} ${Layers.title(layer, rank)} (${layer.title})`;
  }

  function valueOf(mark, layer) {
    if (!layer.scored) return Layers.title(layer, Layers.rank(mark.row, layer.key));
    const { score, band } = scoreOf(mark);
    return Sites.spoken(score, band);
  }

  function signOf(mark) {
    const layer = Layers.get(State.now.layer);
    if (mark.row === null) {
      const { rank, count } = gathered(mark, layer);
      return Layers.symbol(layer, rank, SIZE + 6, shortCount(count));
    }
    if (!layer.scored) return Layers.symbol(layer, Layers.rank(mark.row, layer.key), SIZE);
    const { score, band } = scoreOf(mark);
    return Bands.symbol(Bands.rank(band), SIZE, score === null ? '?' : Bands.number(score, band));
  }

  function shortCount(count) {
    return count < 1000 ? String(count) : `${Math.floor(count / 1000)}k`; // "9k" is nine thousand or more
  }

  function paint(mark) {
    const icon = mark.marker.getElement();
    if (!icon) return;
    const label = mark.side && Page.make('span', { class: `label ${mark.side}`, 'aria-hidden': 'true' }, Page.words(shortTitle(mark)));
    const dot = hasChanged(mark) ? [Page.make('span', { class: 'moved', 'aria-hidden': 'true' })] : [];
    mark.element.replaceChildren(signOf(mark), ...dot, ...(label ? [label] : []));
    mark.element.className = mark.row === null ? 'sign cluster' : 'sign';
    icon.setAttribute('aria-label', spoken(mark));
    icon.classList.toggle('chosen', mark.row !== null && Sites.id(mark.row) === State.now.site);
  }

  /** Where signs are many, only those are made anew that stand for something else than before. */
  function paintOnce(mark) {
    const shown = `${State.now.layer} ${mark.key} ${mark.cell?.count ?? ''} ${mark.cell?.of ?? ''}`;
    if (mark.element.shown === shown) return;
    mark.element.shown = shown;
    paint(mark);
  }

  /** A marker on the map; which sign it shows may change, so that a zoom need not make all of them anew. */
  function make() {
    const element = Page.make('div', { class: 'sign' });
    const icon = L.divIcon({ html: element, className: 'mark', iconSize: [SIZE, SIZE] });
    const marker = L.marker([0, 0], { icon, riseOnHover: true });
    marker.bindTooltip(() => Page.make('div', null, Page.words(spoken(marker.sign))), { direction: 'top', offset: [0, -SIZE / 2], className: 'tip' });
    marker.on('click', () => open(marker.sign));
    marker.once('add', () => marker.getElement().addEventListener('keydown', event => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      open(marker.sign);
    }));
    return { marker, element };
  }

  function place(mark) {
    mark.marker.sign = mark;
    mark.marker.setLatLng(positionOf(mark));
    if (!map.hasLayer(mark.marker)) mark.marker.addTo(map);
  }

  function open(mark) {
    if (mark.row !== null) {
      State.set({ site: Sites.id(mark.row) });
      return;
    }
    const rows = mark.rows ?? Many.rowsIn(mark.zoom, mark.cell.column, mark.cell.line);
    const { lons, lats } = Sites.places();
    const bounds = L.latLngBounds(rows.map(row => [lats[row], lons[row]]));
    const nearest = map.getBoundsZoom(bounds.pad(0.3));
    if (map.getZoom() >= map.getMaxZoom() || (!Many.many && nearest >= map.getMaxZoom())) Panel.choose(rows);
    else map.fitBounds(bounds, { padding: [70, 70] });
  }

  function positionOf(mark) {
    return map.unproject([mark.px, mark.py], map.getZoom());
  }

  /** Bring the signs in line with the zoom and view, keeping elements (and focus) that stay. */
  function arrange() {
    const zoom = map.getZoom();
    const signs = Many.many ? Places.clusters(zoom) : Places.spread(zoom, GAP);
    const keys = new Set(signs.map(sign => sign.key));
    const spare = [];
    marks.forEach((mark, key) => {
      if (keys.has(key)) return;
      spare.push(mark);
      marks.delete(key);
    });
    signs.forEach(sign => {
      const held = marks.get(sign.key) ?? spare.pop() ?? make();
      const { marker, element } = held;
      marks.set(sign.key, { side: null, ...sign, marker, element });
      place(marks.get(sign.key));
    });
    spare.forEach(({ marker }) => marker.remove());
    label();
    tie();
  }

  /** Names beside the signs where there is room for them. */
  function label() {
    if (Many.many) {
      marks.forEach(paintOnce);
      return;
    }
    const nodes = [...marks.values()];
    const shown = nodes.length <= MOST_NAMES && map.getSize().x >= 560;
    const view = map.getPixelBounds();
    if (shown) {
      pen.font = `600 13px ${getComputedStyle(document.body).fontFamily}`;
      nodes.filter(node => node.row !== null).forEach(node => { node.width = Math.min(220, pen.measureText(shortTitle(node)).width + 9); });
      Layout.name(nodes, SIZE / 2 + 1, { left: view.min.x, right: view.max.x, top: view.min.y, bottom: view.max.y });
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
    map.getContainer().classList.toggle('crowded', Many.many);
    arrange();
    map.on('zoomend', () => { if (!Many.many) arrange(); });
    map.on('moveend', () => (Many.many ? arrange() : label()));
    map.on('resize', label);
    State.listen(news => {
      if (Filter.changes(news) || (Many.many && 'layer' in news)) arrange();
      else if ('layer' in news || 'site' in news) marks.forEach(paint);
    });
  }

  return { start, focus };
})();
