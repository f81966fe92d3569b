import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';

interface SettingsSectionProps {
  /** Its place in the address: /settings/<id>. */
  id: string;
  title: string;
  text: string;
  children: ReactNode;
}

export function SettingsSection({ id, title, text, children }: SettingsSectionProps) {
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

interface SettingProps {
  title: string;
  text?: string;
  children: ReactNode;
}

/** One thing to set or to do within a section. */
export function Setting({ title, text, children }: SettingProps) {
  return (
    <div className="flex flex-col items-start gap-3 border-t pt-5">
      <div className="flex flex-col gap-1">
        <h3 className="font-semibold">{title}</h3>
        {text !== undefined && <p className="text-sm text-muted-foreground">{text}</p>}
      </div>
      {children}
    </div>
  );
}
