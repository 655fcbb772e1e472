/** Where the script says how the passkey ceremony goes, and what is missing where it cannot run. */
export function PasskeyState() {
  return (
    <>
      <p class="passkey-state error" role="status" data-passkey-state></p>
      <noscript>
        <p class="small">Passkeys need JavaScript: switch it on for this address, and load the page again.</p>
      </noscript>
    </>
  );
}
