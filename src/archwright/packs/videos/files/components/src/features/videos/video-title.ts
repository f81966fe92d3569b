/** By `u` a caption is cut between characters, never within one. */
const BEGINNING = /^.{0,60}/su;

/** What a video is called where there is little room: how its caption begins; empty without one. */
export function videoTitle(caption: string): string {
  const start = BEGINNING.exec(caption)?.[0] ?? '';
  return start.length < caption.length ? `${start.trimEnd()}…` : start.trim();
}
