// Windows that show pages as they were kept, so that a page which only comes
// after a mistake is looked at often without making the mistake often.
import assert from 'node:assert/strict'
import { shapeOf } from './shape.mjs'

const together = 2
const failuresShown = 12
export const height = 900

/** A window of a width: pages come as they were kept, everything else from the portal. */
async function newWindow(browser, { scripts, width }) {
  const context = await browser.newContext({ viewport: { width, height } })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  let shown
  const loaded = []
  await page.route('**/*', (route) => {
    const request = route.request()
    if (request.isNavigationRequest()) return route.fulfill({ status: shown.status, headers: shown.headers, body: shown.body })
    if (request.resourceType() !== 'script') return route.continue()
    loaded.push(request.url())
    return scripts ? route.continue() : route.abort()
  })
  const show = async (state) => {
    shown = state
    loaded.length = 0
    await page.emulateMedia({ forcedColors: 'none', media: 'screen' })
    await page.setViewportSize({ width, height })
    await page.goto(state.url)
    assert.ok(loaded.length > 0, 'the page asks for no script')
    const started = await page.evaluate(() => document.body.classList.contains('nhsuk-frontend-supported'))
    assert.equal(started, scripts, 'the script of the page')
  }
  return { page, show }
}

/** Lets look see every page, some at a time, and fails with all that it found.
 * With shapes, pages that differ only in their words are looked at once. Gives
 * how many pages were looked at. */
export async function each(browser, list, { scripts = true, width = 1280, shapes = false }, look) {
  const left = [...list]
  const failed = []
  const known = new Set()
  let looked = 0
  await Promise.all(Array.from({ length: together }, async () => {
    const { page, show } = await newWindow(browser, { scripts, width })
    for (let state = left.shift(); state; state = left.shift()) {
      let where = ''
      try {
        await show(state)
        const shape = shapes ? await shapeOf(page) : ''
        if (shapes && known.has(shape)) continue
        known.add(shape)
        looked++
        await look(page, (text) => (where = text))
      } catch (error) {
        failed.push(`${state.label} ${where}\n${error.message}`)
      }
    }
    await page.context().close()
  }))
  assert.equal(failed.length, 0, `${failed.length} of ${looked} pages:\n\n${failed.slice(0, failuresShown).join('\n\n')}`)
  return looked
}
