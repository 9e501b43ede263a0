'use strict';

/** What is known of one site, opened from the map, the list or the search; Escape closes it. */
const Panel = (() => {
  const { make, words, href } = Page;
  const panel = document.querySelector('.panel');
  const title = panel.querySelector('h2');
  const body = panel.querySelector('.panel-body');
  const browse = document.querySelector('.browse');
  let opener = null;
  let row = null;

  function section(title, ...children) {
    const kept = children.flat().filter(Boolean);
    return kept.length ? make('section', { class: 'block' }, make('h3', null, title), kept) : null;
  }

  function list(items, name = 'plain') {
    return items.length ? make('ul', { class: name }, items) : null;
  }

  function pairs(rows) {
    const known = rows.filter(([, value]) => value !== null && value !== '');
    return known.length ? make('dl', null, known.flatMap(([term, value]) => [make('dt', null, term), make('dd', null, words(value))])) : null;
  }

  function head(site) {
    const dossier = site.dossier === null ? null : href(site.dossier);
    const places = [site.kind_title, ...site.country_names].join('\u00a0· ');
    return make(
      'div',
      { class: 'panel-head' },
      make('p', { class: 'under' }, words(places)),
      site.aliases.length ? make('p', { class: 'aliases' }, 'Also: ', site.aliases.flatMap((alias, k) => [k ? ', ' : '', words(alias)])) : null,
      dossier === null ? null : make('p', null, make('a', { href: dossier, class: 'dossier' }, 'Open the dossier')),
    );
  }

  function notices(site) {
    return [
      ...site.overdue.map(text => make('p', { class: 'notice' }, make('strong', null, 'Overdue '), words(text))),
      site.changed === null ? null : make('p', { class: 'notice' }, make('strong', null, 'Changed '), words(site.changed)),
    ];
  }

  function scores(site, cite) {
    const blocks = Sites.layers.filter(layer => site.scores[layer.key]).map(layer => Scores.block(
      layer,
      site.scores[layer.key],
      { worst: layer.key === site.worst, cite, shown: layer.key === State.now.layer },
    ));
    return section('Scores', blocks);
  }

  function owners(site) {
    const direct = site.owners.map(({ name, share, note }) => make(
      'li',
      null,
      make('span', { class: 'amount' }, share ?? 'share not published'),
      make('span', null, words(name), note === null ? null : make('em', null, words(note))),
    ));
    const ultimate = site.ultimate.map(({ name, share, low, high }) => make(
      'li',
      null,
      make('span', { class: 'amount' }, share ?? 'not known'),
      make('span', null, words(name), low === null || high === null || low === high ? null : make('em', null, `between ${low} and ${high}`)),
    ));
    return [section('Owners', list(direct, 'amounts')), section('Ultimate parents', list(ultimate, 'amounts'))];
  }

  function finance(site, cite) {
    const states = new Map();
    site.finance.forEach(line => states.set(line.state, [...(states.get(line.state) ?? []), line]));
    const groups = [...states].map(([state, lines]) => make(
      'div',
      { class: 'group' },
      make('h4', null, words(state)),
      list(lines.map(line => cited(line, cite))),
    ));
    return section('Finance', groups);
  }

  function cited(line, cite) {
    return make('li', null, words(line.text), cite(line.sources));
  }

  function parts(site) {
    const items = site.parts.map(part => make(
      'li',
      null,
      make('strong', null, words(part.name)),
      make('span', { class: 'part-scores' }, Sites.layers.filter(layer => part.scores[layer.key]).map(layer => {
        const { score, band } = part.scores[layer.key];
        return make('span', { class: 'part-score' }, Bands.symbol(Bands.rank(band), 14), words(`${layer.short} ${Sites.spoken(score, band)}`));
      })),
      list((part.lines ?? []).map(line => make('li', null, words(line)))),
    ));
    return section('Parts', list(items, 'parts'));
  }

  /** Answers of the legal screens in words; what a rule does not ask about is left out. */
  function legal(site) {
    const asked = Layers.all.filter(layer => Layers.isLegal(layer) && (site.groups?.[layer.key] ?? null) !== null);
    const items = ['yes', 'undetermined', 'no'].flatMap(answer => {
      const rules = asked.filter(layer => site.groups[layer.key] === answer).map(layer => layer.title);
      return rules.length ? [make('dt', null, answer), make('dd', null, words(rules.join('; ')))] : [];
    });
    return items.length ? section('Legal answers, not part of any score', make('dl', null, items)) : null;
  }

  /** What the lines of owners and lenders show, in words. */
  function homes(site) {
    const told = (kind, how) => (site.flows ?? []).filter(flow => flow.kind === kind)
      .map(flow => make('li', null, words(`${how} ${Land.name(flow.country)}: ${flow.name}, ${flow.text}`)));
    return section('Where owners and lenders are at home', list([...told('owner', 'Owned from'), ...told('lender', 'Financed from')]));
  }

  function place(site) {
    const told = site.shapes.map(shape => [
      shape.caption,
      shape.planned ? 'planned' : null,
      shape.precision_km === null ? 'precision not known' : `true place within ${shape.precision_km} km`,
      shape.basis,
    ].filter(Boolean).join(' · '));
    return section('Place', list([...new Set(told)].map(text => make('li', null, words(text)))));
  }

  function facts(site, { cite }) {
    const items = site.facts.flatMap(fact => [make('dt', null, words(fact.label)), make('dd', null, words(fact.text), cite(fact.sources))]);
    if (!items.length) return null;
    const title = `${site.facts.length} further ${site.facts.length === 1 ? 'fact' : 'facts'}`;
    return make('details', { class: 'block' }, make('summary', null, title), make('dl', { class: 'facts' }, items));
  }

  function sources(notes) {
    if (!notes.count()) return null;
    return make('details', { class: 'block sources', open: true }, make('summary', null, `${notes.count()} sources`), make('ol', null, notes.list()));
  }

  function content(site) {
    const notes = Scores.citations();
    const { cite } = notes;
    const reported = site.stage_reported === null ? null : `${site.stage_reported} (disputed)`;
    const stage = [site.stage_title ?? 'not known', site.stage_since && `since ${site.stage_since}`].filter(Boolean).join(' ');
    const told = [
      head(site),
      notices(site),
      scores(site, cite),
      section('Project', pairs([['Stage', stage], ['Reported stage', reported], ['Operator', site.operator ?? 'not known'], ['Commodities', site.commodities.join(', ')]])),
      owners(site),
      finance(site, cite),
      section('Offtake', list(site.offtake.map(line => cited(line, cite)))),
      parts(site),
      legal(site),
      homes(site),
      place(site),
      section('Not known', list(site.unknown.map(text => make('li', null, words(text))))),
      facts(site, notes),
    ];
    return [...told.flat(), sources(notes)].filter(Boolean);
  }

  function show(heading, children) {
    if (panel.hidden && document.activeElement !== document.body) opener = document.activeElement;
    title.replaceChildren(words(heading));
    body.replaceChildren(...children);
    panel.hidden = false;
    browse.classList.add('open');
    body.scrollTop = 0;
    title.focus({ preventScroll: true });
  }

  function open(which) {
    row = which;
    const site = Sites.whole(row);
    show(site.name, content(site));
  }

  /** Offer the sites of a cluster that no zoom takes apart. */
  function choose(rows) {
    const items = rows.slice(0, 100).map(row => {
      const button = make('button', { type: 'button', class: 'site' }, words(Sites.name(row)));
      button.addEventListener('click', () => State.set({ site: Sites.id(row) }));
      return make('li', null, button);
    });
    show(`${rows.length} sites in one place`, [list(items)]);
  }

  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    browse.classList.remove('open');
    State.set({ site: null });
    if (opener?.isConnected) opener.focus();
    else Marks.focus(row);
    opener = null;
  }

  function follow(news) {
    if ('site' in news) {
      if (State.now.site === null) close();
      else open(Sites.rowOf(State.now.site));
    } else if ('layer' in news && !panel.hidden) {
      body.querySelectorAll('.score').forEach(block => {
        const shown = block.dataset.layer === State.now.layer;
        block.classList.toggle('shown', shown);
        const details = block.querySelector('details');
        if (details) details.open = shown;
      });
    }
  }

  function start() {
    panel.querySelector('.close').addEventListener('click', close);
    document.addEventListener('keydown', event => {
      if (event.key === 'Escape' && !event.defaultPrevented) close();
    });
    State.listen(follow);
    if (State.now.site !== null) follow({ site: State.now.site });
  }

  return { start, choose };
})();
