import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';

interface SectionCardProps {
  /** Its name in the address: a page can be opened at the section. */
  id: string;
  title: string;
  text: string;
  children: ReactNode;
}

/** One of several sections of a page, with a heading of its own. */
export function SectionCard({ id, title, text, children }: SectionCardProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-20">
      <Card className="gap-6">
        <div className="flex flex-col gap-1">
          <h2 id={`${id}-title`} className="text-lg font-bold">
            {title}
          </h2>
          <p className="text-sm text-muted-foreground">{text}</p>
        </div>
        {children}
      </Card>
    </section>
  );
}
