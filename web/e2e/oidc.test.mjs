// Single sign-on against a real provider: people come in by it, with and
// without JavaScript; whoever's answer is not right to the letter does not.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startBrowser } from './browser.mjs'
import { follow, press, type } from './keyboard.mjs'
import { assertAccessible, assertFits, keepPages } from './look.mjs'
import { setUpByHand } from './phone.mjs'
import { Portal } from './portal.mjs'
import { Identities, clientSecret, signed, signedByText, unsigned } from './provider.mjs'
import { routesNotMet } from './routes.mjs'
import { password } from './states.mjs'

const signIn = '/admin/sign-in'
const returned = '/admin/sign-in/provider/return'
const longAgo = () => Math.floor(Date.now() / 1000) - 7200

let browser, identities, portal, lead, phone, confirmed
const asked = []

before(async () => {
  identities = await Identities.start()
  portal = await Portal.start(identities.settings())
  await identities.serve(portal.base)
  browser = await startBrowser()
  lead = await visitor()
  await lead.goto(portal.link)
  await type(lead, 'name', 'Ada Lead')
  await type(lead, 'email', 'ada@example.nhs.uk')
  await type(lead, 'password', password)
  await lead.keyboard.press('Enter')
  phone = await setUpByHand(lead)
  await lead.waitForURL('**/admin')
})

after(async () => {
  await browser?.close()
  await portal?.end()
  identities?.end()
})

/** A new visitor, who sees the pages of both sites as any browser shows them. */
async function visitor({ scripts = true } = {}) {
  const context = await browser.newContext({ baseURL: portal.base, javaScriptEnabled: scripts })
  context.on('response', (response) => {
    const url = new URL(response.url())
    if (url.origin !== portal.base || response.request().resourceType() !== 'document') return
    // A link answers with the way to the provider: that is a page served.
    const status = response.status() === 303 && response.request().method() === 'GET' ? 200 : response.status()
    asked.push({ method: response.request().method(), path: url.pathname, status })
  })
  keepPages({ on: (event, hear) => context.on(event, (response) => response.url().startsWith(portal.base) && hear(response)) })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  return page
}

const path = (page) => new URL(page.url()).pathname
const words = (page) => page.locator('main').innerText()

/** Looks at a page at phone and desk width. */
async function look(page) {
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    await assertFits(page)
    await assertAccessible(page)
  }
}

/** Signs in at the provider, whose form asks for a login; where they are signed
 * in there and are not asked, they are back already. */
async function atProvider(page, login) {
  if (page.url().startsWith(portal.base)) return
  await page.waitForURL(`${identities.issuer}/interaction/**`)
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill('of the provider')
  await Promise.all([page.waitForURL(`${portal.base}/**`), page.locator('button[type=submit]').click()])
}

/** Goes from our sign-in page to the provider and back. */
async function signInBy(page, login) {
  await page.goto(signIn)
  await press(page, 'Sign in with NHSmail')
  await atProvider(page, login)
}

/** Fails unless somebody is signed in to nothing. */
async function wantNobody(page) {
  await page.goto('/admin')
  assert.equal(path(page), signIn)
}

/** How often single sign-on was refused, as the audit has it. */
async function refusals() {
  await lead.goto('/admin/audit')
  return lead.locator('main tr', { hasText: 'Come back from single sign-on' }).filter({ hasText: 'Refused' }).count()
}

/** What the lead is asked again, whose proof is older than 10 minutes or not. */
async function confirm() {
  if (path(lead) !== '/admin/confirm') return
  await type(lead, 'password', password)
  await type(lead, 'code', phone.code())
  await press(lead, 'Continue')
}

/** Adds somebody as a lead does and gives the path of their invitation. */
async function invite(name, email, role) {
  await lead.goto('/admin/staff/add')
  await confirm()
  await type(lead, 'name', name)
  await type(lead, 'email', email)
  await lead.locator(`input[name=role][value=${role}]`).check()
  await press(lead, 'Add and invite')
  return new URL(await lead.locator('#link').innerText()).pathname
}

/** Opens the page of somebody, as a lead. */
async function openPerson(name) {
  await lead.goto('/admin/staff')
  await follow(lead, name)
  await confirm()
}

test('a provider that is down, or says that it is another one, keeps nobody from the portal', async () => {
  const page = await visitor()
  await page.goto(signIn)
  await look(page)
  identities.down = true
  await press(page, 'Sign in with NHSmail')
  assert.match(await words(page), /NHSmail does not answer/)
  await look(page)
  identities.down = false
  identities.tamper = (asked, body) => (asked === '/.well-known/openid-configuration' ? body.replaceAll(identities.issuer, 'http://127.0.0.1:9') : body)
  await page.goto(signIn)
  await press(page, 'Sign in with NHSmail')
  assert.match(await words(page), /NHSmail does not answer/)
  identities.honest()
})

