'use strict';

/** Scores in words and as a bar with its interval, and the citations that reasons carry. */
const Scores = (() => {
  const { make, words, link } = Page;

  /** Numbers the sources of one panel in order of first use. */
  function citations() {
    const found = new Map();

    function cite(sources) {
      return (sources ?? []).map(source => {
        const key = JSON.stringify([source.url, source.title, source.publisher, source.date]);
        if (!found.has(key)) found.set(key, { number: found.size + 1, source });
        const { number } = found.get(key);
        const mark = make('button', { type: 'button', class: 'cite', 'aria-label': `Source ${number}` }, String(number));
        mark.addEventListener('click', () => {
          const target = document.getElementById(`source-${number}`);
          target.closest('details').open = true;
          target.focus();
          target.scrollIntoView({ block: 'center' });
        });
        return mark;
      });
    }

    function list() {
      return [...found.values()].map(({ number, source }) => make(
        'li',
        { id: `source-${number}`, tabindex: '-1', value: number },
        link(source.url, source.title),
        make('span', { class: 'from' }, words([source.publisher, source.date, `grade ${source.grade}`].filter(Boolean).join(', '))),
      ));
    }

    return { cite, list, count: () => found.size };
  }

  function bar(score) {
    const track = make('div', { class: `bar ${Bands.style(Bands.rank(score.band))}`, 'aria-hidden': 'true' });
    Bands.all.slice(1).forEach(band => place(track, 'tick', band.low));
    place(track, 'range', score.low, score.high - score.low);
    if (score.score !== null) place(track, 'point', score.score);
    return track;
  }

  function place(track, name, from, width) {
    const piece = make('span', { class: name });
    piece.style.insetInlineStart = `${from}%`;
    if (width !== undefined) piece.style.width = `${Math.max(width, 0.5)}%`;
    track.append(piece);
  }

  function headline(layer, score) {
    const rank = Bands.rank(score.band);
    const number = make('span', { class: 'number' }, score.score === null ? 'not scored' : Bands.number(score.score, score.band, 1));
    return make(
      'h4',
      { class: 'headline' },
      make('span', { class: 'what' }, words(layer.title)),
      Bands.symbol(rank, 18),
      number,
      score.score === null ? null : make('span', { class: 'band' }, words(Bands.title(rank))),
    );
  }

  function interval({ low, high, known_weight: known }) {
    const span = `between ${low.toFixed(1)} and ${high.toFixed(1)}`;
    return `${span} · ${Math.round(known * 100)} % of the weight known`;
  }

  function points(value) {
    return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;
  }

  function grounds(score, cite) {
    const reasons = score.reasons.map(reason => make(
      'li',
      null,
      make('span', { class: 'points' }, points(reason.points)),
      make('span', null, words(reason.sentence), cite(reason.sources)),
    ));
    const missing = score.missing.map(({ what, reason }) => make(
      'li',
      { class: 'missing' },
      make('span', { class: 'points' }, '?'),
      make('span', null, words(what), make('em', null, words(reason))),
    ));
    return [...reasons, ...missing];
  }

  function counted(score) {
    const parts = [
      score.reasons.length && `${score.reasons.length} ${score.reasons.length === 1 ? 'reason' : 'reasons'}`,
      score.missing.length && `${score.missing.length} not known`,
    ];
    return parts.filter(Boolean).join(', ');
  }

  /** One score with its bar and reasons; `shown` opens the reasons. */
  function block(layer, score, { worst, cite, shown }) {
    const lines = grounds(score, cite);
    const weak = score.with_weak_band === null ? null : Bands.title(Bands.rank(score.with_weak_band));
    return make(
      'section',
      { class: shown ? 'score shown' : 'score', 'data-layer': layer.key },
      headline(layer, score),
      bar(score),
      make('p', { class: 'interval' }, interval(score), worst ? make('span', { class: 'worst' }, 'worst dimension') : null),
      score.reason === null ? null : make('p', { class: 'why-not' }, words(score.reason)),
      weak === null ? null : make('p', { class: 'weak' }, 'With weak evidence (grades C and D) counted: ', words(weak)),
      lines.length ? make('details', { open: shown }, make('summary', null, counted(score)), make('ul', { class: 'grounds' }, lines)) : null,
    );
  }

  return { citations, block };
})();
