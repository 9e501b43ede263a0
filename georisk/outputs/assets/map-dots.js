'use strict';

/** Where there are many sites: each as a dot in its own place, on one canvas under the clusters. */
const Dots = (() => {
  const { map } = Base;
  const SIDE = 3;
  const MARGIN = 0.1; // of the view, so that a small move shows no gap
  const SLICE = 20000; // sites painted between two frames, so that nothing waits for the dots
  const canvas = Page.make('canvas', { class: 'dots', 'aria-hidden': 'true' });
  let colours = null;
  let turn = 0;

  /** A colour of the style sheet as one number of a picture: red in the lowest byte. */
  function ink(style) {
    const sample = Page.make('span', { class: style });
    document.querySelector('.bands').append(sample);
    sample.style.color = 'var(--here)';
    const [red, green, blue] = getComputedStyle(sample).color.match(/[\d.]+/g).map(Number);
    sample.remove();
    return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  }

  /** Colours by rank, the unscored last. */
  function inks() {
    const layer = Layers.get(State.now.layer);
    const styles = [...layer.values.map((_, rank) => Layers.style(layer, rank)), 'band-none'];
    colours ??= Uint32Array.from(styles, ink);
    return colours;
  }

  function frame() {
    const size = map.getSize();
    const pad = size.multiplyBy(MARGIN).round();
    const origin = map.getPixelBounds().min.subtract(pad).round();
    const [width, height] = [size.x + 2 * pad.x, size.y + 2 * pad.y];
    const picture = canvas.getContext('2d').createImageData(width, height);
    const corner = map.containerPointToLayerPoint([-pad.x, -pad.y]);
    return { width, height, origin, corner, picture, pixels: new Uint32Array(picture.data.buffer), top: new Uint8Array(width * height) };
  }

  /** Set the pixels of some sites; the worse lie above the better, the unscored below all. */
  function paint({ pixels, top, width, height, origin }, from, to) {
    const { xs, ys } = Many.world();
    const { misses } = Filter;
    const ranks = Layers.ranks(State.now.layer);
    const ink = inks();
    const scale = 2 ** map.getZoom();
    for (let row = from; row < to; row += 1) {
      const x = (xs[row] * scale - origin.x) | 0;
      const y = (ys[row] * scale - origin.y) | 0;
      if (x < 1 || y < 1 || x >= width - 1 || y >= height - 1 || misses[row] !== 0) continue;
      const known = ranks[row] !== Columns.NONE;
      const level = known ? ranks[row] + 2 : 1;
      const colour = ink[known ? ranks[row] : ink.length - 1];
      for (let line = y - 1; line < y - 1 + SIDE; line += 1) {
        for (let place = line * width + x - 1; place < line * width + x - 1 + SIDE; place += 1) {
          if (level >= top[place]) {
            top[place] = level;
            pixels[place] = colour;
          }
        }
      }
    }
  }

  function finish({ picture, width, height, corner }) {
    [canvas.width, canvas.height] = [width, height];
    canvas.getContext('2d').putImageData(picture, 0, 0);
    L.DomUtil.setPosition(canvas, corner);
    canvas.hidden = false;
  }

  /** Paint slice by slice; a newer drawing ends an older one. */
  function draw() {
    turn += 1;
    const mine = turn;
    const drawing = frame();
    const step = from => {
      if (mine !== turn) return;
      paint(drawing, from, Math.min(Sites.count, from + SLICE));
      if (from + SLICE < Sites.count) requestAnimationFrame(() => step(from + SLICE));
      else finish(drawing);
    };
    requestAnimationFrame(() => step(0));
  }

  function redraw() {
    colours = null;
    draw();
  }

  function start() {
    if (!Many.many) return;
    map.createPane('dots').append(canvas);
    map.getPane('dots').style.zIndex = 350;
    map.on('zoomstart', () => {
      turn += 1;
      canvas.hidden = true;
    });
    map.on('moveend resize', draw);
    State.listen(news => { if ('layer' in news || Filter.changes(news)) redraw(); });
    document.addEventListener('colourscheme', redraw);
    draw();
  }

  return { start };
})();