test('somebody whom nobody has invited is told kindly, and is not signed in', async () => {
  identities.people.nobody = { name: 'Nora Nobody', email: 'ada@example.nhs.uk', email_verified: true }
  const before = await refusals()
  const page = await visitor()
  await signInBy(page, 'nobody') // with the lead's address, which is no proof
  assert.equal(path(page), returned)
  assert.match(await words(page), /no account for you here yet/)
  assert.doesNotMatch(await words(page), /Ada|ada@/)
  await look(page)
  await wantNobody(page)
  assert.equal(await refusals(), before + 1)
})

test('an invitation is used up by single sign-on, without JavaScript, and the second time needs no link', async () => {
  identities.people.rita = { name: 'Rita Reviewer', email: 'rita@example.nhs.uk', email_verified: true }
  const link = await invite('Rita Reviewer', 'rita@example.nhs.uk', 'reviewer')
  const page = await visitor({ scripts: false })
  await page.goto(link)
  await press(page, 'Sign in with NHSmail')
  await atProvider(page, 'rita')
  assert.equal(path(page), '/admin')
  const cookies = (await page.context().cookies()).filter(({ name }) => name === 'portal_staff').map(({ value }) => value)
  assert.equal((await page.goto(link)).status(), 410)
  await page.goto('/admin/account')
  assert.equal(await page.locator('main input[name=password]').count(), 0, 'who has no password is asked for one')
  await press(page, 'Sign out everywhere')

  await page.goto('/admin/expressions')
  assert.equal(path(page), signIn)
  await press(page, 'Sign in with NHSmail') // where they are still signed in
  await page.waitForURL('**/admin/expressions')
  assert.notDeepEqual((await page.context().cookies()).filter(({ name }) => name === 'portal_staff').map(({ value }) => value), cookies)
})

test('another window of the same browser may be on its way as well', async () => {
  const page = await visitor()
  await page.goto(signIn)
  const other = await page.context().newPage()
  await other.goto(signIn)
  await press(page, 'Sign in with NHSmail')
  await other.goto('/admin/sign-in/provider')
  await atProvider(page, 'rita')
  assert.equal(path(page), '/admin')
})

test('a wrong state, and the same way back twice, are refused', async () => {
  const page = await visitor()
  let back
  page.on('request', (request) => request.url().includes(returned) && (back = request.url()))
  await signInBy(page, 'rita')
  assert.equal(path(page), '/admin')
  const state = new URL(back).searchParams.get('state')
  // Of a browser that never went there the audit says nothing: strangers could fill it.
  for (const [url, who, recorded] of [[back, page, 1], [back.replace(state, 'A'.repeat(26)), page, 1], [`${portal.base}${returned}`, page, 1], [back, await visitor(), 0]]) {
    const before = await refusals()
    const answer = await who.goto(url)
    assert.equal(answer.status(), 403)
    assert.match(await words(who), /not signed in[\s\S]*"state"/)
    assert.equal(await refusals(), before + recorded)
  }
  await look(page)

  // Somebody else's way back, which has not been used.
  const victim = await visitor()
  const attacker = await visitor()
  identities.divert = (location) => ((back = location), `${identities.issuer}/kept`)
  await attacker.goto(signIn)
  await press(attacker, 'Sign in with NHSmail')
  await attacker.waitForURL(`${identities.issuer}/interaction/**`)
  await attacker.locator('input[name=login]').fill('rita')
  await attacker.locator('input[name=password]').fill('x')
  await Promise.all([attacker.waitForURL('**/kept'), attacker.locator('button[type=submit]').click()])
  identities.honest()
  await victim.goto(signIn)
  assert.equal((await victim.goto(back)).status(), 403)
  await wantNobody(victim)
})

test('who presses Cancel at the provider is not signed in', async () => {
  const page = await visitor()
  await page.goto(signIn)
  await press(page, 'Sign in with NHSmail')
  await page.waitForURL(`${identities.issuer}/interaction/**`)
  await page.locator('a', { hasText: 'Cancel' }).click()
  await page.waitForURL(`${portal.base}/**`)
  assert.match(await words(page), /"provider"/)
  await wantNobody(page)
})

