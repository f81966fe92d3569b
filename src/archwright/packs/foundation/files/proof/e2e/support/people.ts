import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import type { Database } from '@/lib/database.types';
/*% if has('auth') %*/
import { TERMS_VERSION } from '@/features/auth/terms-version';
/*% endif %*/
import type { Watch } from './watch';
import type { World } from './world';

type Client = SupabaseClient<Database>;

interface Account {
  id: string;
  handle: string;
  email: string;
  password: string;
}

/** Somebody who has just joined, in a browser of their own. */
export interface Newcomer extends Account {
  page: Page;
}

/** A seeded person by handle, a newcomer, or null for a visitor. */
export type Who = string | Account | null;

const PASSWORD = 'sample-password';

function credentials(who: string | Account): { email: string; password: string } {
  return typeof who === 'string' ? { email: `${who}@example.com`, password: PASSWORD } : who;
}

/** People in front of the app: each has a browser of their own, or only their rights. */
export class People {
  private readonly browser: Browser;
  private readonly world: World;
  private readonly watch: Watch;
  private readonly contexts: BrowserContext[] = [];

  constructor(browser: Browser, world: World, watch: Watch) {
    this.browser = browser;
    this.world = world;
    this.watch = watch;
  }

  /** Opens a fresh browser, signed in already; the page is blank, so that a spec goes where it likes. */
  async open(who: Who, options: BrowserContextOptions = {}): Promise<Page> {
    const localStorage = who === null ? [] : await this.signedIn(who);
    const context = await this.browser.newContext({
      ...options,
      baseURL: this.world.site,
      storageState: { cookies: [], origins: [{ origin: this.world.site, localStorage }] },
    });
    this.contexts.push(context);
    this.watch.over(context);
    return context.newPage();
  }

  /** A member without a past: signed up with the terms accepted, and with a name and a handle. */
  async newcomer(wanted: { handle?: string } = {}): Promise<Newcomer> {
    const account = await this.join(wanted.handle ?? `new_${randomUUID().slice(0, 8)}`);
    return { ...account, page: await this.open(account) };
  }

  /** The API with somebody's token: what they may do without the app in front of it. */
  async client(who: Who): Promise<Client> {
    const client = this.connect(new Map());
    if (who !== null) await enter(client, who);
    return client;
  }

  async close(): Promise<void> {
    await Promise.all(this.contexts.map((context) => context.close()));
  }

  private async join(handle: string): Promise<Account> {
    const account = { handle, email: `${handle}@example.com`, password: randomUUID() };
    const client = this.connect(new Map());
    const { data, error } = await client.auth.signUp({
      email: account.email,
      password: account.password,
      /*% if has('auth') %*/
      options: { data: { display_name: handle, terms_version: TERMS_VERSION } },
      /*% endif %*/
    });
    if (error) throw error;
    if (!data.user || !data.session) throw new Error('a new account must confirm its address');
    const { id } = data.user;
    /*% if has('profiles') %*/
    await client.from('profiles').update({ handle }).eq('id', id).throwOnError();
    /*% endif %*/
    return { ...account, id };
  }

  /** What the app's own client would have put into the browser's storage. */
  private async signedIn(who: string | Account): Promise<{ name: string; value: string }[]> {
    const items = new Map<string, string>();
    await enter(this.connect(items), who);
    return [...items].map(([name, value]) => ({ name, value }));
  }

  private connect(items: Map<string, string>): Client {
    const storage = {
      getItem: (name: string) => items.get(name) ?? null,
      setItem: (name: string, value: string) => void items.set(name, value),
      removeItem: (name: string) => void items.delete(name),
    };
    const auth = { storage, persistSession: true, autoRefreshToken: false };
    return createClient<Database>(this.world.api, this.world.key, { auth });
  }
}

async function enter(client: Client, who: string | Account): Promise<void> {
  const { error } = await client.auth.signInWithPassword(credentials(who));
  if (error) throw error;
}
