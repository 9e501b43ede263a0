'use strict';

/** What the map can be coloured by: scores in bands, and layers of words such as the stage. */
const Layers = (() => {
  const NONE = Bands.NONE;
  const LOOKS = 8; // as many as the style sheet has colours for words
  const ranked = new Map();
  const scores = Sites.layers.map(layer => ({ ...layer, scored: true, ordered: true, values: Bands.all }));
  const words = Page.data.choices.map(layer => ({ ...layer, scored: false }));
  const all = [...scores, ...words];
  const byKey = new Map(all.map(layer => [layer.key, layer]));

  function get(key) {
    return byKey.get(key) ?? all[0];
  }

  /** The rank of every site in a layer; Columns.NONE where it has no value. */
  function ranks(key) {
    if (!ranked.has(key)) {
      const layer = get(key);
      const places = new Map(layer.values.map((value, place) => [value.key, place]));
      const column = layer.scored ? Sites.scoreColumn(key).band : Sites.groupColumn(key);
      ranked.set(key, Columns.codes(column, Sites.count, places));
    }
    return ranked.get(key);
  }

  function rank(row, key) {
    const code = ranks(key)[row];
    return code === Columns.NONE ? NONE : code;
  }

  function isLegal(layer) {
    return layer.key.startsWith('legal:');
  }

  function style(layer, rank) {
    if (layer.scored || rank === NONE) return Bands.style(rank);
    return isLegal(layer) ? `answer-${layer.values[rank].key}` : `word-${rank % LOOKS}`;
  }

  function title(layer, rank) {
    if (rank !== NONE) return layer.values[rank].title;
    if (layer.scored) return 'not scored';
    return isLegal(layer) ? 'not asked' : 'not known';
  }

  function text(layer, rank) {
    return rank === NONE ? '–' : layer.values[rank].short;
  }

  /** The sign of a value. Scores tell it by shape and colour, words by colour and the letters in it. */
  function symbol(layer, rank, size, label) {
    return layer.scored ? Bands.symbol(rank, size, label) : Bands.tag(style(layer, rank), size, label ?? text(layer, rank));
  }

  /** What a cluster shows: the worst value where they are ordered, else the most frequent. */
  function gathered(layer, counts, unknown) {
    const there = counts.map((count, place) => [count, place]).filter(([count]) => count > 0);
    if (there.length === 0) return NONE;
    if (layer.ordered) return there[there.length - 1][1];
    const [most, place] = there.reduce((best, one) => (one[0] > best[0] ? one : best));
    return most >= unknown ? place : NONE;
  }

  return { all, get, ranks, rank, style, title, text, symbol, gathered, isLegal };
})();