const forgeries = {
  'a wrong nonce': ['nonce', () => identities.forge({ nonce: 'of another way' })],
  'no nonce': ['nonce', () => identities.forge({ nonce: undefined })],
  'another audience': ['audience', () => identities.forge({ aud: 'another-client' })],
  'another party among several audiences': ['audience', () => identities.forge({ aud: ['portal', 'another-client'], azp: 'another-client' })],
  'an expired token': ['expired', () => identities.forge({ iat: longAgo() - 600, exp: longAgo() })],
  'an unsigned token': ['signature', () => identities.forge({}, unsigned)],
  'a token that the client\'s secret signs': ['signature', () => identities.forge({}, (header, payload) => signedByText(header, payload, clientSecret))],
  'a token that the public key signs as if it were a secret': ['signature', () => identities.forge({}, (header, payload) => signedByText(header, payload, identities.key.publicKey.export({ type: 'spki', format: 'pem' })))],
  'another key': ['signature', () => identities.forge({}, (header, payload) => signed(header, payload, identities.other.privateKey))],
  'another issuer': ['issuer', () => identities.forge({ iss: 'http://127.0.0.1:9' })],
  'somebody else in what it tells more': ['other', () => (identities.tamper = (asked, body) => (asked === '/me' ? JSON.stringify({ ...JSON.parse(body), sub: 'ada' }) : body))],
  'no token at all': ['token', () => (identities.tamper = (asked, body) => (asked === '/token' ? JSON.stringify({ ...JSON.parse(body), id_token: undefined }) : body))],
  'a code that it does not know': ['code', () => (identities.divert = (location) => location.replace(/code=[^&]+/, 'code=guessed'))],
  'an answer of another issuer': ['issuer', () => (identities.divert = (location) => location.replace(/iss=[^&]+/, 'iss=http%3A%2F%2F127.0.0.1%3A9'))],
  'an answer of no issuer': ['issuer', () => (identities.divert = (location) => location.replace(/&iss=[^&]+/, ''))]
}

for (const [what, [why, forge]] of Object.entries(forgeries)) {
  test(`${what} signs nobody in`, async () => {
    const before = await refusals()
    const page = await visitor()
    await page.goto(signIn)
    forge()
    await press(page, 'Sign in with NHSmail')
    await atProvider(page, 'rita')
    identities.honest()
    assert.equal(path(page), returned)
    const text = await words(page)
    assert.ok(why === 'other' ? /somebody else here/.test(text) : text.includes(`"${why}"`), `${text} does not say "${why}"`)
    assert.ok(await page.getByRole('link', { name: 'Back to sign in' }).isVisible())
    await wantNobody(page)
    assert.equal(await refusals(), before + 1)
  })
}

test('what is dangerous sends who came by the provider there again, and takes no answer without a new proof', async () => {
  identities.people.lena = { name: 'Lena Lead', email: 'lena@example.nhs.uk', email_verified: true }
  const link = await invite('Lena Lead', 'lena@example.nhs.uk', 'lead')
  const page = await visitor({ scripts: false })
  await page.goto(link)
  await press(page, 'Sign in with NHSmail')
  await atProvider(page, 'lena')
  await page.goto('/admin/confirm')
  assert.equal(await page.locator('main form').count(), 0)
  await press(page, 'Confirm with NHSmail')
  await atProvider(page, 'lena') // asked again, though signed in there
  assert.equal(path(page), '/admin')

  for (const claims of [{ auth_time: longAgo() }, { auth_time: undefined }]) {
    const before = await refusals()
    await page.goto('/admin/confirm')
    await press(page, 'Confirm with NHSmail')
    identities.forge(claims)
    await atProvider(page, 'lena')
    identities.honest()
    assert.match(await words(page), /could not confirm that it is you/)
    assert.equal(await refusals(), before + 1)
  }
  const before = await refusals()
  await page.goto('/admin/confirm')
  await page.context().clearCookies({ domain: '127.0.0.1' })
  await press(page, 'Confirm with NHSmail')
  await atProvider(page, 'rita')
  assert.match(await words(page), /not the account you came with/)
  assert.equal(await refusals(), before + 1)
  confirmed = page
})

test('an account with a password and a code adds single sign-on from its own page alone', async () => {
  identities.people.ada = { name: 'Ada Lead', email: 'ada@example.nhs.uk', email_verified: true }
  await lead.goto('/admin/account')
  await look(lead)
  await press(lead, 'Add NHSmail')
  await confirm()
  if (!lead.url().startsWith(identities.issuer)) await lead.goto('/admin/account/provider')
  await atProvider(lead, 'ada')
  assert.match(await words(lead), /You can sign in with NHSmail from now on/)
  const page = await visitor()
  await signInBy(page, 'ada')
  assert.equal(path(page), '/admin')

  // A link to an account that has a second factor does not lead there.
  await openPerson('Ada Lead')
  await press(lead, 'Make a link')
  const link = new URL(await lead.locator('#link').innerText()).pathname
  const other = await visitor()
  await other.goto(link)
  assert.equal(await other.getByRole('button', { name: 'Sign in with NHSmail' }).count(), 0)
  await other.goto(`${link}/provider`)
  await atProvider(other, 'nobody')
  assert.match(await words(other), /does not lead to NHSmail/)
  await wantNobody(other)
})

