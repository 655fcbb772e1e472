import { describe, expect, it } from 'vitest';
import { formatWorkerdConfig } from '../../../edge/serve/workerd-config.ts';

const settings = {
  compatibilityDate: '2026-10-23',
  compatibilityFlags: ['a_flag', 'another_flag'],
  durableObjects: [{ binding: 'LEDGER', className: 'Ledger' }],
  assetsBinding: 'ASSETS',
  textBindings: ['PUBLIC_ORIGIN', 'KEY_SECRET'],
};

describe('the configuration for plain workerd', () => {
  it('gives the worker the date and flags it was bundled for', () => {
    const config = formatWorkerdConfig(settings, [{ name: 'worker.js' }]);
    expect(config).toContain('compatibilityDate = "2026-10-23"');
    expect(config).toContain('compatibilityFlags = ["a_flag", "another_flag"]');
  });

  it('keeps every object in SQLite under a name that must not change', () => {
    const config = formatWorkerdConfig(settings, [{ name: 'worker.js' }]);
    expect(config).toContain('(className = "Ledger", uniqueKey = "tandem-ledger", enableSql = true)');
  });

  it('lets the worker call nobody outside', () => {
    const config = formatWorkerdConfig(settings, [{ name: 'worker.js' }]);
    expect(config).toContain('(name = "internet", network = (allow = []))');
    expect(config).not.toContain('globalOutbound');
  });

  it('takes the value of every text binding from the environment', () => {
    const config = formatWorkerdConfig(settings, [{ name: 'worker.js' }]);
    expect(config).toContain('(name = "KEY_SECRET", fromEnvironment = "KEY_SECRET")');
    expect(config).not.toContain('text =');
  });

  it('embeds each module by its kind', () => {
    const config = formatWorkerdConfig(settings, [{ name: 'worker.js' }, { name: 'a.wasm' }, { name: 'b.txt' }]);
    expect(config).toContain('(name = "worker.js", esModule = embed "worker.js")');
    expect(config).toContain('(name = "a.wasm", wasm = embed "a.wasm")');
    expect(config).toContain('(name = "b.txt", text = embed "b.txt")');
  });

  it('refuses a module it has no rule for', () => {
    expect(() => formatWorkerdConfig(settings, [{ name: 'worker.js' }, { name: 'a.zip' }])).toThrow('a.zip');
  });
});
