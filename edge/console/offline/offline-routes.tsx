import { Hono } from 'hono';
import type { TerminalId, TraceKey } from '../../../shared/protocol/identifiers.ts';
import { openOfflineDesk } from '../../ledger/offline/open-offline-desk.ts';
import { openRegistry } from '../../registry/open-registry.ts';
import type { Terminal } from '../../registry/shops.ts';
import type { ConsoleContext, ConsoleEnv } from '../console-context.ts';
import { createView } from '../create-view.ts';
import { showNotFound } from '../layout/not-found-page.tsx';
import { AllowancesPage } from './allowances-page.tsx';
import { describeEvidence } from './describe-evidence.ts';
import { EvidenceListPage } from './evidence-list-page.tsx';
import { EvidencePage, evidenceFileName } from './evidence-page.tsx';
import { ExposurePage } from './exposure-page.tsx';
import { LateArrivalsPage } from './late-arrivals-page.tsx';

/** What is paid without network: what is at stake, what is set aside, who cheated, what came in late. */
export const offlineRoutes = new Hono<ConsoleEnv>()
  .get('/', showExposure)
  .get('/allowances', async (c) => {
    using offline = openOfflineDesk(c.get('books').ledger);
    return c.html(<AllowancesPage view={createView(c)} rows={await offline.outstanding()} />);
  })
  .get('/evidence', async (c) => {
    using offline = openOfflineDesk(c.get('books').ledger);
    const found = await offline.doubleSpends();
    const rows = await Promise.all(
      found.map(async (row) => ({ ...row, shopName: await findShopName(c, row.traceKey) })),
    );
    return c.html(<EvidenceListPage view={createView(c)} rows={rows} />);
  })
  .get('/evidence/:id{[0-9]{1,15}}', async (c) => {
    const evidence = await describeEvidence(c.get('books'), Number(c.req.param('id')));
    return evidence ? c.html(<EvidencePage view={createView(c)} evidence={evidence} />) : showNotFound(c);
  })
  .get('/evidence/:id{[0-9]{1,15}}/file', async (c) => {
    const id = Number(c.req.param('id'));
    using offline = openOfflineDesk(c.get('books').ledger);
    const file = await offline.evidenceFile(id);
    if (!file) return showNotFound(c);
    c.header('content-disposition', `attachment; filename="${evidenceFileName(id)}"`);
    return c.json(file);
  })
  .get('/late-arrivals', async (c) => {
    const { ledger } = c.get('books');
    using offline = openOfflineDesk(ledger);
    using registry = openRegistry(ledger);
    const [arrivals, terminals] = await Promise.all([offline.lateArrivals(), registry.shops.listTerminals()]);
    const rows = arrivals.map((arrival) => ({ ...arrival, shopName: shopOf(terminals, arrival.terminalId).shopName }));
    return c.html(<LateArrivalsPage view={createView(c)} rows={rows} />);
  });

async function showExposure(c: ConsoleContext) {
  const { ledger } = c.get('books');
  using offline = openOfflineDesk(ledger);
  using registry = openRegistry(ledger);
  const [exposure, debts, terminals, agreedTills] = await Promise.all([
    offline.exposure(),
    offline.debts(),
    registry.shops.listTerminals(),
    registry.shops.countAgreedTerminals(),
  ]);
  if (!exposure) return showNotFound(c);
  const activeTills = terminals.filter(({ status, activatedAtMs }) => status === 'open' && activatedAtMs !== undefined);
  return c.html(
    <ExposurePage
      view={createView(c)}
      facts={{
        exposure,
        agreedTills,
        activeTills: activeTills.length,
        settings: c.get('desk').programme.offline,
        guarantees: exposure.terminals.map((row) => ({ ...row, ...shopOf(terminals, row.terminalId) })),
        debts,
      }}
    />,
  );
}

/** A terminal's shop, whether or not it sells there still. */
function shopOf(terminals: readonly Terminal[], terminalId: TerminalId) {
  const terminal = terminals.find((known) => known.terminalId === terminalId);
  return { merchantNo: terminal?.merchantNo, shopName: terminal?.shopName ?? terminalId };
}

async function findShopName(c: ConsoleContext, traceKey: TraceKey): Promise<string> {
  return (await c.get('books').ledger.paymentDetails(traceKey))?.shopName ?? '';
}
