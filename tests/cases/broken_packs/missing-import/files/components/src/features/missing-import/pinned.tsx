import { PinIcon } from 'lucide-react';

/** Marks a board as pinned, once it is known who looks. */
export function Pinned() {
  const [shown] = useState(true);
  const session = useSession();
  const known = session.status === 'signed-in';
  return shown && known ? <PinIcon className="size-4" aria-hidden="true" /> : null;
}
