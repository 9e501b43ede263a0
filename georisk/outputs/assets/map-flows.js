'use strict';

/** Great-circle lines from the countries of owners and lenders to their sites, drawn when asked for. */
const Flows = (() => {
  const { map } = Base;
  const STEPS = 48;
  const RADIANS = Math.PI / 180;
  const KINDS = { owners: { kind: 'owner', verb: 'owned from' }, lenders: { kind: 'lender', verb: 'financed from' } };
  const drawn = L.layerGroup();

  function vector([lon, lat]) {
    const [a, b] = [lon * RADIANS, lat * RADIANS];
    return [Math.cos(b) * Math.cos(a), Math.cos(b) * Math.sin(a), Math.sin(b)];
  }

  /** Points of the shortest way over the globe, [longitude, latitude]. */
  function circle(from, to) {
    const [one, other] = [vector(from), vector(to)];
    const angle = Math.acos(Math.min(1, Math.max(-1, one.reduce((sum, value, axis) => sum + value * other[axis], 0))));
    if (angle < 1e-6) return [from, to];
    return Array.from({ length: STEPS + 1 }, (_, step) => {
      const [a, b] = [Math.sin((1 - step / STEPS) * angle), Math.sin((step / STEPS) * angle)];
      const [x, y, z] = one.map((value, axis) => (a * value + b * other[axis]) / Math.sin(angle));
      return [Math.atan2(y, x) / RADIANS, Math.atan2(z, Math.hypot(x, y)) / RADIANS];
    });
  }

  /** Cut where a line leaves the map at one side of the 180th meridian and comes back at the other. */
  function cut(points) {
    const pieces = [[points[0]]];
    for (let place = 1; place < points.length; place += 1) {
      const [before, after] = [points[place - 1], points[place]];
      if (Math.abs(after[0] - before[0]) > 180) {
        const side = before[0] > 0 ? 180 : -180;
        const share = (side - before[0]) / (after[0] + 2 * side - before[0]);
        const lat = before[1] + share * (after[1] - before[1]);
        pieces[pieces.length - 1].push([side, lat]);
        pieces.push([[-side, lat]]);
      }
      pieces[pieces.length - 1].push(after);
    }
    return pieces;
  }

  function told(row, { verb }, country, flows) {
    const list = flows.map(({ name, text }) => Page.make('span', { class: 'flow-line' }, Page.words(`${name}, ${text}`)));
    return Page.make('div', null, Page.words(`${Sites.name(row)}: ${verb} ${Land.name(country)}`), list);
  }

  /** One line for all flows of a kind from a country to a site. */
  function line(row, to, kind, country, flows) {
    const from = Land.home(country);
    if (from === null) return;
    const tracks = cut(circle(from, to)).map(piece => piece.map(([lon, lat]) => [lat, lon]));
    L.polyline(tracks, { interactive: false, className: 'flow-under', smoothFactor: 0 }).addTo(drawn);
    L.polyline(tracks, { className: `flow ${kind.kind}`, smoothFactor: 0 })
      .bindTooltip(() => told(row, kind, country, flows), { sticky: true, className: 'tip' })
      .on('click', event => {
        L.DomEvent.stop(event);
        State.set({ site: Sites.id(row) });
      })
      .addTo(drawn);
  }

  function group(flows, kind) {
    const byCountry = new Map();
    flows.filter(flow => flow.kind === kind).forEach(flow => byCountry.set(flow.country, [...(byCountry.get(flow.country) ?? []), flow]));
    return byCountry;
  }

  function rows() {
    if (State.now.site !== null) return [Sites.rowOf(State.now.site)];
    return Array.from({ length: Sites.count }, (_, row) => row).filter(Filter.passes);
  }

  function mark(country) {
    const at = Land.home(country);
    if (at === null) return;
    const icon = L.divIcon({ html: Page.make('span', null, Page.words(Land.name(country))), className: 'home-name', iconSize: null });
    L.marker([at[1], at[0]], { icon, pane: 'flows', interactive: false, keyboard: false }).addTo(drawn);
  }

  function draw() {
    drawn.clearLayers();
    const kinds = State.now.also.filter(each => each in KINDS);
    if (kinds.length === 0) return;
    const { lons, lats } = Sites.places();
    const homes = new Set();
    rows().filter(row => !Number.isNaN(lons[row])).forEach(row => kinds.forEach(each => {
      const own = Sites.field(row, 'country');
      group(Sites.field(row, 'flows') ?? [], KINDS[each].kind).forEach((flows, country) => {
        if (own.includes(country)) return;
        line(row, [lons[row], lats[row]], KINDS[each], country, flows);
        homes.add(country);
      });
    }));
    homes.forEach(mark);
  }

  function start() {
    map.createPane('flows').style.zIndex = 450;
    drawn.addTo(map);
    draw();
    State.listen(news => { if ('also' in news || 'site' in news || Filter.changes(news)) draw(); });
  }

  return { start, circle, cut };
})();
