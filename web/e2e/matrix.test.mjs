// Every page in every state that it can be in, looked at with axe: at phone,
// tablet and desk width and in forced colours, with the portal's script and
// without it. Then the things that axe does not measure: text spacing, large
// text, the size of targets, and the mark of the focus.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startBrowser } from './browser.mjs'
import { findClipped, findFocusUnmarked, findSmallTargets } from './measure.mjs'
import { assertAccessible, assertFits, keepHTML } from './look.mjs'
import { Portal } from './portal.mjs'
import { allStates } from './states.mjs'

const widths = [1280, 768, 320]
const together = 2
const failuresShown = 12

let browser, portal, states

before(async () => {
  portal = await Portal.start()
  states = await allStates(portal)
  await Promise.all(states.map(({ url, body }) => keepHTML(url, body)))
  browser = await startBrowser()
})

after(async () => {
  await browser?.close()
  await portal?.end()
})

/** A window that shows pages as they were kept; everything else comes from the portal. */
async function newWindow({ scripts }) {
  const context = await browser.newContext({ baseURL: portal.base, viewport: { width: widths[0], height: 900 } })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
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
    await page.emulateMedia({ forcedColors: 'none' })
    await page.setViewportSize({ width: widths[0], height: 900 })
    await page.goto(state.url)
    assert.ok(loaded.length > 0, 'the page asks for no script')
    const started = await page.evaluate(() => document.body.classList.contains('nhsuk-frontend-supported'))
    assert.equal(started, scripts, 'the script of the page')
  }
  return { page, show }
}

/** Lets look see every state, some at a time, and fails with all that it found. */
async function each(list, { scripts }, look) {
  const left = [...list]
  const failed = []
  await Promise.all(Array.from({ length: together }, async () => {
    const { page, show } = await newWindow({ scripts })
    for (let state = left.shift(); state; state = left.shift()) {
      let where = ''
      try {
        await show(state)
        await look(page, (text) => (where = text))
      } catch (error) {
        failed.push(`${state.label} ${where}\n${error.message}`)
      }
    }
    await page.context().close()
  }))
  assert.equal(failed.length, 0, `${failed.length} of ${list.length} pages:\n\n${failed.slice(0, failuresShown).join('\n\n')}`)
}

async function atEveryWidth(page, at) {
  for (const width of widths) {
    at(`at ${width} pixels`)
    await page.setViewportSize({ width, height: 900 })
    await assertFits(page)
    await assertAccessible(page)
  }
  at('in forced colours')
  await page.emulateMedia({ forcedColors: 'active' })
  await assertAccessible(page)
}

test('the walk meets every kind of answer', () => {
  assert.ok(states.length > 200, `${states.length} states`)
  const statuses = new Set(states.map(({ status }) => status))
  for (const status of [200, 403, 404, 410, 422]) assert.ok(statuses.has(status), `no page answers ${status}`)
})

for (const scripts of [true, false]) {
  const how = scripts ? 'with its script' : 'with its script request aborted'
  test(`every state passes axe ${how}, at three widths and in forced colours`, () => each(states, { scripts }, atEveryWidth))
}

/** The rules of WCAG 1.4.12. */
const spacing = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }`
const large = ':root { font-size: 200% !important }'

/** Adds styles the way a reader's own settings do: past the page's policy. */
function restyle(page, css) {
  return page.evaluate((text) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(text)
    document.adoptedStyleSheets = [sheet]
  }, css)
}

test('targets are large enough, and text spacing and text of twice the size break nothing', () =>
  each(states, { scripts: true }, async (page, at) => {
    // A phone's width is what a desk's width is at 400% zoom; large text alone
    // is asked for at widths from 200% zoom up.
    for (const [name, width, css] of [
      ['as it is', 1280, ''],
      ['as it is', 320, ''],
      ['with text spacing', 1280, spacing],
      ['with text spacing', 320, spacing],
      ['with text of twice the size', 1280, large],
      ['with text of twice the size', 640, large]
    ]) {
      at(`${name}, at ${width} pixels`)
      await page.setViewportSize({ width, height: 900 })
      await restyle(page, css)
      await assertFits(page)
      assert.deepEqual(await findClipped(page), [], 'what does not fit in its box')
      if (!css) assert.deepEqual(await findSmallTargets(page), [], 'targets under 24 pixels')
    }
  }))

test('the focus is marked wherever Tab goes', () => {
  const seen = new Set()
  const paths = states.filter(({ url }) => {
    // One page of a kind: /professions/podiatrists stands for all professions.
    const kind = new URL(url).pathname.replace(/^(\/(?:professions|careers|groups|strategy|faculty)\/).+/, '$1')
    if (seen.has(kind)) return false
    seen.add(kind)
    return true
  })
  assert.ok(paths.length > 40, `${paths.length} pages`)
  return each(paths, { scripts: true }, async (page) => {
    assert.deepEqual(await findFocusUnmarked(page), [], 'controls that do not show the focus')
  })
})
