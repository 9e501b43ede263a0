'use strict';

/** Reads what georisk/outputs/columns.py wrote: records as columns, one value at a time, or a whole column of numbers. */
const Columns = (() => {
  const KINDS = { 1: Uint8Array, 2: Uint16Array, 4: Int32Array };
  const NONE = 0xffff;
  const NOTHING = { 1: 0xff, 2: 0xffff, 4: 0x7fffffff };

  /** Put the columns that are named by their place where they are used. */
  function open(top) {
    const found = keys => keys.reduce((column, key) => column.o?.[key] ?? column[key], top);
    const visit = holder => Object.entries(holder).forEach(([key, column]) => {
      if ('r' in column) holder[key] = found(column.r);
      else if ('o' in column) visit(column.o);
      else if ('l' in column) {
        ['l', 'e'].forEach(side => { if ('r' in column[side]) column[side] = found(column[side].r); });
        if ('o' in column.e) visit(column.e.o);
      }
    });
    if ('o' in top) visit(top.o);
    return top;
  }

  /** Whole numbers out of base64; made when first asked for, then kept. */
  function unpacked(column) {
    if (column.whole) return column.whole;
    const text = atob(column.n);
    const bytes = new Uint8Array(text.length);
    for (let place = 0; place < text.length; place += 1) bytes[place] = text.charCodeAt(place);
    column.whole = new KINDS[column.w](bytes.buffer);
    delete column.n;
    return column.whole;
  }

  function start(column, row) {
    const counts = column.l;
    if ('c' in counts) return counts.c * row;
    column.starts ??= [0];
    const { starts } = column;
    while (starts.length <= row) starts.push(starts[starts.length - 1] + at(counts, starts.length - 1));
    return starts[row];
  }

  function number(column, row) {
    const whole = unpacked(column)[row];
    return whole === NOTHING[column.w] ? null : whole / column.s;
  }

  function place(column, row) {
    return Array.isArray(column.i) ? column.i[row] : unpacked(column.i)[row];
  }

  /** The value of one row, whole. */
  function at(column, row) {
    if ('c' in column) return column.c;
    if ('v' in column) return column.b === undefined ? column.v[row] : column.b + column.v[row];
    if ('d' in column) return column.d[place(column, row)];
    if ('w' in column) return number(column, row);
    if ('o' in column) {
      return Object.fromEntries(Object.entries(column.o).map(([key, inner]) => [key, at(inner, row)]));
    }
    const from = start(column, row);
    return Array.from({ length: at(column.l, row) }, (_, offset) => at(column.e, from + offset));
  }

  /** The column of one key of records; null everywhere if no record has it. */
  function key(column, name) {
    if ('o' in column) return column.o[name] ?? { c: null };
    if ('v' in column) return { v: column.v.map(record => record?.[name] ?? null) };
    return { c: column.c?.[name] ?? null };
  }

  /** Numbers of the rows, null as NaN. */
  function numbers(column, count) {
    if ('w' in column) {
      const nothing = NOTHING[column.w];
      return Float64Array.from(unpacked(column), whole => (whole === nothing ? NaN : whole / column.s));
    }
    return Float64Array.from({ length: count }, (_, row) => at(column, row) ?? NaN);
  }

  /** For each row the place its text has in `ranks`, or NONE. */
  function codes(column, count, ranks) {
    const of = text => ranks.get(text) ?? NONE;
    if ('c' in column) return new Uint16Array(count).fill(of(column.c));
    if ('d' in column) {
      const ranked = column.d.map(of);
      const places = Array.isArray(column.i) ? column.i : unpacked(column.i);
      return Uint16Array.from(places, one => ranked[one]);
    }
    return Uint16Array.from({ length: count }, (_, row) => of(at(column, row)));
  }

  return { NONE, open, at, key, numbers, codes };
})();
