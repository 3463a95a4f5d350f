/** A place in a trie. Most have one child: a map for each would take much memory. */
class TrieNode {
  isEnd = false;
  #symbol = -1;
  #child: TrieNode | undefined;
  #others: Map<number, TrieNode> | undefined;

  get hasChildren(): boolean {
    return this.#child !== undefined;
  }

  child(symbol: number): TrieNode | undefined {
    return symbol === this.#symbol ? this.#child : this.#others?.get(symbol);
  }

  symbols(): number[] {
    return [...(this.#child ? [this.#symbol] : []), ...(this.#others?.keys() ?? [])];
  }

  grow(symbol: number): TrieNode {
    const known = this.child(symbol);
    if (known) return known;
    const grown = new TrieNode();
    if (this.#child) (this.#others ??= new Map()).set(symbol, grown);
    else {
      this.#symbol = symbol;
      this.#child = grown;
    }
    return grown;
  }
}

export type { TrieNode };

/** Sequences of symbols, found at a place in as many steps as the longest one has symbols, however many there are. */
export class SymbolTrie {
  readonly root = new TrieNode();

  add(symbols: readonly number[]): void {
    let node = this.root;
    for (const symbol of symbols) node = node.grow(symbol);
    if (symbols.length > 0) node.isEnd = true;
  }
}
