/** What the demo's own switch says: no part of what a real programme loads. */
export const DEMO_MESSAGES_EN = {
  'demo.name': 'Demo',
  'demo.network-on': ': network on',
  'demo.network-off': ': network off',
  'demo.note': 'A demo, with play money. Press to pull the network of this window, or to plug it in again.',
} as const;
