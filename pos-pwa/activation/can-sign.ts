/** Whether this browser has the signatures that a till makes: Ed25519 in WebCrypto (Chrome 137, Firefox 129, Safari 17). */
export async function canSign(): Promise<boolean> {
  try {
    await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
    return true;
  } catch {
    return false;
  }
}
