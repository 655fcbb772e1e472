import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { EvidenceFile } from '../../shared/protocol/wire/offline-evidence.ts';
import { expect, PHONE, test } from './support/fixtures.ts';
import { openPhone, setUpPhone, setUpTill } from './support/offline-devices.ts';
import { chargeAlone, consentByText, payByText, plugIn, pullNetwork, showTill } from './support/pay-by-text.ts';

const run = promisify(execFile);

/** What anyone can do with the file and no centre. */
async function verifyEvidence(file: EvidenceFile, path: string): Promise<string> {
  await writeFile(path, JSON.stringify(file));
  return (await run('npm', ['run', '--silent', 'verify-evidence', path])).stdout;
}

test('a copied phone spends the same money twice: both shops are paid, it is proven once, and the account is frozen', async ({
  createTill,
  createKeptDevice,
  centre,
}, testInfo) => {
  const phone = await createKeptDevice(PHONE);
  const [here, there, name] = await Promise.all([
    setUpTill(createTill),
    setUpTill(createTill),
    setUpPhone(phone, centre.origin),
  ]);
  const copy = await phone.copy();
  await pullNetwork(here, there);
  const [wallet, copied] = await Promise.all([
    openPhone(phone, centre.origin, name),
    openPhone(copy, centre.origin, name),
  ]);
  // One after the other: both tills are of one browser, which has one clipboard for their links.
  await payByText(here, wallet, '8.00');
  await payByText(there, copied, '9.00');

  await plugIn(here, there);
  for (const till of [here, there]) {
    await expect.poll(() => centre.countPaid(till.facts.merchantNo)).toBe(1);
    await till.startNewSale();
    await till.page.getByRole('link', { name: 'Payments of the day' }).click();
    await expect(till.page.getByText('Agrees with the centre')).toBeVisible();
    await expect(till.page.getByText('Paid without network')).toBeHidden();
  }

  const account = await centre.findAccount(name);
  expect(account).toMatchObject({ status: 'frozen' });
  const proofs = await centre.doubleSpends(account.accountNumber);
  expect(proofs).toMatchObject([{ contradiction: 'same-place', outcome: 'guarantee' }]);
  const said = await verifyEvidence(await centre.evidence(proofs[0]!.id), testInfo.outputPath('evidence.json'));
  expect(said).toContain('Both take the same place in the chain of the allowance');
  expect((await centre.trialBalance()).faults).toEqual([]);
});

test('a phone put back to yesterday is refused on the spot where it was seen, and proven elsewhere', async ({
  createTill,
  createKeptDevice,
  centre,
}) => {
  const phone = await createKeptDevice(PHONE);
  const [here, there, name] = await Promise.all([
    setUpTill(createTill),
    setUpTill(createTill),
    setUpPhone(phone, centre.origin),
  ]);
  const yesterday = await phone.copy();
  await pullNetwork(here, there);
  await payByText(here, await openPhone(phone, centre.origin, name), '8.00');
  await here.startNewSale();
  await phone.stop();

  const wallet = await openPhone(yesterday, centre.origin, name);
  await consentByText(wallet, await chargeAlone(here, '7.00'), '7.00');
  await showTill(here, wallet);
  await expect(here.outcome.locator('.reason')).toContainText('This phone’s payments do not fit together.');
  await expect(here.outcome.getByRole('heading', { name: 'Paid', exact: true })).toBeHidden();
  await wallet.goHome();
  await payByText(there, wallet, '5.00');
  await plugIn(there);
  await expect.poll(() => centre.countPaid(there.facts.merchantNo)).toBe(1);
  await plugIn(here);
  await expect.poll(() => centre.countPaid(here.facts.merchantNo)).toBe(1);
  const { accountNumber } = await centre.findAccount(name);
  expect((await centre.doubleSpends(accountNumber)).length).toBeGreaterThan(0);
  expect((await centre.trialBalance()).faults).toEqual([]);
});
