'use strict';

/** Search by name and alias, in any script and without regard to accents, with arrow keys and Enter. */
const Search = (() => {
  const { make, words } = Page;
  const MOST = 8;
  const LETTERS = { ł: 'l', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i' };
  const input = document.getElementById('search');
  const list = document.getElementById('found');
  const told = document.getElementById('told');
  let names = null;
  let hits = [];
  let active = -1;

  /** Text as it is compared: no accents, case, ligatures, or signs of no width. */
  function fold(text) {
    return text.normalize('NFKD').replace(/[\p{M}\p{Cf}]/gu, '').toLowerCase()
      .replace(/[łøđðþßæœı]/g, letter => LETTERS[letter]).replace(/[\s\p{P}]+/gu, ' ').trim();
  }

  /** Every name and alias once, made when the search is first used. */
  function index() {
    names ??= Array.from({ length: Sites.count }, (_, row) => [Sites.name(row), ...Sites.aliases(row)]
      .map(name => ({ row, name, folded: fold(name) }))).flat();
    return names;
  }

  /** 0 the whole name, 1 its start, 2 the start of a word, 3 anywhere; null no match. */
  function nearness(folded, asked) {
    if (folded === asked) return 0;
    const place = folded.indexOf(asked);
    if (place < 0) return null;
    if (place === 0) return 1;
    return folded.includes(` ${asked}`) ? 2 : 3;
  }

  function find(text) {
    const asked = fold(text);
    if (asked === '') return [];
    const best = new Map();
    index().forEach(({ row, name, folded }) => {
      const near = nearness(folded, asked);
      if (near !== null && near < (best.get(row)?.near ?? 4)) best.set(row, { row, name, near });
    });
    return [...best.values()].sort((a, b) => a.near - b.near || Sites.name(a.row).localeCompare(Sites.name(b.row), 'en'));
  }

  function option({ row, name }, place) {
    const alias = name === Sites.name(row) ? null : make('span', { class: 'under' }, words(name));
    const item = make('li', { role: 'option', id: `found-${place}`, 'aria-selected': 'false' }, make('span', null, words(Sites.name(row))), alias);
    item.addEventListener('pointerdown', event => event.preventDefault());
    item.addEventListener('click', () => take(place));
    return item;
  }

  function show() {
    const all = find(input.value);
    hits = all.slice(0, MOST);
    active = hits.length ? 0 : -1;
    list.replaceChildren(...hits.map(option));
    list.hidden = hits.length === 0;
    input.setAttribute('aria-expanded', String(hits.length > 0));
    told.textContent = message(all.length);
    mark();
  }

  function message(count) {
    if (input.value.trim() === '') return '';
    if (count === 0) return 'No site has that name';
    return count > MOST ? `${MOST} of ${count} sites` : `${count} ${count === 1 ? 'site' : 'sites'}`;
  }

  function mark() {
    [...list.children].forEach((item, place) => item.setAttribute('aria-selected', String(place === active)));
    if (active < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', `found-${active}`);
    list.children[active]?.scrollIntoView({ block: 'nearest' });
  }

  function hide() {
    list.hidden = true;
    hits = [];
    active = -1;
    told.textContent = '';
    input.setAttribute('aria-expanded', 'false');
    mark();
  }

  function take(place) {
    const hit = hits[place];
    if (!hit) return;
    input.value = Sites.name(hit.row);
    hide();
    State.set({ site: Sites.id(hit.row) });
    Base.goTo(hit.row);
  }

  function key(event) {
    if (event.key === 'Enter') take(active);
    else if (event.key === 'Escape' && !list.hidden) hide();
    else if (event.key === 'ArrowDown' && hits.length) active = (active + 1) % hits.length;
    else if (event.key === 'ArrowUp' && hits.length) active = (active + hits.length - 1) % hits.length;
    else return;
    event.preventDefault();
    mark();
  }

  function start() {
    input.addEventListener('input', show);
    input.addEventListener('keydown', key);
    input.addEventListener('blur', hide);
  }

  return { start };
})();
