// What people do to a page's size and what axe does not measure: text spacing,
// text of twice the size, narrow windows, the size of targets, and paper.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startBrowser } from './browser.mjs'
import { assertFits } from './look.mjs'
import { findClipped, findCutOff, findSmallTargets, findUnprintable } from './measure.mjs'
import { Portal } from './portal.mjs'
import { allStatesToTheEnd } from './states.mjs'
import { each, height } from './window.mjs'

/** The widths of a desk, a tablet and a phone, which is also a desk at 400% zoom. */
const desk = 1280
const tablet = 768
const phone = 320
/** What a sheet of A4 has between its margins. */
const paper = 718

/** The rules of WCAG 1.4.12. */
const spacing = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }`
/** Those of WCAG 1.4.4. */
const large = ':root { font-size: 200% !important }'

const settings = [
  ['as it is', phone, ''],
  ['with text spacing', phone, spacing],
  ['with text of twice the size', phone, large],
  ['as it is', tablet, ''],
  ['as it is', desk, ''],
  ['with text spacing', desk, spacing],
  ['with text of twice the size', desk, large]
]

let browser, portal, states

before(async () => {
  portal = await Portal.start()
  ;({ list: states } = await allStatesToTheEnd(portal))
  browser = await startBrowser()
})

after(async () => {
  await browser?.close()
  await portal?.end()
})

/** Adds styles the way a reader's own settings do: past the page's policy. */
function restyle(page, css) {
  return page.evaluate((text) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(text)
    document.adoptedStyleSheets = [sheet]
  }, css)
}

async function assertWhole(page) {
  await assertFits(page)
  assert.deepEqual(await findClipped(page), [], 'what does not fit in its box')
  assert.deepEqual(await findCutOff(page), [], 'what is cut off')
}

test('text spacing and text of twice the size break nothing, and targets are large enough', async (t) => {
  const began = Date.now()
  const looked = await each(browser, states, { width: phone }, async (page, at) => {
    for (const [name, width, css] of settings) {
      at(`${name}, at ${width} pixels`)
      await page.setViewportSize({ width, height })
      await restyle(page, css)
      await assertWhole(page)
      if (!css) assert.deepEqual(await findSmallTargets(page), [], 'targets under 24 pixels')
    }
  })
  t.diagnostic(`${looked} states in ${looked * settings.length} settings, in ${Math.round((Date.now() - began) / 1000)} s`)
})

test('on paper there is the content alone, and all of it', () =>
  each(browser, states, { width: paper, shapes: true }, async (page) => {
    await page.emulateMedia({ media: 'print' })
    await assertWhole(page)
    assert.deepEqual(await findUnprintable(page), [], 'what paper has no use for')
  }))
