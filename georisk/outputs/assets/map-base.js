'use strict';

/** The map itself, made by folium: base map, controls, and how the view moves. */
const Base = (() => {
  const frame = document.querySelector('.folium-map');
  const map = window[frame.id];
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const NEAREST = 12;
  const REGION = 5.5; // zoom at which a country or two fill the map
  const WORLD = L.latLngBounds([-60, -170], [78, 180]);
  const EDGE = L.latLngBounds([-86, -210], [86, 210]);

  function drawLand() {
    map.createPane('land').style.zIndex = 200;
    const renderer = L.svg({ pane: 'land', padding: 0.3 });
    drawGrid(renderer);
    Land.start(map, renderer);
  }

  /** The one thing a page may ask the network for, and only a page made with tiles. */
  function drawTiles() {
    const { tiles } = Page.data;
    if (!tiles) return;
    frame.classList.add('tiled');
    map.createPane('tiles').style.zIndex = 100;
    L.tileLayer(tiles.address, { pane: 'tiles', subdomains: tiles.subdomains, maxZoom: tiles.zoom }).addTo(map);
  }

  function drawGrid(renderer) {
    const lines = [];
    for (let lon = -180; lon <= 180; lon += 30) lines.push([[-85, lon], [85, lon]]);
    for (let lat = -60; lat <= 60; lat += 30) lines.push([[lat, -180], [lat, 180]]);
    L.polyline(lines, { pane: 'land', renderer, interactive: false, className: 'grid' }).addTo(map);
  }

  function addHome() {
    const Home = L.Control.extend({
      onAdd() {
        const button = Page.make('button', { type: 'button', title: 'Show all sites', 'aria-label': 'Show all sites' });
        button.append(Page.make('span', { class: 'home', 'aria-hidden': 'true' }));
        const box = Page.make('div', { class: 'leaflet-bar home-bar' }, button);
        L.DomEvent.disableClickPropagation(box);
        button.addEventListener('click', () => fitAll(!calm.matches));
        return box;
      },
    });
    new Home({ position: 'topleft' }).addTo(map);
    L.control.scale({ imperial: false, maxWidth: 120, position: 'bottomleft' }).addTo(map);
  }

  /** The lowest zoom shows the whole world across. */
  function limit() {
    const { x } = map.getSize();
    map.setMinZoom(Math.max(0, Math.floor(Math.log2(x / 340) * 4) / 4));
  }

  function boundsOf(rows) {
    const bounds = L.latLngBounds([]);
    rows.forEach(row => Sites.shapes(row).forEach(shape => {
      Sites.tracks(shape.geometry).flat().forEach(([lon, lat]) => bounds.extend([lat, lon]));
    }));
    return bounds;
  }

  /** Bounds of the sites shown; where they are many, of the places of their signs. */
  function boundsOfShown() {
    const { lons, lats } = Sites.places();
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let row = 0; row < Sites.count; row += 1) {
      if (!Filter.passes(row) || Number.isNaN(lons[row])) continue;
      [west, east] = [Math.min(west, lons[row]), Math.max(east, lons[row])];
      [south, north] = [Math.min(south, lats[row]), Math.max(north, lats[row])];
    }
    return L.latLngBounds(west <= east ? [[south, west], [north, east]] : []);
  }

  /** Bounds of a site with the doubt about its place. */
  function roomFor(row) {
    const bounds = boundsOf([row]);
    Sites.shapes(row).filter(shape => shape.precision_km > 0 && Sites.kindOf(shape.geometry) !== 'LineString')
      .forEach(shape => bounds.extend(bounds.getCenter().toBounds(2000 * shape.precision_km)));
    return bounds;
  }

  function fitAll(animate) {
    const all = boundsOfShown();
    map.fitBounds(all.isValid() ? all : WORLD, { paddingTopLeft: [64, 40], paddingBottomRight: [36, 40], maxZoom: 6, animate });
  }

  /** Go to one site: near enough to see its shape, far enough to know the region. */
  function goTo(row) {
    const bounds = roomFor(row);
    if (bounds.isValid()) map.fitBounds(bounds, { ...clearance(), maxZoom: REGION, animate: !calm.matches });
  }

  /** Padding that keeps clear of a sheet lying over the map. */
  function clearance() {
    const panel = document.querySelector('.panel').getBoundingClientRect();
    const place = frame.getBoundingClientRect();
    const over = panel.height > 0 && panel.left < place.right && panel.right > place.left
      ? Math.max(0, Math.min(place.bottom, panel.bottom) - Math.max(place.top, panel.top)) : 0;
    const covered = Math.min(over, Math.max(0, place.height - 120));
    return { paddingTopLeft: [40, 40], paddingBottomRight: [40, 40 + covered] };
  }

  function start(view) {
    frame.setAttribute('role', 'region');
    frame.setAttribute('aria-label', 'Map. Arrow keys move it, plus and minus zoom, Tab goes from sign to sign.');
    map.setMaxBounds(EDGE);
    map.options.maxBoundsViscosity = 0.8;
    map.setMaxZoom(NEAREST);
    limit();
    if (view) map.setView([view[1], view[0]], view[2], { animate: false });
    else fitAll(false);
    drawTiles();
    drawLand();
    addHome();
    map.on('resize', limit);
  }

  return { map, start, goTo };
})();
