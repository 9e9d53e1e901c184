// Looks at a page the way a reviewer does: accessibility rules, width, and the
// HTML that was sent.
import { readFile, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import path from 'node:path'
import assert from 'node:assert/strict'

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Fails when axe finds anything against the page, with no rule switched off. */
export async function assertAccessible(page) {
  // Through the debugger: the page's own policy rightly allows no inline script.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource)
  const { violations } = await page.evaluate((values) => globalThis.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }), tags)
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `  ${html}\n  ${failureSummary}`).join('\n')}`)
  assert.deepEqual(found, [], `axe on ${page.url()}`)
}

/** Fails when the page is wider than the window, once its menu has had time to fold. */
export async function assertFits(page) {
  let over
  for (let i = 0; i < 20; i++) {
    over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (over === 0) return
    await page.waitForTimeout(50)
  }
  assert.fail(`${page.url()} is ${over} pixels wider than the window`)
}

/** Keeps every page that a context gets, for the check of its HTML. */
export function keepPages(context) {
  context.on('response', async (response) => {
    if (response.request().resourceType() !== 'document' || response.status() < 200 || (response.status() >= 300 && response.status() < 400)) return
    await keepHTML(response.url(), await response.text().catch(() => ''))
  })
}

/** Keeps a page where the check of its HTML looks for it. */
export async function keepHTML(url, body) {
  const folder = process.env.PORTAL_HTML_DIR
  if (!folder || !body) return
  const name = new URL(url).pathname.replaceAll('/', '-').slice(0, 60)
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 8)
  await writeFile(path.join(folder, `browser${name}-${hash}.html`), body)
}
