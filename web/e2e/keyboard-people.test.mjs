// A faculty lead looks after the people who sign in here, and the invited person
// after their own account: each to its result by the keyboard alone, with
// JavaScript and without. Where a journey begins an address is opened; from
// there links lead on.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Inbox } from './inbox.mjs'
import { choose, follow, goToFault, press, tabTo, type } from './keyboard.mjs'
import { Leads } from './leads.mjs'
import { proveByHand, setUpByHand, signInByHand, takeApp } from './phone.mjs'
import { password } from './states.mjs'

const another = 'four brown hares on the wolds'
const signIn = '/admin/sign-in'

const leads = new Leads()
let inbox

before(async () => {
  inbox = await Inbox.start()
  await leads.start({ PORTAL_SMTP_URL: inbox.url })
})

after(async () => {
  await leads.end()
  await inbox?.end()
})

const path = (page) => new URL(page.url()).pathname
const words = (page) => page.locator('main').innerText()

/** The page of somebody, from wherever the lead is. */
async function openPerson(lead, name) {
  await follow(lead, 'Staff')
  await follow(lead, name)
}

/** Fails unless the next click of somebody leads to the sign-in page. */
async function wantShutOut(page) {
  await follow(page, 'Overview')
  assert.equal(path(page), signIn)
}

async function signOut(page) {
  await tabTo(page, page.locator('header').getByRole('button', { name: 'Sign out' }))
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
  assert.equal(path(page), signIn)
}

/** Sets a password by a link, and comes in by it and a recovery code. */
async function setPassword(page, link, { password, phone }) {
  await page.goto(link)
  await type(page, 'password', password)
  await press(page, 'Set the password')
  await follow(page, 'Use a recovery code instead')
  await type(page, 'recovery', phone.recovery())
  await press(page, 'Continue')
  assert.equal(path(page), '/admin')
}

