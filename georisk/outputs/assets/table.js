'use strict';

/** The risk table: sort by any column, filter by any word, show or hide groups of columns. */
(() => {
  const { make } = Page;
  const table = document.getElementById('table');
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.querySelectorAll('tr.heads th')];
  const tools = document.querySelector('.tools');
  const nothing = document.querySelector('.nothing');
  const count = tools.querySelector('.count');
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

  function compare(column, sign) {
    return (one, other) => {
      const [a, b] = [one, other].map(row => row.cells[column].dataset.sort);
      if (a === '' || b === '') return (a === '') - (b === '');
      const difference = Number(a) - Number(b);
      return sign * (Number.isNaN(difference) ? collator.compare(a, b) : difference);
    };
  }

  function sortBy(column) {
    const head = heads[column];
    const numeric = head.classList.contains('score') || head.classList.contains('number');
    const first = numeric ? 'descending' : 'ascending';
    const other = numeric ? 'ascending' : 'descending';
    const direction = head.getAttribute('aria-sort') === first ? other : first;
    heads.forEach(one => one.removeAttribute('aria-sort'));
    head.setAttribute('aria-sort', direction);
    rows.sort(compare(column, direction === 'ascending' ? 1 : -1));
    body.append(...rows);
  }

  function makeSortable() {
    heads.forEach((head, column) => {
      const label = head.querySelector('span');
      const button = make('button', { type: 'button' }, ...label.childNodes);
      button.addEventListener('click', () => sortBy(column));
      label.replaceWith(button);
    });
  }

  function folded(text) {
    return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  }

  function filter(words) {
    const wanted = folded(words).split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach(row => {
      const text = folded(row.textContent);
      row.hidden = !wanted.every(word => text.includes(word));
      shown += row.hidden ? 0 : 1;
    });
    count.textContent = `${shown} of ${rows.length} sites`;
    nothing.hidden = shown > 0;
  }

  function showGroups() {
    const boxes = [...tools.querySelectorAll('input[type="checkbox"]')];
    const off = new Set(boxes.filter(box => !box.checked).map(box => box.value));
    table.querySelectorAll('[data-group]').forEach(cell => {
      cell.hidden = off.has(cell.dataset.group);
    });
  }

  /** On a phone only the scores fit beside the sites. */
  function fewColumns() {
    tools.querySelectorAll('input[type="checkbox"]').forEach(box => {
      box.checked = box.value === 'scores';
    });
  }

  makeSortable();
  if (matchMedia('(max-width: 640px)').matches) fewColumns();
  tools.hidden = false;
  tools.addEventListener('submit', event => event.preventDefault());
  tools.addEventListener('change', showGroups);
  tools.querySelector('input[type="search"]').addEventListener('input', event => filter(event.target.value));
  filter('');
  showGroups();
})();
