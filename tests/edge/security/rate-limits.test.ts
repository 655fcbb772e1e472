import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { giveBackRateLimit, takeRateLimit } from '../../../edge/security/rate-limits.ts';
import { clearing } from '../support/test-app.ts';

describe('rate limits', () => {
  it('hold over a restart, each subject for itself', async () => {
    for (let tries = 0; tries < 10; tries += 1) expect(await clearing().takeRateLimit('setup', 'a')).toBe(true);
    expect(await clearing().takeRateLimit('setup', 'a')).toBe(false);
    await evictDurableObject(clearing());
    expect(await clearing().takeRateLimit('setup', 'a')).toBe(false);
    expect(await clearing().takeRateLimit('setup', 'b')).toBe(true);
  });

  it('take back a try that came to a good end, and make no bucket for who never tried', async () => {
    await runInDurableObject(clearing(), (_clearing, { storage: { sql } }) => {
      for (let tries = 0; tries < 30; tries += 1) {
        expect(takeRateLimit(sql, 'setup', 'good', 1_000)).toBe(true);
        giveBackRateLimit(sql, 'setup', 'good', 1_000);
      }
      giveBackRateLimit(sql, 'setup', 'stranger', 1_000);
      expect(sql.exec("SELECT 1 FROM rate_limits WHERE key = 'setup/stranger'").toArray()).toEqual([]);
    });
  });

  it('forget who has not tried for a while', async () => {
    await runInDurableObject(clearing(), (_clearing, { storage: { sql } }) => {
      for (let index = 0; index < 50; index += 1) takeRateLimit(sql, 'setup', `subject ${index}`, 1_000);
      takeRateLimit(sql, 'setup', 'later', 10_000_000);
      expect(sql.exec("SELECT 1 FROM rate_limits WHERE key LIKE 'setup/subject%'").toArray()).toEqual([]);
    });
  });
});
