import type { ReactNode } from 'react';

/** A page of its own, without the app's navigation. */
export function FullPage({ children }: { children: ReactNode }) {
  return (
    <main id="main" className="grid min-h-dvh place-items-center p-6">
      {children}
    </main>
  );
}
