'use strict';

/** The choice of what is shown, what its signs mean, and what else is drawn. */
const Legend = (() => {
  const { make, words } = Page;
  const ALSO = { shade: 'Country risk', owners: 'Owner lines', lenders: 'Lender lines' };
  const rule = document.getElementById('rule');
  const put = (name, ...children) => document.querySelector(name).replaceChildren(...children);
  const legal = Layers.all.filter(Layers.isLegal);

  function radio(value, title) {
    const input = make('input', { type: 'radio', name: 'layer', value });
    input.addEventListener('change', () => State.set({ layer: value === 'legal' ? rule.value : value }));
    return make('label', null, input, make('span', null, words(title)));
  }

  function choices() {
    const plain = Layers.all.filter(layer => !Layers.isLegal(layer)).map(layer => radio(layer.key, layer.title));
    put('.layer-choices', ...plain, ...(legal.length ? [radio('legal', 'Legal answers')] : []));
    rule.append(...legal.map(layer => make('option', { value: layer.key }, layer.title)));
    rule.addEventListener('change', () => State.set({ layer: rule.value }));
  }

  function switches() {
    const possible = { shade: Object.keys(Page.data.countries).length, owners: hasFlows(), lenders: hasFlows() };
    const boxes = Object.entries(ALSO).filter(([key]) => possible[key]).map(([key, title]) => {
      const tick = make('input', { type: 'checkbox', name: 'also', value: key });
      tick.addEventListener('change', () => {
        const rest = State.now.also.filter(each => each !== key);
        State.set({ also: Object.keys(ALSO).filter(each => rest.includes(each) || (each === key && tick.checked)) });
      });
      return make('label', null, tick, make('span', null, title));
    });
    document.querySelector('.also').hidden = boxes.length === 0;
    document.querySelector('.also').append(...boxes);
  }

  function hasFlows() {
    return !Many.many && Array.from({ length: Sites.count }, (_, row) => Sites.field(row, 'flows') ?? []).flat().length;
  }

  function row(layer, rank, counts) {
    const { low, high } = layer.values[rank] ?? {};
    const range = low === undefined || !layer.scored ? null : make('span', { class: 'range' }, `${low}–${high}`);
    const count = make('span', { class: 'count-of' }, String(counts[rank] ?? 0), make('span', { class: 'hidden-text' }, ' sites'));
    const title = make('span', { class: 'title' }, words(Layers.title(layer, rank)));
    return make('li', { class: Layers.style(layer, rank) }, Layers.symbol(layer, rank, layer.scored ? 22 : 20, layer.scored ? '' : undefined), title, range, count);
  }

  /** How many of the sites shown have each value. */
  function counted(layer) {
    const ranks = Layers.ranks(layer.key);
    const counts = { [Bands.NONE]: 0 };
    layer.values.forEach((_, rank) => { counts[rank] = 0; });
    for (let site = 0; site < Sites.count; site += 1) {
      if (Filter.passes(site)) counts[ranks[site] === Columns.NONE ? Bands.NONE : ranks[site]] += 1;
    }
    return counts;
  }

  function show() {
    const layer = Layers.get(State.now.layer);
    const counts = counted(layer);
    put('.legend h2', words(layer.title));
    put('.question', words(layer.question));
    const told = rank => layer.ordered || counts[rank] > 0;
    const rows = [...layer.values.keys()].filter(told).map(rank => row(layer, rank, counts));
    const none = layer.scored || counts[Bands.NONE] ? [row(layer, Bands.NONE, counts)] : [];
    put('.bands', ...rows, ...none);
    document.querySelector('.bands').classList.toggle('of-words', !layer.scored);
    follow(layer);
  }

  /** What the shades of countries mean; the bands are those of the scores. */
  function shadeKey() {
    const shades = Bands.all.map((band, rank) => make('span', { class: Bands.style(rank) }, make('span', { class: 'swatch', 'aria-hidden': 'true' }), words(band.title)));
    put('.shade-key', 'Countries:', ...shades);
  }

  function follow(layer) {
    document.querySelector('.shade-key').hidden = !State.now.also.includes('shade');
    const isLegal = Layers.isLegal(layer);
    document.querySelectorAll('[name="layer"]').forEach(radio => { radio.checked = radio.value === (isLegal ? 'legal' : layer.key); });
    document.querySelectorAll('[name="also"]').forEach(tick => { tick.checked = State.now.also.includes(tick.value); });
    document.querySelector('.rules').hidden = !isLegal;
    if (isLegal) rule.value = layer.key;
  }

  function start() {
    choices();
    switches();
    shadeKey();
    show();
    State.listen(news => { if ('layer' in news || 'filters' in news || 'also' in news) show(); });
  }

  return { start };
})();
