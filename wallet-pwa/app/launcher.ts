import type { Router } from '../../shared/browser/state/router.ts';
import { Store } from '../../shared/browser/state/store.ts';
import { type Launch, readLaunch } from '../routing/read-launch.ts';
import { readScan } from '../routing/read-scan.ts';
import { SCREENS, type ScreenName } from '../routing/screens.ts';
import type { Wallet } from './wallet.ts';

/**
 * What an address or a scan asks for, and where it leads: a payment to its sheet, a card's code to the form that takes it. What
 * comes before there is a wallet waits until there is one.
 */
export class Launcher {
  /** Waits behind the sign-up. */
  readonly waiting = new Store<Launch | undefined>(undefined);
  /** Kept here and not in the address: a reload would tell it to the server's log. */
  readonly claimCode = new Store<string | undefined>(undefined);
  readonly #wallet: Wallet;
  readonly #router: Router<ScreenName>;

  constructor(wallet: Wallet, router: Router<ScreenName>) {
    this.#wallet = wallet;
    this.#router = router;
    this.#readAddress();
    router.route.subscribe(() => {
      this.#readAddress();
      this.followCode();
    });
    wallet.session.subscribe(() => this.#follow());
  }

  /** A text from the scanner. */
  takeScan(text: string): void {
    const scan = readScan(text);
    if (scan.kind === 'payment') void this.#wallet.payment.open(scan.text);
    else if (scan.kind === 'answer') void this.#wallet.takeAnswer(scan.text);
    else this.#openClaim(scan.code);
  }

  /** Once the wallet has opened: a code whose minute is not over goes on, whatever address the app was opened with. */
  resumeCode(): void {
    if (this.#wallet.payCodes.flow.state.value.status === 'showing') {
      this.#router.go(SCREENS.code, { isReplacing: true });
    } else this.followCode();
  }

  /** The code belongs to its screen: arriving begins, leaving, by whatever way, takes the code back. */
  followCode(): void {
    const { payCodes, session } = this.#wallet;
    const { flow } = payCodes;
    if (this.#router.route.value.name !== 'code') flow.leave();
    else if (session.value.status === 'ready' && flow.state.value.status === 'none') flow.open();
  }

  #readAddress(): void {
    const launch = readLaunch(new URL(location.href));
    if (!launch) return;
    this.waiting.set(launch);
    this.#follow();
  }

  #follow(): void {
    const launch = this.waiting.value;
    if (!launch || this.#wallet.session.value.status !== 'ready') return;
    this.waiting.set(undefined);
    if (launch.kind === 'claim') this.#openClaim(launch.code);
    else void this.#wallet.payment.open(launch.link);
  }

  #openClaim(code: string): void {
    this.claimCode.set(code);
    this.#router.go(SCREENS['add-card'], { isReplacing: true });
  }
}
