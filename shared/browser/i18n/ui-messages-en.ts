/** What the shared elements say. Plain words, no codes of ours, one thought a sentence. */
export const UI_MESSAGES_EN = {
  'outcome.paid': 'Paid',
  'outcome.guaranteed': 'Paid',
  'outcome.guaranteed.note': 'Guaranteed. Will clear when online.',
  'outcome.not-paid': 'Not paid',
  'outcome.not-paid.note': 'No money was taken.',
  'outcome.unknown': 'Checking…',
  'outcome.unknown.note': 'It is safe to wait. If you switch this off, it goes on checking next time it starts.',
  'outcome.details': 'Details',
  'outcome.code': 'Code',
  'outcome.payment-number': 'Payment number',

  'network.online': 'Online',
  'network.offline': 'No network',

  'code.label': 'Code to scan',
  'code.brightness': 'Hard to scan? Turn up the brightness of your screen.',

  'countdown.label': 'Time left',

  'sheet.close': 'Close',

  'update.ready': 'A new version is ready.',
  'update.waiting': 'A new version is ready. It will wait until this payment is done.',
  'update.now': 'Update now',
  'update.later': 'Later',

  'install.hint': 'Put this on your home screen: it opens faster and works with no network.',
  'install.ios': 'Tap Share, then “Add to Home Screen”.',
  'install.now': 'Install',
  'install.dismiss': 'Not now',

  'scanner.label': 'Scan a code',
  'scanner.starting': 'Starting the camera…',
  'scanner.looking': 'Point the camera at the code',
  'scanner.looking-screen': 'Looking at your screen…',
  'scanner.too-dark': 'Too dark. Try the light.',
  'scanner.too-dark-no-torch': 'Too dark. Find some light.',
  'scanner.hold-still': 'I see a code. Hold still, or come closer.',
  'scanner.seen': 'Got it',
  'scanner.paused': 'Paused',
  'scanner.reading-image': 'Looking at the picture…',
  'scanner.torch': 'Light',
  'scanner.switch-camera': 'Other camera',
  'scanner.other-ways': 'Other ways to scan',
  'scanner.use-camera': 'Camera',
  'scanner.use-screen': 'This screen',
  'scanner.use-image': 'Picture',
  'scanner.use-text': 'Paste',
  'scanner.text-label': 'Code or link as text',
  'scanner.text-submit': 'Use this text',
  'scanner.text-empty': 'There is no text to use yet.',
  'scanner.try-again': 'Try again',
  'scanner.broken': 'This browser cannot read codes.',
  'scanner.broken-next': 'Paste the code as text instead.',
  'scanner.insecure': 'The camera needs a safe page.',
  'scanner.insecure-next': 'Open this app by its https address.',
  'scanner.drop': 'Drop the picture here',
} as const;

export type UiMessageKey = keyof typeof UI_MESSAGES_EN;
