import { html, nothing } from 'lit';
import type { DemoNetwork } from '../network/demo-network.ts';

/** Marks a demo on a screen by the switch of its network; what no real programme needs is not loaded there. */
export function demoSwitch(isDemo: boolean | undefined, network: DemoNetwork) {
  // A window whose network is pulled may not have heard yet that this is a demo, and needs the way back.
  if (!isDemo && !network.isPulled.value) return nothing;
  void import('./tandem-demo-switch.ts');
  return html`<tandem-demo-switch .network=${network}></tandem-demo-switch>`;
}
