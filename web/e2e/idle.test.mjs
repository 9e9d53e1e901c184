// The warning before somebody is signed out: it comes two minutes before, keeps
// what is typed, and says so when it is too late. The browser's clock is moved.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startBrowser } from './browser.mjs'
import { type } from './keyboard.mjs'
import { assertAccessible, assertFits, keepPages } from './look.mjs'
import { setUpByHand } from './phone.mjs'
import { Portal } from './portal.mjs'
import { password } from './states.mjs'

const typed = 'Ada Byron, who joins in May'

let browser, portal, page

before(async () => {
  portal = await Portal.start()
  browser = await startBrowser()
  const context = await browser.newContext({ baseURL: portal.base })
  keepPages(context)
  page = await context.newPage()
  page.setDefaultTimeout(10_000)
  await page.goto(portal.link)
  await type(page, 'name', 'Ada Lead')
  await type(page, 'email', 'ada@example.nhs.uk')
  await type(page, 'password', password)
  await page.keyboard.press('Enter')
  await setUpByHand(page)
  await page.clock.install()
  await page.goto('/admin/staff/add')
  await type(page, 'name', typed)
})

after(async () => {
  await browser?.close()
  await portal?.end()
})

const dialog = () => page.locator('dialog')

test('two minutes before the end somebody can stay, and keeps what they typed', async () => {
  await page.clock.fastForward(12 * 60_000)
  assert.equal(await dialog().isVisible(), false)
  await page.clock.fastForward(60_000 + 1000)
  await dialog().waitFor()
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    await assertFits(page)
    await assertAccessible(page)
  }
  await page.keyboard.press('Enter') // the button has the focus
  await dialog().waitFor({ state: 'hidden' })
  assert.equal(await page.locator('[name=name]').inputValue(), typed)
})

test('too late it says so, and what was typed is still there', async () => {
  await page.clock.fastForward(13 * 60_000 + 1000)
  await dialog().waitFor()
  await page.clock.fastForward(2 * 60_000)
  assert.match(await dialog().innerText(), /You are signed out/)
  await assertAccessible(page)
  await page.keyboard.press('Enter')
  await dialog().waitFor({ state: 'hidden' })
  assert.equal(await page.locator('[name=name]').inputValue(), typed)
})

test('a page that loads itself keeps nobody signed in, and warns when there is time', async () => {
  await page.goto('/admin/staff/add')
  const itself = await page.context().newPage()
  await page.clock.fastForward(12 * 60_000)
  await portal.away(12)
  await itself.goto('/admin/account?look=1')
  await page.clock.fastForward(62_000)
  await dialog().waitFor()
  await itself.locator('dialog').waitFor()
  await page.bringToFront()
  await page.keyboard.press('Enter')
  await dialog().waitFor({ state: 'hidden' })
  await itself.locator('dialog').waitFor({ state: 'hidden' })
  await itself.close()
})

test('a session that has ended cannot be kept', async () => {
  await page.goto('/admin/staff/add')
  await type(page, 'name', typed)
  await page.context().clearCookies()
  await page.clock.fastForward(13 * 60_000 + 1000)
  await dialog().waitFor()
  await page.keyboard.press('Enter')
  await dialog().getByText('What you typed is still in this page').waitFor()
  assert.equal(await page.locator('[name=name]').inputValue(), typed)
})
