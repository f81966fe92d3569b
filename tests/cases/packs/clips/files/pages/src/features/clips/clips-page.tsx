export function Component() {
  return <h1>Clips</h1>;
}
