export function playerActions(set: (next: object) => void) {
  return { mute: () => set({ muted: true }) };
}
