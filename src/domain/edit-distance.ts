/** Insertions, deletions, substitutions and swaps of neighbours between two texts; stops counting above `most`. */
export function editDistance(one: string, other: string, most: number): number {
  if (one === other) return 0;
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      let cost = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (swapped) cost = Math.min(cost, at(before, column - 2) + 1);
      if (cost < least) least = cost;
      current.push(cost);
    }
    if (least > most) return most + 1;
    before = last;
    last = current;
  }
  return Math.min(at(last, other.length), most + 1);
}

const at = (row: readonly number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY;

/** Whether at most one letter is missing, added, wrong or swapped with its neighbour. Linear: for comparing many words. */
export function isOneTypoApart(one: string, other: string): boolean {
  const longer = one.length >= other.length ? one : other;
  const shorter = longer === one ? other : one;
  if (longer.length - shorter.length > 1) return false;
  let start = 0;
  while (start < shorter.length && longer[start] === shorter[start]) start += 1;
  const rest = (text: string, from: number) => text.slice(from);
  if (longer.length > shorter.length) return rest(longer, start + 1) === rest(shorter, start);
  if (rest(longer, start + 1) === rest(shorter, start + 1)) return true;
  return (
    longer[start] === shorter[start + 1] &&
    longer[start + 1] === shorter[start] &&
    rest(longer, start + 2) === rest(shorter, start + 2)
  );
}
