import type { Newcomer, People } from './people';

export interface OpenedStore {
  id: string;
  slug: string;
  name: string;
}

/** A store of somebody's, applied for and approved without the forms in front. */
export async function openStore(people: People, owner: Newcomer): Promise<OpenedStore> {
  const slug = `shop-${owner.handle.replaceAll(/[^a-z0-9]/g, '-')}`;
  const name = `Shop of ${owner.handle}`;
  const client = await people.client(owner);
  const { data: application } = await client
    .rpc('apply_for_store', {
      p_name: name,
      p_slug: slug,
      p_country: 'DE',
      p_currency: 'EUR',
      p_about: 'We sell by hand.',
    })
    .throwOnError();
  const admin = await people.client('mara');
  const { data: id } = await admin
    .rpc('decide_store_application', { p_application: application, p_approve: true })
    .throwOnError();
  return { id, slug, name };
}
