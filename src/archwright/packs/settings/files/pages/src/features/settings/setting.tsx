import type { ReactNode } from 'react';

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
