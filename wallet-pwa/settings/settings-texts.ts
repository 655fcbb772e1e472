import { createSay } from '../../shared/browser/i18n/create-say.ts';

/** Words of the settings and what is opened from there: they come with those screens. */
const SETTINGS_TEXTS_EN = {
  'verify.title': 'Check a receipt',
  'settings.title': 'Settings',
  'settings.verify': 'Check a receipt',
  'settings.you': 'You',
  'settings.name': 'Name',
  'settings.passkey': 'Unlock',
  'settings.passkey-note': 'Finger, face or screen lock',
  'settings.programme': 'Programme',
  'settings.look': 'Look',
  'settings.theme.system': 'Automatic',
  'settings.theme.light': 'Light',
  'settings.theme.dark': 'Dark',
  'settings.help': 'Help',
  'settings.camera': 'The camera does not open',
  'settings.camera-1': 'Tap the mark beside the address at the top of your browser, then “Permissions”.',
  'settings.camera-2': 'Allow the camera for this site, then come back and scan again.',
  'settings.camera-3': 'You can always scan from a picture, from this screen, or paste the code instead.',
  'settings.safe': 'Is my money safe?',
  'settings.safe-1': 'Nobody can pay with your card without your finger, face or screen lock.',
  'settings.safe-2':
    'If you lose this phone, open your wallet on another one with the same passkey. Your money is not on the phone.',
  'settings.safe-3': 'Each payment is taken once, even when the network breaks in the middle.',
  'settings.about': 'About',
  'settings.version': 'Version',
  'settings.support': 'Details for support',
  'settings.copy': 'Copy',
  'settings.copied': 'Copied',
  'settings.sign-out': 'Sign out of this phone',
  'settings.sign-out-note': 'Your cards and money stay yours. Sign in again any time.',
  'settings.sign-out-heading': 'Sign out of this phone?',
  'settings.sign-out-body':
    'This phone forgets your cards and receipts. Your money stays where it is. “I have a wallet already” brings everything back.',
  'settings.sign-out-confirm': 'Sign out',
  'settings.sign-out-stay': 'Stay',
  'settings.sign-out-unsettled': 'A payment is still being checked. Sign out when it is done.',
  'settings.sign-out-offline': 'Something is not settled yet. Go online once, then sign out.',
  'settings.offline': 'Without a network',
  'settings.on': 'On',
  'settings.off': 'Off',
  'settings.storage': 'Storage',
  'settings.storage-kept': 'Kept by this browser',
  'settings.storage-loose': 'The browser may clear it when space runs short',
} as const;

export const saySettings = createSay(SETTINGS_TEXTS_EN);