for (const scripts of [false, true]) {
  const how = scripts ? 'with JavaScript' : 'without JavaScript'
  const bea = { name: scripts ? 'Bea Byron' : 'Ben Byron', email: `b-${scripts}@example.nhs.uk`, password }
  const come = (page) => signInByHand(page, bea.email, bea.password, bea.phone)
  let lead, person

  test(`somebody is invited by email and comes in, ${how}`, async () => {
    lead = await leads.begin(scripts)
    await follow(lead, 'Staff')
    await leads.see(lead)
    await press(lead, 'Add a member of staff')
    // The journey in the other window had the portal ask again.
    if (path(lead) === '/admin/confirm') await proveByHand(lead, leads.phone)
    await press(lead, 'Add and invite')
    await leads.see(lead)
    await goToFault(lead, 'Select what they will do')
    await goToFault(lead, 'Enter an email address')
    await lead.keyboard.type(bea.email)
    await goToFault(lead, 'Enter a name')
    await lead.keyboard.type(bea.name)
    await choose(lead, 'Viewer')
    await press(lead, 'Add and invite')
    assert.match(await words(lead), new RegExp(`${bea.name} is added. An email with a link is on its way to ${bea.email}`))

    person = await leads.window(scripts)
    await person.goto(await inbox.link(bea.email, 'Your role is Viewer'))
    await press(person, 'Set the password')
    await goToFault(person, 'Enter a password')
    await person.keyboard.type(bea.password)
    await press(person, 'Set the password')
    bea.phone = await setUpByHand(person, (page) => leads.see(page))
    assert.equal(path(person), '/admin')
    assert.match(await words(person), /Viewer\. Can see counts/)
  })

  test(`a role is changed once the lead has shown again who they are, ${how}`, async () => {
    await openPerson(lead, bea.name)
    await leads.see(lead)
    await choose(lead, 'Faculty lead')
    await leads.portal.ageProofs()
    await press(lead, 'Change the role')
    assert.equal(path(lead), '/admin/confirm')
    assert.match(await words(lead), /What you sent is not saved yet/)
    await press(lead, 'Continue')
    assert.deepEqual(await lead.locator('.nhsuk-error-summary a').allInnerTexts(), ['Enter your password', 'Enter the code that your app shows'])
    await goToFault(lead, 'Enter the code that your app shows')
    await lead.keyboard.type(await leads.phone.nextCode())
    await goToFault(lead, 'Enter your password')
    await lead.keyboard.type(password)
    await press(lead, 'Continue')
    await leads.see(lead)
    await press(lead, 'Send it now')
    assert.match(await words(lead), /Their role is changed[\s\S]*Faculty lead: Can do everything/)
    await follow(person, 'Overview')
    await follow(person, 'Audit')
    assert.equal(path(person), '/admin/audit')
  })

  test(`somebody is signed out everywhere, ${how}`, async () => {
    assert.match(await words(lead), /They are signed in on 1 device now/)
    await press(lead, 'Sign them out everywhere')
    assert.match(await words(lead), /They are signed out everywhere/)
    await wantShutOut(person)
    await come(person)
    assert.equal(path(person), '/admin')
  })

  test(`a second factor is reset and set up again, ${how}`, async () => {
    await press(lead, 'Reset their second factor')
    assert.match(await words(lead), /Their second factor is reset[\s\S]*Second factor\s+Not set up/)
    await inbox.mail(bea.email, 'The second factor of your account in the staff area was reset')
    await wantShutOut(person)
    await type(person, 'email', bea.email)
    await type(person, 'password', bea.password)
    await press(person, 'Sign in')
    bea.phone = await setUpByHand(person)
    assert.equal(path(person), '/admin')
  })

  test(`somebody is shut out and let in again, ${how}`, async () => {
    await press(lead, 'Stop them signing in')
    assert.match(await words(lead), /They can no longer sign in/)
    await wantShutOut(person)
    await type(person, 'email', bea.email)
    await type(person, 'password', bea.password)
    await press(person, 'Sign in')
    await goToFault(person, 'Email address and password do not match. Check both, or get a link to set a new password')
    await press(lead, 'Let them sign in again')
    assert.match(await words(lead), /They can sign in again/)
    await come(person)
    assert.equal(path(person), '/admin')
  })

  test(`a session on another device is ended, ${how}`, async () => {
    const other = await leads.window(scripts)
    await other.goto('/admin')
    await come(other)
    await follow(person, `${bea.name}, Faculty lead`)
    await leads.see(person)
    const button = person.locator('table').getByRole('button')
    assert.equal(await button.count(), 1)
    await press(person, await button.getAttribute('aria-label'))
    assert.match(await words(person), /You are signed out there/)
    assert.equal(await button.count(), 0)
    await wantShutOut(other)
    await other.context().close()
  })

  test(`what is told by email is chosen, each kind by itself, ${how}`, async () => {
    const chosen = { 'New cases': 'At once', Answers: 'Once a day, at 8am on working days', 'Late cases': 'Not at all' }
    await follow(person, 'Choose what you are told by email')
    await leads.see(person)
    for (const [kind, answer] of Object.entries(chosen)) await choose(person, answer, kind)
    await press(person, 'Save')
    assert.match(await words(person), /What you are told by email is saved/)
    await follow(person, 'Your account')
    await follow(person, 'Choose what you are told by email')
    for (const [kind, answer] of Object.entries(chosen)) {
      assert.ok(await person.getByRole('group', { name: kind, exact: true }).getByRole('radio', { name: answer }).isChecked(), `${kind}: ${answer}`)
    }
    await follow(person, 'Your account')
  })

  test(`a password is changed, ${how}`, async () => {
    await press(person, 'Change the password')
    await goToFault(person, 'Enter a password')
    await person.keyboard.type(another)
    await goToFault(person, 'Enter your current password')
    await person.keyboard.type('not this one')
    await press(person, 'Change the password')
    await goToFault(person, 'Enter your current password: this is not it')
    await person.keyboard.type(bea.password)
    await type(person, 'password', another)
    await press(person, 'Change the password')
    assert.match(await words(person), /Your password is changed/)
    bea.password = another
  })

  test(`another app takes the place of the first, ${how}`, async () => {
    await follow(person, 'Change the app for codes')
    await leads.see(person)
    await press(person, 'Continue')
    await goToFault(person, 'Enter the code that your app shows')
    bea.phone = await takeApp(person)
    assert.match(await words(person), /App for codes\s+Set up/)
  })

  test(`new recovery codes take the place of the old, and every session is ended, ${how}`, async () => {
    const old = bea.phone.recovery()
    await follow(person, 'Change the recovery codes')
    await press(person, 'Make new recovery codes')
    bea.phone.codes = (await person.locator('#codes').innerText()).trim().split('\n').map((code) => code.trim())
    assert.equal(new Set([old, ...bea.phone.codes]).size, 11)
    await press(person, 'I have saved them')
    assert.match(await words(person), /Recovery codes\s+10 left/)
    await press(person, 'Sign out everywhere')
    assert.equal(path(person), signIn)

    await type(person, 'email', bea.email)
    await type(person, 'password', bea.password)
    await press(person, 'Sign in')
    await follow(person, 'Use a recovery code instead')
    await type(person, 'recovery', old)
    await press(person, 'Continue')
    await goToFault(person, 'Enter a recovery code that you have not used. It has 16 letters and digits')
    await person.keyboard.press('Control+A')
    await person.keyboard.type(bea.phone.recovery())
    await press(person, 'Continue')
    assert.equal(path(person), '/admin')
    await openPerson(lead, bea.name)
    assert.match(await words(lead), /They are signed in on 1 device now/)
    await signOut(person)
  })

  test(`a password that was forgotten is set by a link, and by one that a lead makes, ${how}`, async () => {
    await follow(person, 'Get a link to set a new password')
    await leads.see(person)
    await press(person, 'Send the link')
    await goToFault(person, 'Enter your email address')
    await person.keyboard.type(bea.email)
    await press(person, 'Send the link')
    assert.match(await words(person), /a link to set a new password is on its way/)
    bea.password = password
    await setPassword(person, await inbox.link(bea.email, 'Someone asked to set a new password'), bea)

    await openPerson(lead, bea.name)
    await press(lead, 'Make a link')
    const link = new URL(await lead.locator('#link').innerText()).pathname
    await signOut(person)
    bea.password = another
    await setPassword(person, link, bea)
    await person.context().close()
  })
}
