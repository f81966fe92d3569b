import type { Json } from '@/lib/database.types';

/** Has the browser save data as a file. */
export function downloadJson(name: string, data: Json): void {
  const blob = new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' });
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
