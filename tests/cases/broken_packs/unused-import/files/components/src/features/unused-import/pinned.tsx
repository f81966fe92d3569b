import { PinIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Board } from '@/features/boards/boards-api';
import { fetchBoards, type Board as Other } from '@/features/boards/boards-api';

/** Marks a board as pinned. */
export function Pinned() {
  const [shown] = useState(true);
  return shown ? <PinIcon className="size-4" aria-hidden="true" /> : null;
}
