'use strict';

/** Reads what georisk/outputs/columns.py wrote: records as columns, one value at a time. */
const Columns = (() => {
  /** Prepare a column: find where each list starts among the elements. */
  function open(column) {
    if ('o' in column) Object.values(column.o).forEach(open);
    if ('l' in column) {
      open(column.l);
      open(column.e);
      column.starts = [0];
    }
    return column;
  }

  function start(column, row) {
    const { starts } = column;
    while (starts.length <= row) {
      starts.push(starts[starts.length - 1] + at(column.l, starts.length - 1));
    }
    return starts[row];
  }

  /** The value of one row, whole. */
  function at(column, row) {
    if ('c' in column) return column.c;
    if ('v' in column) return column.v[row];
    if ('d' in column) return column.d[column.i[row]];
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

  return { open, at, key };
})();
