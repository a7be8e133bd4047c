/** Smallest first, by a number. Push and pop cost log n, so a million planned receipts are no burden. */
export class Heap<Item> {
  readonly #keyOf: (item: Item) => number;
  #items: Item[] = [];

  constructor(keyOf: (item: Item) => number) {
    this.#keyOf = keyOf;
  }

  get size(): number {
    return this.#items.length;
  }

  peek(): Item | undefined {
    return this.#items[0];
  }

  clear(): void {
    this.#items = [];
  }

  push(item: Item): void {
    const items = this.#items;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = items[parent] as Item;
      if (this.#keyOf(above) <= this.#keyOf(item)) break;
      items[at] = above;
      at = parent;
    }
    items[at] = item;
  }

  pop(): Item | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) return top;
    let at = 0;
    for (;;) {
      const child = this.#smallerChild(at);
      if (child === null || this.#keyOf(items[child] as Item) >= this.#keyOf(last)) break;
      items[at] = items[child] as Item;
      at = child;
    }
    items[at] = last;
    return top;
  }

  #smallerChild(at: number): number | null {
    const left = 2 * at + 1;
    if (left >= this.#items.length) return null;
    const right = left + 1;
    if (right >= this.#items.length) return left;
    return this.#keyOf(this.#items[right] as Item) < this.#keyOf(this.#items[left] as Item) ? right : left;
  }
}
