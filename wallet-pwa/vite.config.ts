import { createPwaViteConfig } from '../shared/browser/build/pwa-vite-config.ts';

export default createPwaViteConfig({ appDirectory: import.meta.dirname, name: 'wallet' });
