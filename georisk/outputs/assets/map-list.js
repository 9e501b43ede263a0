'use strict';

/** The sites shown, as a table with every score: the same content as the map, in words. */
const List = (() => {
  const { make, words } = Page;
  const STEP = 200;
  const table = document.querySelector('.sites table');
  const rows = table.querySelector('tbody');
  const more = document.querySelector('.more');
  let by = Layers.get(State.now.layer).scored ? State.now.layer : Layers.all[0].key;
  let upward = false;
  let shown = STEP;
  let order = null;

  function heading(key, title, short) {
    const button = make('button', { type: 'button', title: `Sort by ${title}` }, make('span', { 'aria-hidden': 'true' }, short), make('span', { class: 'hidden-text' }, title));
    button.addEventListener('click', () => sort(key, by === key && !upward));
    return make('th', { scope: 'col', role: 'columnheader', 'data-key': key }, button);
  }

  function sort(key, turned = false) {
    [by, upward, order] = [key, turned, null];
    fill();
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
      !Sites.shapes(row).length && 'place not known',
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

  /** The rows in order; those without a score stay last whichever way it runs. */
  function ordered() {
    if (order) return order;
    order = Sites.ordered(by);
    if (!upward) return order;
    const scored = by === 'name' ? order.length : order.findIndex(row => Sites.score(row, by) === null);
    const end = scored < 0 ? order.length : scored;
    order.subarray(0, end).reverse();
    return order;
  }

  function fill() {
    const passing = ordered().filter(Filter.passes);
    rows.replaceChildren(...Array.from(passing.subarray(0, shown), line));
    table.querySelectorAll('thead th').forEach(th => {
      th.setAttribute('aria-sort', th.dataset.key === by ? ((by === 'name') === upward ? 'descending' : 'ascending') : 'none');
    });
    more.hidden = shown >= passing.length;
    more.textContent = `Show ${Math.min(STEP, passing.length - shown)} more of ${passing.length}`;
    count(passing.length);
    mark();
  }

  function count(met) {
    const all = `${Sites.count} ${Sites.count === 1 ? 'site' : 'sites'}`;
    document.querySelector('.count').textContent = met === Sites.count ? all : `${met} of ${all}`;
  }

  function mark() {
    const { layer } = State.now;
    table.querySelectorAll('[data-key]').forEach(each => each.classList.toggle('active', each.dataset.key === layer));
    rows.querySelectorAll('tr').forEach(tr => {
      if (tr.dataset.site === State.now.site) tr.setAttribute('aria-current', 'true');
      else tr.removeAttribute('aria-current');
    });
  }

  function start() {
    head();
    fill();
    more.addEventListener('click', () => {
      shown += STEP;
      fill();
    });
    State.listen(news => {
      if ('layer' in news && by !== 'name' && Layers.get(news.layer).scored) sort(news.layer);
      else if ('layer' in news || 'filters' in news) fill();
      else if ('site' in news) mark();
    });
  }

  return { start };
})();