test('whom a lead disables is out at the next click, and the provider does not bring them back', async () => {
  const page = await visitor()
  await signInBy(page, 'rita')
  assert.equal(path(page), '/admin')
  await openPerson('Rita Reviewer')
  await look(lead)
  await press(lead, 'Stop them signing in')
  await page.goto('/admin')
  assert.equal(path(page), signIn)
  const before = await refusals()
  await signInBy(page, 'rita')
  assert.equal(path(page), returned)
  assert.match(await words(page), /no account for you here yet/)
  await wantNobody(page)
  assert.ok((await refusals()) > before)
})

test('a lead takes single sign-on away from somebody', async () => {
  await openPerson('Lena Lead')
  await press(lead, 'Remove single sign-on')
  assert.match(await words(lead), /can no longer sign in with NHSmail/)
  await confirmed.goto('/admin')
  assert.equal(path(confirmed), signIn)
  const page = await visitor()
  await signInBy(page, 'lena')
  assert.match(await words(page), /no account for you here yet/)
})

test('signing out here says that signing out there is something else', async () => {
  const page = await visitor({ scripts: false })
  await signInBy(page, 'ada')
  await page.goto('/admin')
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Sign out' }).click()])
  assert.match(await words(page), /still be signed in to NHSmail/)
  await look(await withScripts(page))
  await wantNobody(page)
  await page.goto('/admin/sign-in/provider/out')
  await page.getByRole('link', { name: 'Sign out of NHSmail' }).click()
  await page.waitForURL(`${identities.issuer}/session/end**`)
})

/** The same page in a window where axe can run. */
async function withScripts(page) {
  const other = await visitor()
  await other.goto(page.url())
  return other
}

test('every route of single sign-on was met', () => {
  const routes = portal.routes().filter(({ pattern }) => /provider|identities/.test(pattern))
  assert.equal(routes.length, 7)
  assert.deepEqual(routesNotMet(routes, asked), [])
})

test('with local sign-in off and roles from a claim, the claim makes accounts and moves roles, and an address leads into nobody else\'s', async () => {
  await portal.stop()
  Object.assign(portal.more, { PORTAL_LOCAL_SIGN_IN: 'off', PORTAL_OIDC_ROLES_CLAIM: 'groups', PORTAL_OIDC_ROLES: 'AHP leads=lead, AHP reviewers=reviewer' })
  await portal.run()
  await lead.goto('/admin')
  assert.equal(path(lead), signIn, 'a session by password goes on')
  await look(lead)
  assert.equal(await lead.locator('main form').count(), 0)
  for (const gone of ['/admin/forgot', '/admin/second-step']) {
    const answer = await lead.goto(gone)
    assert.ok(answer.status() === 404 || path(lead) === signIn, gone)
  }
  await lead.goto('/admin/forgot')
  await look(lead)

  identities.people.mo = { name: 'Mo Member', email: 'mo@example.nhs.uk', email_verified: true, groups: ['AHP reviewers', 'Others'] }
  const mo = await visitor()
  await signInBy(mo, 'mo')
  assert.equal(path(mo), '/admin')
  assert.equal((await mo.goto('/admin/staff')).status(), 403)
  identities.people.mo.groups = 'AHP leads'
  await mo.context().clearCookies()
  await signInBy(mo, 'mo')
  assert.equal((await mo.goto('/admin/audit')).status(), 200)
  assert.match(await words(mo), /Change a role/)

  identities.people.mo.groups = []
  await mo.context().clearCookies()
  await signInBy(mo, 'mo')
  assert.match(await words(mo), /You have no role here/)

  // Ada's account is there, and her address does not lead into it.
  identities.people.imp = { name: 'Imp', email: 'lena@example.nhs.uk', email_verified: true, groups: ['AHP leads'] }
  identities.people.unsure = { name: 'Unsure', email: 'unsure@example.nhs.uk', email_verified: false, groups: ['AHP leads'] }
  for (const login of ['imp', 'unsure']) {
    const page = await visitor()
    await signInBy(page, login)
    assert.match(await words(page), /no account for you here yet/)
    await wantNobody(page)
  }
})
