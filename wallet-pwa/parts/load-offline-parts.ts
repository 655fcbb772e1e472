/** The codes that a payment needs when one side has no network: fetched while there is one, defined when they are needed. */
export const loadOfflineParts = () =>
  Promise.all([
    import('../screens/wallet-handover.ts'),
    import('../screens/wallet-accepted.ts'),
    import('../offline/read-acceptance.ts'),
    import('./wallet-receipt-code.ts'),
  ]);
