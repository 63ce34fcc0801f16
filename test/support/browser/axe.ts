import axeCore from 'axe-core';
import { type Page } from 'playwright-core';

interface Axe {
  run(context: unknown, options: object): Promise<{ violations: Violation[] }>;
}

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

interface Window {
  readonly axe: Axe;
  readonly document: { getAnimations(): { finished: Promise<unknown> }[] };
  requestAnimationFrame(run: () => void): void;
}

const CONTRAST = 'color-contrast';

/** What axe finds serious or critical on a page as it is now, one line each. Colours cost most of its time. */
export async function seriousProblems(page: Page, colours: 'with' | 'without' | 'only' = 'with'): Promise<string[]> {
  // Evaluated by the debugger, so the page's content security policy does not refuse it.
  await page.evaluate(`if (!globalThis.axe) { ${axeCore.source} }`);
  const options = {
    resultTypes: ['violations'],
    ...(colours === 'only' && { runOnly: [CONTRAST] }),
    ...(colours === 'without' && { rules: { [CONTRAST]: { enabled: false } } }),
  };
  const violations = await page.evaluate(async (given) => {
    const { axe, document, requestAnimationFrame } = globalThis as unknown as Window;
    await new Promise<void>((settle) => requestAnimationFrame(() => requestAnimationFrame(settle)));
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    return (await axe.run(document, given)).violations;
  }, options);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.target.join(' ')}: ${node.failureSummary ?? ''}`));
}
