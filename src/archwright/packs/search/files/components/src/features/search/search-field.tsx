import { SearchIcon, XIcon } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';

const PAUSE = 300;
const MAX_LENGTH = 200;

interface SearchFieldProps {
  value: string;
  /** Called when typing pauses, and at once on enter. */
  onSearch: (query: string, done: boolean) => void;
}

export function SearchField({ value, onSearch }: SearchFieldProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (known !== value) {
    // the address has changed from elsewhere: a recent search, or the way back
    setKnown(value);
    if (value !== text.trim()) setText(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const search = (next: string, pause: number) => {
    setText(next);
    clearTimeout(timer.current);
    if (pause === 0) onSearch(next.trim(), true);
    else timer.current = setTimeout(() => onSearch(next.trim(), false), pause);
  };
  return (
    <form
      role="search"
      className="relative"
      onSubmit={(event) => {
        event.preventDefault();
        search(text, 0);
      }}
    >
      <SearchIcon
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-4 size-5 -translate-y-1/2 text-muted-foreground"
      />
      <Input
        type="search"
        aria-label={t('search.placeholder')}
        placeholder={t('search.placeholder')}
        value={text}
        maxLength={MAX_LENGTH}
        onChange={(event) => search(event.target.value, PAUSE)}
        className="rounded-full pr-12 pl-12 [&::-webkit-search-cancel-button]:hidden"
      />
      {text !== '' && (
        <Button
          variant="ghost"
          size="icon"
          aria-label={t('search.clear')}
          onClick={() => search('', 0)}
          className="absolute top-1/2 right-0 -translate-y-1/2"
        >
          <XIcon aria-hidden="true" />
        </Button>
      )}
    </form>
  );
}
