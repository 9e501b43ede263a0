'use strict';

/** The filters as boxes to tick, with how many sites each would leave, and what is chosen as buttons to take away. */
const Facets = (() => {
  const { make, words } = Page;
  const MOST = 200;
  const TITLES = { stage: 'Stage', commodity: 'Commodity', country: 'Country', owner: 'Owner' };
  const NUMBERED = ['band', 'stage']; // these keep their own order; others stand by how many sites they have
  const box = document.querySelector('.filters');
  const chips = document.querySelector('.chips');
  const groups = new Map();

  function title(facet) {
    return TITLES[facet] ?? `Band (${Filter.bandLayer().title})`;
  }

  function toggle(facet, key, chosen) {
    const before = (State.now.filters[facet] ?? []).filter(each => each !== key);
    Filter.set(facet, chosen ? [...before, key] : before);
  }

  function inOrder(facet, options) {
    if (facet === 'band') return options;
    if (!NUMBERED.includes(facet)) return [...options].sort((a, b) => b.all - a.all || a.title.localeCompare(b.title, 'en'));
    const places = new Map((Layers.all.find(layer => layer.key === facet)?.values ?? []).map(({ key }, place) => [key, place]));
    return [...options].sort((a, b) => (places.get(a.key) ?? 99) - (places.get(b.key) ?? 99));
  }

  function choice(facet, option) {
    const tick = make('input', { type: 'checkbox', value: option.key });
    tick.addEventListener('change', () => toggle(facet, option.key, tick.checked));
    const number = make('span', { class: 'number' });
    const label = make('label', null, tick, make('span', { class: 'what' }, words(option.title)), number, make('span', { class: 'hidden-text' }, ' sites'));
    return { key: option.key, tick, number, label };
  }

  /** The boxes of one facet, made when it is first opened. */
  function fill(group) {
    const offered = Filter.offered(group.facet);
    const options = inOrder(group.facet, offered.map(option => ({ ...option, all: option.count }))).slice(0, MOST);
    group.choices = options.map(option => choice(group.facet, option));
    group.list.replaceChildren(...group.choices.map(({ label }) => label));
    if (offered.length > MOST) group.list.append(make('p', { class: 'under' }, `The ${MOST} with most sites; search finds the rest.`));
    refresh(group);
  }

  function refresh(group) {
    if (!group.choices) return;
    const offered = new Map(Filter.offered(group.facet).map(option => [option.key, option]));
    group.choices.forEach(({ key, tick, number, label }) => {
      const { count, chosen } = offered.get(key);
      tick.checked = chosen;
      number.textContent = String(count);
      label.classList.toggle('none', count === 0 && !chosen);
    });
  }

  function summary(group) {
    const chosen = (State.now.filters[group.facet] ?? []).length;
    group.head.replaceChildren(title(group.facet), ...(chosen ? [make('span', { class: 'chosen-count' }, `${chosen} chosen`)] : []));
    group.list.setAttribute('aria-label', title(group.facet));
  }

  function make_(facet) {
    const head = make('summary');
    const list = make('div', { class: 'ticks', role: 'group' });
    const details = make('details', { 'data-facet': facet }, head, list);
    const group = { facet, head, list, details, choices: null };
    details.addEventListener('toggle', () => { if (details.open && !group.choices) fill(group); });
    groups.set(facet, group);
    summary(group);
    return details;
  }

  function chip(facet, { key, title: name }) {
    const button = make('button', { type: 'button', class: 'chip-off', 'aria-label': `Take away the filter ${name}` }, words(name), make('span', { 'aria-hidden': 'true' }, ' ×'));
    button.addEventListener('click', () => {
      toggle(facet, key, false);
      (chips.querySelector('button') ?? box.querySelector('summary')).focus();
    });
    return button;
  }

  function show() {
    const chosen = State.FACETS.filter(facet => (State.now.filters[facet] ?? []).length)
      .flatMap(facet => Filter.offered(facet).filter(option => option.chosen).map(option => chip(facet, option)));
    const clear = make('button', { type: 'button', class: 'clear' }, 'Clear all');
    clear.addEventListener('click', () => {
      Filter.clear();
      box.querySelector('summary').focus();
    });
    chips.replaceChildren(...chosen, ...(chosen.length > 1 ? [clear] : []));
    document.querySelector('.met').textContent = chosen.length ? `${Filter.met} of ${Sites.count} sites shown` : '';
  }

  function start() {
    box.append(make('div', { class: 'facets' }, State.FACETS.map(make_)));
    show();
    State.listen(news => {
      if ('layer' in news) {
        const band = groups.get('band');
        summary(band);
        band.choices = null;
        if (band.details.open) fill(band);
      }
      if (!('filters' in news || 'layer' in news)) return;
      groups.forEach(group => {
        refresh(group);
        summary(group);
      });
      show();
    });
  }

  return { start };
})();
