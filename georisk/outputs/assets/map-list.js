'use strict';

/** All sites as a table with every score: the same content as the map, in words. */
const List = (() => {
  const { make, words } = Page;
  const STEP = 200;
  const table = document.querySelector('.sites table');
  const rows = table.querySelector('tbody');
  const more = document.querySelector('.more');
  let by = State.now.layer;
  let shown = STEP;

  function heading(key, title, short) {
    const button = make('button', { type: 'button', title: `Sort by ${title}` }, make('span', { 'aria-hidden': 'true' }, short), make('span', { class: 'hidden-text' }, title));
    button.addEventListener('click', () => {
      by = key;
      fill();
    });
    return make('th', { scope: 'col', role: 'columnheader', 'data-key': key }, button);
  }

  function head() {
    const layers = Sites.layers.map(layer => heading(layer.key, layer.title, layer.short));
    table.querySelector('thead').replaceChildren(make('tr', { role: 'row' }, heading('name', 'Site', 'Site'), layers));
  }

  function cell(row, layer) {
    const score = Sites.score(row, layer);
    const band = Sites.band(row, layer);
    const rank = Bands.rank(band);
    const aloud = score === null ? 'not scored' : Bands.title(rank);
    return make(
      'td',
      { 'data-key': layer, role: 'cell' },
      make('span', { class: 'chip' }, Bands.symbol(rank, 16), make('span', { 'aria-hidden': score === null ? 'true' : null }, Bands.number(score, band))),
      make('span', { class: 'hidden-text' }, ` ${aloud}`),
    );
  }

  function line(row) {
    const button = make('button', { type: 'button', class: 'site' }, words(Sites.name(row)));
    const id = Sites.id(row);
    button.addEventListener('click', () => {
      State.set({ site: id });
      Base.goTo(row);
    });
    const under = [Sites.field(row, 'kind_title'), ...Sites.field(row, 'country_names'), Sites.field(row, 'stage_title')];
    const flags = [
      Sites.field(row, 'overdue').length && 'overdue',
      Sites.field(row, 'changed') !== null && 'changed',
    ].filter(Boolean);
    return make(
      'tr',
      { 'data-site': id, role: 'row' },
      make(
        'th',
        { scope: 'row', role: 'rowheader' },
        make('span', { class: 'name-line' }, button, flags.map(flag => make('span', { class: 'tag' }, flag))),
        make('span', { class: 'under' }, words(under.filter(Boolean).join('\u00a0· '))),
      ),
      Sites.layers.map(layer => cell(row, layer.key)),
    );
  }

  function fill() {
    rows.replaceChildren(...Sites.ordered(by).slice(0, shown).map(line));
    table.querySelectorAll('thead th').forEach(th => {
      th.setAttribute('aria-sort', th.dataset.key === by ? (by === 'name' ? 'ascending' : 'descending') : 'none');
    });
    more.hidden = shown >= Sites.count;
    more.textContent = `Show ${Math.min(STEP, Sites.count - shown)} more of ${Sites.count}`;
    mark();
  }

  function mark() {
    table.dataset.layer = State.now.layer;
    table.querySelectorAll('[data-key]').forEach(each => each.classList.toggle('active', each.dataset.key === State.now.layer));
    rows.querySelectorAll('tr').forEach(tr => {
      if (tr.dataset.site === State.now.site) tr.setAttribute('aria-current', 'true');
      else tr.removeAttribute('aria-current');
    });
  }

  function start() {
    document.querySelector('.count').textContent = `${Sites.count} ${Sites.count === 1 ? 'site' : 'sites'}`;
    head();
    fill();
    more.addEventListener('click', () => {
      shown += STEP;
      fill();
    });
    State.listen(news => {
      if ('layer' in news) {
        if (by !== 'name') by = State.now.layer;
        fill();
      } else mark();
    });
  }

  return { start };
})();
