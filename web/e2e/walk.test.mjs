// The whole story: somebody browses the professions, sends an expression of
// interest and gets a reference; a lead comes in by the printed link, finds it,
// moves it on and leaves a note. Once without JavaScript and by keyboard alone;
// once with JavaScript, each page checked by axe at three widths.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startBrowser } from './browser.mjs'
import { fill, send, steps } from './form.mjs'
import { choose, follow, press, tabTo, type } from './keyboard.mjs'
import { assertAccessible, assertFits, keepPages } from './look.mjs'
import { setUpByHand, signInByHand } from './phone.mjs'
import { Portal } from './portal.mjs'
import { password } from './states.mjs'

const widths = [320, 768, 1280]

let browser, portal, reference, phone

before(async () => {
  portal = await Portal.start()
  browser = await startBrowser()
})

after(async () => {
  await browser?.close()
  await portal?.end()
})

/** A new visitor: a window with a keyboard, with or without JavaScript. */
async function visitor({ scripts }) {
  const context = await browser.newContext({ baseURL: portal.base, javaScriptEnabled: scripts })
  keepPages(context)
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  return page
}

/** Looks at a page with axe, and at its width, at phone, tablet and desk. */
async function look(page) {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    await assertFits(page)
    await assertAccessible(page)
  }
}

const path = (page) => new URL(page.url()).pathname
const heading = (page) => page.locator('h1').innerText()
const nothing = async () => {}

async function browse(page, see) {
  await page.goto('/')
  await see(page)
  await follow(page, 'Professions')
  assert.equal(await page.locator('main a[href^="/professions/"]').count(), 14)
  await see(page)
  await follow(page, 'Podiatrists')
  assert.equal((await heading(page)).includes('Podiatrists'), true)
  await see(page)
  await page.goto('/search?q=chiropodist')
  await see(page)
  await follow(page, 'Podiatrists')
}

/** Fills in the whole form and gives the reference that came back. */
async function apply(page, see) {
  await page.goto('/return-to-practice')
  await see(page)
  await page.goto('/apply')
  await see(page)
  await press(page, 'Start now')
  const seen = await fill(page, { see })
  assert.deepEqual(seen, steps)
  return send(page, see)
}

/** Works the case of a reference: the next stage, then a note. */
async function work(page, see, wanted) {
  await follow(page, 'Expressions of interest')
  await see(page)
  await follow(page, wanted)
  await see(page)
  assert.ok((await page.locator('main').innerText()).includes('Zoë van der Wal'))
  await choose(page, 'In review')
  await press(page, 'Move')
  await see(page)
  const words = `A note about ${wanted}`
  await tabTo(page, page.locator('#note')) // the form beside it has a note too
  await page.keyboard.type(words)
  await press(page, 'Add the note')
  await see(page)
  const timeline = await page.locator('.app-timeline').innerText()
  assert.ok(timeline.includes(words), `the timeline lacks the note: ${timeline}`)
  assert.match(timeline, /In review/i)
}

test('the whole story without JavaScript, by keyboard alone', async () => {
  const returner = await visitor({ scripts: false })
  await browse(returner, nothing)
  reference = await apply(returner, nothing)

  const lead = await visitor({ scripts: false })
  await lead.goto(portal.link)
  assert.equal(await lead.locator('main button[type=submit]').count(), 1)
  await type(lead, 'name', 'Ada Lead')
  await type(lead, 'email', 'ada@example.nhs.uk')
  await type(lead, 'password', password)
  await lead.keyboard.press('Enter')
  phone = await setUpByHand(lead)
  await lead.waitForURL('**/admin')
  await work(lead, nothing, reference)

  // The link is used up.
  const late = await visitor({ scripts: false })
  const response = await late.goto(portal.link)
  assert.equal(response.status(), 410)
})

test('the whole story with JavaScript: every page passes axe at three widths', async () => {
  const returner = await visitor({ scripts: true })
  await browse(returner, look)
  const second = await apply(returner, look)
  assert.notEqual(second, reference)

  const lead = await visitor({ scripts: true })
  await lead.goto('/admin')
  await look(lead)
  await type(lead, 'email', 'ada@example.nhs.uk')
  await type(lead, 'password', 'not the password at all')
  await press(lead, 'Sign in')
  assert.ok((await lead.title()).startsWith('Error:'))
  await look(lead)
  await signInByHand(lead, 'ada@example.nhs.uk', password, phone, look)
  assert.equal(path(lead), '/admin')
  await look(lead)
  await work(lead, look, second)
})

test('what was sent is still there after a restart, and mistakes on every page of the form are told', async () => {
  const page = await visitor({ scripts: true })
  await page.goto('/apply')
  await press(page, 'Start now')
  await follow(page, 'Your situation')
  await press(page, 'Save and continue')
  assert.ok((await page.title()).startsWith('Error:'))
  await look(page)
  assert.ok(await page.locator('.nhsuk-error-summary').evaluate((element) => element === document.activeElement), 'the error summary has no focus')

  await portal.stop()
  const began = Date.now()
  await portal.run()
  assert.ok(Date.now() - began < 20_000)
  // The draft has survived as well: the same question, not the start page.
  await page.goto('/apply/profession')
  assert.equal(path(page), '/apply/profession')
  const lead = await visitor({ scripts: true })
  await lead.goto('/admin/sign-in')
  await signInByHand(lead, 'ada@example.nhs.uk', password, phone)
  await lead.goto('/admin/expressions')
  assert.ok((await lead.locator('main').innerText()).includes(reference))
})
