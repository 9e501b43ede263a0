'use strict';

/** Where signs and names go so that nothing overlaps. Works in pixels and knows no map. */
const Layout = (() => {
  const ROUNDS = 120;
  const LINE = 18;
  const SIDES = ['right', 'left', 'below', 'above', 'below-right', 'below-left', 'above-right', 'above-left'];

  /** Push signs apart until their centres are `gap` apart, or as far as the room each asks for; each node gets px, py near its x, y. */
  function separate(nodes, gap) {
    nodes.forEach(node => Object.assign(node, { px: node.x, py: node.y }));
    for (let round = 0, moved = true; moved && round < ROUNDS; round += 1) {
      moved = false;
      for (let a = 0; a < nodes.length; a += 1) {
        for (let b = a + 1; b < nodes.length; b += 1) moved = part(nodes[a], nodes[b], gap, a + b) || moved;
      }
    }
  }

  function part(one, other, usual, turn) {
    const gap = (one.room ?? usual / 2) + (other.room ?? usual / 2);
    let dx = other.px - one.px;
    let dy = other.py - one.py;
    const distance = Math.hypot(dx, dy);
    if (distance >= gap - 0.1) return false;
    if (distance < 0.01) [dx, dy] = [Math.cos(turn * 2.4), Math.sin(turn * 2.4)];
    const push = (gap - distance) / 2 / (distance < 0.01 ? 1 : distance);
    one.px -= dx * push;
    one.py -= dy * push;
    other.px += dx * push;
    other.py += dy * push;
    return true;
  }

  function boxOf(node, side, radius) {
    const half = node.width / 2;
    const away = radius + 3;
    const [above, below] = [node.py - away - LINE, node.py + away];
    const [x, y] = {
      right: [node.px + away, node.py - LINE / 2],
      left: [node.px - away - node.width, node.py - LINE / 2],
      below: [node.px - half, below],
      above: [node.px - half, above],
      'below-right': [node.px - radius, below],
      'below-left': [node.px + radius - node.width, below],
      'above-right': [node.px - radius, above],
      'above-left': [node.px + radius - node.width, above],
    }[side];
    return { left: x, top: y, right: x + node.width, bottom: y + LINE };
  }

  function meet(one, other) {
    return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  }

  /** Give each node a side for its name, or none where every side is taken or out of sight. */
  function name(nodes, radius, view) {
    const taken = nodes.map(({ px, py, room }) => {
      const half = room ?? radius;
      return { left: px - half, right: px + half, top: py - half, bottom: py + half };
    });
    nodes.forEach(node => {
      if (!node.width) {
        node.side = null;
        return;
      }
      const sides = [...new Set([node.side ?? 'right', ...SIDES])];
      node.side = sides.find(side => {
        const box = boxOf(node, side, radius);
        const seen = box.left >= view.left && box.right <= view.right && box.top >= view.top && box.bottom <= view.bottom;
        return seen && !taken.some(other => meet(box, other));
      }) ?? null;
      if (node.side !== null) taken.push(boxOf(node, node.side, radius));
    });
  }

  return { separate, name };
})();
