/** Names a count of boards. */
export function label(count: number): string {
  return count + 1;
}
