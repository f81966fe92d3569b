export function Layout() {
  return (
    <main>
      {/*% slot "layout.header" %*/}
    </main>
  );
}
