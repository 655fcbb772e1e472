import { expect, test } from '../support/fixtures.ts';

test.describe('the amount pad', () => {
  test('takes keys, fingers and pasted amounts, and never drops a digit', async ({ till }) => {
    const { page } = till;
    const charge = page.getByRole('button', { name: /^Charge/ });
    await page.keyboard.type('12345', { delay: 0 });
    await expect(charge).toHaveText('Charge €123.45');
    await page.keyboard.press('Backspace');
    await expect(charge).toHaveText('Charge €12.34');
    await page.keyboard.press('Escape');
    await page.keyboard.type('12.5');
    await expect(charge).toHaveText('Charge €12.50');
    await page.keyboard.press('Delete');
    for (const name of ['7', '8', '9', '00', 'Delete the last digit'])
      await page.getByRole('button', { name, exact: true }).click();
    await expect(charge).toHaveText('Charge €78.90');

    // Two fingers in turn: the second comes down before the first has left.
    await page.keyboard.press('Escape');
    await page.evaluate(() => {
      const find = (root: ParentNode): HTMLElement[] =>
        [...root.querySelectorAll<HTMLElement>('*')].flatMap((element) => [
          ...(element.matches('button.key') ? [element] : []),
          ...(element.shadowRoot ? find(element.shadowRoot) : []),
        ]);
      const keys = find(document);
      const [one, two] = [keys[0]!, keys[1]!];
      const touch = (target: HTMLElement, type: string, pointerId: number) =>
        target.dispatchEvent(
          new PointerEvent(type, { pointerId, pointerType: 'touch', bubbles: true, composed: true, button: 0 }),
        );
      for (let i = 0; i < 2; i += 1) {
        touch(one, 'pointerdown', 1);
        touch(two, 'pointerdown', 2);
        touch(one, 'pointerup', 1);
        touch(two, 'pointerup', 2);
      }
    });
    await expect(charge).toHaveText('Charge €12.12');
  });

  test('works by keyboard alone', async ({ till }) => {
    const { page } = till;
    const key = page.getByRole('button', { name: '5', exact: true });
    await key.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Space');
    await expect(page.getByRole('button', { name: /^Charge/ })).toHaveText('Charge €0.55');
  });

  test('says what may be charged at most', async ({ till }) => {
    const { page } = till;
    await page.keyboard.type('9999999999');
    await expect(page.getByText(/One payment may be up to/)).toBeVisible();
    await expect(page.getByRole('button', { name: /^Charge/ })).toHaveText('Charge €999.99');
  });
});
