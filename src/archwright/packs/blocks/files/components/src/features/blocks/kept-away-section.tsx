import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { LucideIcon } from 'lucide-react';
import { InfiniteList } from '@/components/infinite-list';
import { SectionCard } from '@/components/section-card';
import { Button } from '@/components/ui/button';
import { ProfileAvatar } from '@/features/profiles/profile-avatar';
import type { KeptAway } from './blocks-api';

interface KeptAwaySectionProps {
  /** The section's address: /settings/<id>. */
  id: string;
  title: string;
  text: string;
  emptyText: string;
  icon: LucideIcon;
  query: UseInfiniteQueryResult<InfiniteData<KeptAway[]>>;
  undoLabel: string;
  /** The name of the button for one member: buttons of the same name are hard to tell apart. */
  undoName: (member: KeptAway) => string;
  onUndo: (member: KeptAway) => void;
}

/** A part of the settings: a list of members, each with a button that lets them back in. */
export function KeptAwaySection({
  id,
  title,
  text,
  emptyText,
  icon,
  query,
  undoLabel,
  undoName,
  onUndo,
}: KeptAwaySectionProps) {
  return (
    <SectionCard id={id} title={title} text={text}>
      <InfiniteList
        query={query}
        label={title}
        empty={{ icon, title: emptyText }}
        getKey={(member) => member.id}
        className="divide-y"
      >
        {(member) => (
          <div className="flex items-center gap-3 py-3">
            <ProfileAvatar profile={member} />
            <div className="min-w-0 flex-1">
              <p className="truncate font-semibold">{member.display_name}</p>
              <p className="truncate text-sm text-muted-foreground">{`@${member.handle}`}</p>
            </div>
            <Button variant="outline" aria-label={undoName(member)} onClick={() => onUndo(member)}>
              {undoLabel}
            </Button>
          </div>
        )}
      </InfiniteList>
    </SectionCard>
  );
}
