import type { CDPSession, Page } from '@playwright/test';

/** A platform authenticator with user verification, by Chromium's own WebAuthn over the DevTools protocol. */
export interface VirtualAuthenticator {
  /** The person passes (true) or fails (false) the device's biometrics from now on. */
  setUserVerified(isVerified: boolean): Promise<void>;
  /** The person does not touch the device: a ceremony stays open until it is cancelled or times out. */
  setPresence(isPresent: boolean): Promise<void>;
  /** What a passkey provider does between somebody's devices: this one holds the other's passkeys, too, from now on. */
  syncFrom(other: VirtualAuthenticator): Promise<void>;
  exportPasskeys(): Promise<Passkeys>;
}

export type Passkeys = Awaited<ReturnType<typeof exportPasskeys>>;

async function exportPasskeys(cdp: CDPSession, authenticatorId: string) {
  const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
  return credentials;
}

/** @param passkeys that it holds already */
export async function addVirtualAuthenticator(page: Page, passkeys: Passkeys = []): Promise<VirtualAuthenticator> {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const add = async (credentials: Passkeys) => {
    for (const credential of credentials) await cdp.send('WebAuthn.addCredential', { authenticatorId, credential });
  };
  await add(passkeys);
  return {
    async setUserVerified(isUserVerified) {
      await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
    async setPresence(enabled) {
      await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
    },
    async syncFrom(other) {
      await add(await other.exportPasskeys());
    },
    exportPasskeys: () => exportPasskeys(cdp, authenticatorId),
  };
}
