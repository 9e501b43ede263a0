'use strict';

/** Where there are many sites: each as a dot in its own place, on one canvas under the clusters. */
const Dots = (() => {
  const { map } = Base;
  const SIDE = 3;
  const canvas = Page.make('canvas', { class: 'dots', 'aria-hidden': 'true' });
  let byRank = new Map();

  /** Colours as the legend shows them now, by rank; the unscored come first and so lie lowest. */
  function colours() {
    return [Bands.NONE, ...Bands.all.keys()].map(rank => {
      const shown = document.querySelector(`.bands .${Bands.style(rank)}`);
      return [rank, getComputedStyle(shown).borderTopColor];
    });
  }

  /** Places of the sites by rank in the layer shown, as points of zoom 0. */
  function sort() {
    byRank = new Map();
    Places.anchors.forEach(([first], row) => {
      if (!first) return;
      const rank = Sites.rank(row, State.now.layer);
      if (!byRank.has(rank)) byRank.set(rank, []);
      byRank.get(rank).push(map.project([first.at[1], first.at[0]], 0));
    });
  }

  function fit({ x, y }) {
    const sharp = window.devicePixelRatio || 1;
    canvas.width = x * sharp;
    canvas.height = y * sharp;
    canvas.style.width = `${x}px`;
    canvas.style.height = `${y}px`;
    const pen = canvas.getContext('2d');
    pen.scale(sharp, sharp);
    return pen;
  }

  function draw() {
    const size = map.getSize();
    const origin = map.getPixelBounds().min;
    const scale = 2 ** map.getZoom();
    const pen = fit(size);
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    colours().forEach(([rank, colour]) => {
      pen.fillStyle = colour;
      (byRank.get(rank) ?? []).forEach(place => {
        const [x, y] = [place.x * scale - origin.x, place.y * scale - origin.y];
        if (x > -SIDE && y > -SIDE && x < size.x && y < size.y) pen.fillRect(x - SIDE / 2, y - SIDE / 2, SIDE, SIDE);
      });
    });
    canvas.hidden = false;
  }

  function show() {
    sort();
    draw();
  }

  function start() {
    if (!Places.many) return;
    map.createPane('dots').append(canvas);
    map.getPane('dots').style.zIndex = 350;
    map.on('zoomstart', () => { canvas.hidden = true; });
    map.on('moveend resize', draw);
    State.listen(news => { if ('layer' in news) show(); });
    document.addEventListener('colourscheme', draw);
    show();
  }

  return { start };
})();
