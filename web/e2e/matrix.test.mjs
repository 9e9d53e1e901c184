// Every page in every state that it can be in, looked at with axe: at phone,
// tablet and desk width and in forced colours, with the portal's script and
// without it. Then the mark of the focus, which axe does not measure.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startBrowser } from './browser.mjs'
import { findFocusUnmarked } from './measure.mjs'
import { assertAccessible, assertFits, keepHTML } from './look.mjs'
import { Portal } from './portal.mjs'
import { routesNotMet } from './routes.mjs'
import { allStatesToTheEnd } from './states.mjs'
import { each, height } from './window.mjs'

const widths = [1280, 768, 320]

let browser, portal, states, asked

before(async () => {
  portal = await Portal.start()
  ;({ list: states, asked } = await allStatesToTheEnd(portal))
  await Promise.all(states.map(({ url, body }) => keepHTML(url, body)))
  browser = await startBrowser()
})

after(async () => {
  await browser?.close()
  await portal?.end()
})

async function atEveryWidth(page, at) {
  for (const width of widths) {
    at(`at ${width} pixels`)
    await page.setViewportSize({ width, height })
    await assertFits(page)
    await assertAccessible(page)
  }
  at('in forced colours')
  await page.emulateMedia({ forcedColors: 'active' })
  await assertAccessible(page)
}

test('the walk meets every route and every kind of answer', () => {
  assert.deepEqual(routesNotMet(portal.routes(), asked), [], 'routes of the table that the walk leaves out')
  assert.ok(states.length > 200, `${states.length} states`)
  const statuses = new Set(states.map(({ status }) => status))
  for (const status of [200, 400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503]) assert.ok(statuses.has(status), `no page answers ${status}`)
})

test('every page that says no says what happened and leads on', () => {
  for (const { label, status, body } of states) {
    if (status === 200) continue
    const [main] = body.match(/<main[\s\S]*<\/main>/) ?? ['']
    assert.match(main, /<h1|nhsuk-error-summary/, label)
    assert.match(main, /<a [^>]*href="[^"]|<button/, `${label} leads nowhere`)
  }
})

test('a summary lists its errors in the order of their fields, and leads to each', () => {
  let seen = 0
  for (const { label, url, body } of states) {
    const [summary] = body.match(/<div class="nhsuk-error-summary"[\s\S]*?<\/ul>/) ?? []
    if (!summary || url.includes('/dev/components')) continue // there it stands alone
    seen++
    const fields = [...summary.matchAll(/href="#([^"]+)"/g)].map(([, id]) => body.indexOf(` id="${id}"`))
    assert.ok(fields.length > 0 && !fields.includes(-1), `${label} leads nowhere: ${summary}`)
    assert.deepEqual(fields, fields.toSorted((a, b) => a - b), `${label}: ${summary}`)
  }
  assert.ok(seen > 100, `${seen} pages with errors`)
})

for (const scripts of [true, false]) {
  const how = scripts ? 'with its script' : 'with its script request aborted'
  test(`every state passes axe ${how}, at three widths and in forced colours`, async (t) => {
    const began = Date.now()
    const looked = await each(browser, states, { scripts, shapes: true }, atEveryWidth)
    t.diagnostic(`${states.length} states of ${looked} shapes, ${looked * (widths.length + 1)} runs of axe in ${Math.round((Date.now() - began) / 1000)} s`)
    assert.ok(looked > 80, `${looked} shapes`)
  })
}

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
  return each(browser, paths, { scripts: true }, async (page) => {
    assert.deepEqual(await findFocusUnmarked(page), [], 'controls that do not show the focus')
  })
})
