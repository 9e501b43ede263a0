'use strict';

/** Bands of scores: rank, colour class, shape, and the number as it is shown. */
const Bands = (() => {
  const NONE = -1;
  const SVG = 'http://www.w3.org/2000/svg';
  const bands = Page.data.bands;
  const ranks = new Map(bands.map((band, rank) => [band.key, rank]));

  // One shape per rank in a 32 by 32 box, with the height at which a number sits in it.
  const FACES = [
    { path: 'M16 3a13 13 0 1 0 0 26a13 13 0 1 0 0-26z', middle: 16 },
    { path: 'M7 4.5h18a2.5 2.5 0 0 1 2.5 2.5v18a2.5 2.5 0 0 1-2.5 2.5h-18a2.5 2.5 0 0 1-2.5-2.5v-18a2.5 2.5 0 0 1 2.5-2.5z', middle: 16 },
    { path: 'M16 .8L31.2 16L16 31.2L.8 16z', middle: 16 },
    { path: 'M16 1.6L31.4 29.4H.6z', middle: 21 },
  ];
  const UNSCORED = { path: 'M10 4h12l6 6v12l-6 6H10l-6-6V10z', middle: 16 };

  function rank(key) {
    return ranks.get(key) ?? NONE;
  }

  function style(rank) {
    return rank === NONE ? 'band-none' : `band-${rank}`;
  }

  function title(rank) {
    return rank === NONE ? 'not scored' : bands[rank].title;
  }

  /** A score with so many decimals; rounding never carries it into the next band. */
  function number(score, key, decimals = 0) {
    if (score === null || score === undefined) return '–';
    const unit = 10 ** decimals;
    const rounded = Math.round(score * unit) / unit;
    const band = bands[rank(key)];
    const last = rank(key) === bands.length - 1;
    const within = !band || last || rounded < band.high;
    return (within ? rounded : Math.floor(score * unit) / unit).toFixed(decimals);
  }

  function svg(tag, attributes) {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  }

  /** The sign of a band, with a short text in it if one is given. */
  function symbol(rank, size, text = '') {
    const face = rank === NONE ? UNSCORED : FACES[rank];
    const sign = svg('svg', { class: `symbol ${style(rank)}`, viewBox: '-1 -1 34 34', width: size, height: size, 'aria-hidden': 'true' });
    sign.append(svg('path', { class: 'face', d: face.path }));
    if (text !== '') {
      const label = svg('text', { x: 16, y: face.middle, class: text.length > 2 ? 'small' : '' });
      label.textContent = text;
      sign.append(label);
    }
    return sign;
  }

  /** A sign for a word: a rounded square with a few letters. */
  function tag(look, size, text) {
    const sign = svg('svg', { class: `symbol word ${look}`, viewBox: '-1 -1 34 34', width: size, height: size, 'aria-hidden': 'true' });
    sign.append(svg('path', { class: 'face', d: FACES[1].path }));
    const label = svg('text', { x: 16, y: 16, class: text.length > 2 ? 'small' : '' });
    label.textContent = text;
    sign.append(label);
    return sign;
  }

  return { tag, NONE, all: bands, rank, style, title, number, symbol };
})();
