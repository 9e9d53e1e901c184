// Passkeys in a real browser, whose virtual authenticator has the person touch
// it and show who they are: in place of an app at the first sign-in, after the
// password, without one, and where somebody is asked again. At a host name: an
// IP address has no passkeys.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startBrowser } from './browser.mjs'
import { follow, press, tabTo, type } from './keyboard.mjs'
import { assertAccessible, assertFits, keepPages } from './look.mjs'
import { Portal } from './portal.mjs'
import { password } from './states.mjs'

const email = 'ada@example.nhs.uk'

let browser, portal, page, devtools, authenticatorId

before(async () => {
  portal = await Portal.start()
  browser = await startBrowser()
  const context = await browser.newContext({ baseURL: portal.base })
  keepPages(context)
  page = await context.newPage()
  page.setDefaultTimeout(10_000)
  devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true }
  authenticatorId = (await devtools.send('WebAuthn.addVirtualAuthenticator', { options })).authenticatorId
})

after(async () => {
  await browser?.close()
  await portal?.end()
})

const path = () => new URL(page.url()).pathname

async function look() {
  for (const width of [320, 768, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    await assertFits(page)
    await assertAccessible(page)
  }
}

/** Has the authenticator refuse, as somebody does who takes their hand away. */
const refuse = (refused) => devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: !refused })

/** Presses a button of ours by keyboard, whose form the script sends later. */
async function ask(name) {
  await tabTo(page, page.locator('main').getByRole('button', { name, exact: true }))
  await page.keyboard.press('Enter')
}

async function signOut() {
  await tabTo(page, page.locator('header').getByRole('button', { name: 'Sign out' }))
  await page.keyboard.press('Enter')
  await page.waitForURL('**/admin/sign-in')
}

test('a passkey in place of an app at the first sign-in', async () => {
  await page.goto(portal.link)
  await type(page, 'name', 'Ada Lead')
  await type(page, 'email', email)
  await type(page, 'password', password)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/admin/set-up')
  await look()
  await refuse(true)
  await ask('Make a passkey')
  await page.getByText('The browser did not make a passkey').waitFor()
  await look()
  await refuse(false)
  await ask('Make a passkey')
  await page.locator('#codes').waitFor()
  await press(page, 'I have saved them')
  assert.equal(path(), '/admin')
  const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId })
  assert.equal(credentials.length, 1)
  assert.equal(credentials[0].isResidentCredential, true)
  assert.equal(credentials[0].rpId, 'localhost')
})

test('a passkey after the password', async () => {
  await signOut()
  await type(page, 'email', email)
  await type(page, 'password', password)
  await press(page, 'Sign in')
  assert.equal(path(), '/admin/second-step')
  await page.goto('/admin/account')
  assert.equal(path(), '/admin/second-step')
  await look()
  await refuse(true)
  await ask('Use a passkey')
  await page.getByText('The browser did not give a passkey').waitFor()
  await refuse(false)
  await ask('Use a passkey')
  await page.waitForURL('**/admin/account')
  await look()
})

test('a passkey alone signs in, and leads where the person wanted to go', async () => {
  await signOut()
  await page.goto('/admin/staff')
  assert.equal(path(), '/admin/sign-in')
  await look()
  await ask('Use a passkey')
  await page.waitForURL('**/admin/staff')
})

test('a passkey where somebody is asked again', async () => {
  await page.goto('/admin/confirm')
  await look()
  await ask('Use a passkey')
  await page.waitForURL('**/admin')
})

test('a passkey is named, and the only one stays', async () => {
  await page.goto('/admin/account')
  await follow(page, 'Change the passkey')
  await look()
  await type(page, 'name', 'The laptop')
  await press(page, 'Save the name')
  assert.match(await page.locator('main').innerText(), /The laptop: last used/)
  await follow(page, 'Change the passkey')
  await press(page, 'Remove the passkey')
  assert.match(await page.locator('main').innerText(), /This is your only second factor/)
})

test('the device that has the passkey makes no second one for the account', async () => {
  await page.goto('/admin/account/passkeys')
  await look()
  await ask('Make a passkey')
  await page.getByText('The browser did not make a passkey').waitFor()
})

test('a copy of a passkey is refused, and its owner told', async () => {
  await page.goto('/admin/account')
  const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId })
  await devtools.send('WebAuthn.clearCredentials', { authenticatorId })
  await devtools.send('WebAuthn.addCredential', { authenticatorId, credential: { ...credentials[0], signCount: 0 } })
  await page.goto('/admin/confirm')
  await ask('Use a passkey')
  await page.getByRole('alert').filter({ hasText: 'not accepted' }).first().waitFor()
  await look()
  await page.goto('/admin/account')
  assert.match(await page.locator('main').innerText(), /The laptop: may have been copied/)
})
