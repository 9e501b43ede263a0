'use strict';

/** What every page shares: its data, elements made from text, safe links, the colour scheme. */
const Page = (() => {
  const data = JSON.parse(document.getElementById('page-data').textContent);

  /** An element. Attributes are set as attributes; children that are text stay text. */
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) {
      if (value !== null && value !== undefined && value !== false) {
        element.setAttribute(name, value === true ? '' : value);
      }
    }
    element.append(...children.flat().filter(child => child !== null && child !== undefined));
    return element;
  }

  /** Text from data, kept from turning the direction of what stands beside it. */
  function words(text) {
    return make('bdi', null, String(text));
  }

  /** The address if it may stand in a link (http, https, a page of this folder tree), else null. */
  function href(address) {
    if (typeof address !== 'string' || /[\u0000-\u0020\u007f-\u009f]/.test(address)) return null;
    if (/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(address)) return address;
    try {
      return ['http:', 'https:'].includes(new URL(address).protocol) ? address : null;
    } catch {
      return null;
    }
  }

  /** A link, or the plain text where the address is not safe to follow. */
  function link(address, text) {
    const safe = href(address);
    if (safe === null) return words(text);
    const outside = safe.includes(':');
    return make(
      'a',
      { href: safe, rel: outside && 'noopener noreferrer', target: outside && '_blank' },
      words(text),
    );
  }

  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === 'dark' : system.matches;
  }

  /** Storage may be refused for local files; the page then simply follows the system. */
  function remembered(value) {
    try {
      if (value === undefined) return localStorage.getItem('georisk-theme');
      localStorage.setItem('georisk-theme', value);
    } catch { /* see above */ }
    return null;
  }

  function startTheme() {
    const stored = remembered();
    if (stored === 'dark' || stored === 'light') root.dataset.theme = stored;
    const button = document.querySelector('[data-action="theme"]');
    if (!button) return;
    const show = () => {
      button.setAttribute('aria-pressed', isDark());
      document.dispatchEvent(new Event('colourscheme'));
    };
    button.addEventListener('click', () => {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      remembered(root.dataset.theme);
      show();
    });
    system.addEventListener('change', show);
    show();
  }

  startTheme();
  return { data, make, words, href, link };
})();
