import { Database } from '../../../shared/browser/storage/database.ts';
import { KeyStore } from '../../../shared/browser/storage/key-store.ts';
import { importContentKey } from '../../../shared/protocol/codes/content-seal.ts';

/** The storage of both apps by itself, for a page that consists of nothing else. */
Object.assign(window, { storage: { Database, KeyStore, importContentKey } });
