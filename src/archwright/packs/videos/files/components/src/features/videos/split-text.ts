interface Piece {
  /** Where the piece starts. */
  at: number;
  text: string;
  /** Where it leads; null for plain text. */
  to: string | null;
}

// a # or @ inside a word or an address (a@b.example, /#top) starts nothing
const MARK =
  /(?<![\p{L}\p{N}_@#./&])(?:#(?<tag>[\p{L}\p{N}_]{1,50})(?![\p{L}\p{N}_])|@(?<handle>[a-z0-9_]+(?:\.[a-z0-9_]+)*))/giu;

function target(tag: string | undefined, handle: string | undefined): string | null {
  /*% if has('hashtags.pages') %*/
  if (tag !== undefined && /\p{L}/u.test(tag)) return `/tags/${encodeURIComponent(tag.toLowerCase())}`;
  /*% endif %*/
  const known = handle !== undefined && handle.length >= 3 && handle.length <= 24;
  return known && tag === undefined ? `/u/${handle.toLowerCase()}` : null;
}

/** Cuts a text into plain pieces and links, in order. */
export function splitText(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(MARK)) {
    const to = target(match.groups?.['tag'], match.groups?.['handle']);
    if (to === null) continue;
    if (match.index > end) pieces.push({ at: end, text: text.slice(end, match.index), to: null });
    pieces.push({ at: match.index, text: match[0], to });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ at: end, text: text.slice(end), to: null });
  return pieces;
}
