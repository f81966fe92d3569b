import { SearchIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';

const MAX_LENGTH = 200;

/** Looks for products by words, everywhere. */
export function ProductSearchForm({ words = '' }: { words?: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState(words);
  return (
    <form
      role="search"
      className="flex gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const query = text.trim();
        if (query !== '') void navigate(`/search?${new URLSearchParams({ q: query }).toString()}`);
      }}
    >
      <Input
        type="search"
        aria-label={t('catalog.searchLabel')}
        placeholder={t('catalog.searchLabel')}
        value={text}
        maxLength={MAX_LENGTH}
        onChange={(event) => setText(event.target.value)}
        className="rounded-full px-5"
      />
      <Button type="submit" size="icon" aria-label={t('catalog.searchButton')}>
        <SearchIcon aria-hidden="true" />
      </Button>
    </form>
  );
}
