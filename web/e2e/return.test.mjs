// Save and return: somebody begins a form in one browser, gets a link by mail,
// goes on in another and leaves that one. With JavaScript and without.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startBrowser } from './browser.mjs'
import { choose, follow, press, type } from './keyboard.mjs'
import { assertAccessible, assertFits, keepPages } from './look.mjs'
import { Portal } from './portal.mjs'
import { linkFor } from './returns.mjs'

const widths = [320, 1280]

let browser, portal

before(async () => {
  portal = await Portal.start()
  browser = await startBrowser()
})

after(async () => {
  await browser?.close()
  await portal?.end()
})

/** A new device: a browser of its own, with or without JavaScript. */
async function device({ scripts }) {
  const context = await browser.newContext({ baseURL: portal.base, javaScriptEnabled: scripts })
  keepPages(context)
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  return page
}

const path = (page) => new URL(page.url()).pathname
const heading = (page) => page.locator('h1').innerText()

/** Looks at a page with axe at a phone's and a desk's width, where scripts run. */
async function look(page, scripts) {
  for (const width of scripts ? widths : []) {
    await page.setViewportSize({ width, height: 900 })
    await assertFits(page)
    await assertAccessible(page)
  }
}

/** Begins a form and answers its first question. */
async function begin(page, profession) {
  await page.goto('/apply')
  await press(page, 'Start now')
  await follow(page, 'Your situation')
  await choose(page, profession)
  await press(page, 'Save and continue')
  assert.equal(path(page), '/apply/standing')
}

/** Asks for a link to the form, and gives its path from the mail. */
async function save(page, address, scripts) {
  await page.goto('/apply/tasks')
  await look(page, scripts)
  await press(page, 'Save and come back later')
  await look(page, scripts)
  await type(page, 'email', address)
  await press(page, 'Email me a link')
  assert.equal(await heading(page), 'Check your email')
  await look(page, scripts)
  return linkFor(portal, address)
}

/** Opens a form by its link on a device that has none. */
async function open(page, link, scripts) {
  await page.goto(link)
  assert.equal(await heading(page), 'Continue your form')
  assert.match(await page.locator('main').innerText(), /Profession: dietitian\./)
  await look(page, scripts)
  await press(page, 'Open your form')
  assert.equal(path(page), '/apply/tasks')
}

/** Fails when a page, or what is left of it, shows an answer. */
async function assertShowsNoAnswer(page) {
  assert.equal(await page.locator('input:checked').count(), 0, `${page.url()} shows an answer`)
  assert.notEqual(await heading(page), 'What is your profession?')
}

for (const scripts of [true, false]) {
  test(`a form is gone on with on another device, ${scripts ? 'with' : 'without'} JavaScript`, async () => {
    const one = await device({ scripts })
    await begin(one, 'Dietitian')
    const link = await save(one, `zoe-${scripts}@example.org`, scripts)

    const two = await device({ scripts })
    await open(two, link, scripts)
    await two.goto('/apply/profession')
    assert.ok(await two.getByRole('radio', { name: 'Dietitian', exact: true }).isChecked())

    // Both at once: the second is shown what the first saved.
    await one.goto('/apply/profession')
    await choose(one, 'Paramedic')
    await press(one, 'Save and continue')
    await choose(two, 'Podiatrist')
    await press(two, 'Save and continue')
    assert.match(await two.locator('.nhsuk-notification-banner').innerText(), /on another device[\s\S]*Paramedic/)
    await look(two, scripts)

    const late = await device({ scripts })
    await late.goto(link)
    assert.equal(await heading(late), 'This link no longer works')
    await look(late, scripts)
    await type(late, 'email', 'somebody.else@example.org')
    await press(late, 'Email me a link')
    assert.equal(await heading(late), 'Check your email')
  })

  test(`who leaves a device leaves no answer on it, ${scripts ? 'with' : 'without'} JavaScript`, async () => {
    const page = await device({ scripts })
    await begin(page, 'Dietitian')
    await page.goto('/apply/profession')
    await page.goto('/apply/tasks')
    await follow(page, 'save and leave this device')
    await look(page, scripts)
    await press(page, 'Leave this device')
    assert.equal(await heading(page), 'You have left this device')
    assert.deepEqual(await page.context().cookies(), [])
    await look(page, scripts)
    for (let i = 0; i < 4; i++) {
      await page.goBack()
      await assertShowsNoAnswer(page)
    }
  })
}
