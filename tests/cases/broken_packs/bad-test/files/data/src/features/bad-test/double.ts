/** Doubles a number. */
export function double(count: number): number {
  return count * 3;
}
