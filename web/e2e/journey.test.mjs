// The whole journey back: a form is begun on one device and sent from another,
// staff ask something and move the case, the returner answers, pauses, goes on
// and withdraws. All mail goes through a real SMTP server. With JavaScript and
// without, by keyboard.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startBrowser } from './browser.mjs'
import { fill, send } from './form.mjs'
import { Inbox } from './inbox.mjs'
import { choose, follow, press, tick, type, unfold } from './keyboard.mjs'
import { assertAccessible, assertFits, keepPages } from './look.mjs'
import { setUpByHand } from './phone.mjs'
import { Portal } from './portal.mjs'
import { password } from './states.mjs'

let browser, inbox, portal, lead

before(async () => {
  inbox = await Inbox.start()
  portal = await Portal.start({ PORTAL_SMTP_URL: inbox.url })
  browser = await startBrowser()
  lead = await device({ scripts: false })
  await lead.goto(portal.link)
  await type(lead, 'name', 'Ada Lead')
  await type(lead, 'email', 'ada@example.nhs.uk')
  await type(lead, 'password', password)
  await lead.keyboard.press('Enter')
  await setUpByHand(lead)
  await lead.waitForURL('**/admin')
})

after(async () => {
  await browser?.close()
  await portal?.end()
  await inbox?.end()
})

/** A new device: a browser of its own, with or without JavaScript. */
async function device({ scripts, width = 1280 }) {
  const context = await browser.newContext({ baseURL: portal.base, javaScriptEnabled: scripts, viewport: { width, height: 800 } })
  keepPages(context)
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  return page
}

const path = (page) => new URL(page.url()).pathname
const main = (page) => page.locator('main').innerText()

/** Moves a case on, and tells the returner where the stage has a message. */
async function move(reference, stage) {
  await lead.goto(`/admin/expressions/${reference}`)
  await choose(lead, stage)
  await press(lead, 'Move')
  if (path(lead).endsWith('/move')) await press(lead, 'Move and send')
  assert.match(await main(lead), new RegExp(`Moved to: ${stage}`))
}

for (const scripts of [true, false]) {
  test(`the journey from the first question to the end, ${scripts ? 'with' : 'without'} JavaScript`, async () => {
    const address = `zoe-${scripts}@example.org`
    const see = async (page) => {
      if (!scripts) return
      await assertFits(page)
      await assertAccessible(page)
    }
    const desk = await device({ scripts })
    await desk.goto('/apply')
    await press(desk, 'Start now')
    await fill(desk, { until: 'phone', address })
    await desk.goto('/apply/save')
    await press(desk, 'Email me a link') // the address is filled in

    const phone = await device({ scripts, width: 320 })
    await phone.goto(await inbox.link(address, 'Continue your form'))
    await press(phone, 'Open your form')
    await fill(phone, { address })
    const reference = await send(phone)

    // The confirmation leads to where it stands, on whichever device.
    const track = await inbox.link(address, 'We have received your expression of interest')
    for (const page of [desk, phone]) {
      await page.goto(track)
      assert.match(await main(page), /Somebody from the faculty reads it next/)
      await see(page)
    }

    // Staff ask, and the returner answers on the phone.
    await lead.goto(`/admin/expressions/${reference}`)
    await unfold(lead, 'Ask for more information')
    await type(lead, 'message', 'Could you work full time?')
    await tick(lead, 'Hours')
    await press(lead, 'Ask')
    const answer = await inbox.link(address, 'Could you work full time?')
    await phone.goto(answer)
    await see(phone)
    await follow(phone, 'What hours could you do?')
    await choose(phone, 'Full time')
    await press(phone, 'Save and continue')
    assert.equal(path(phone), answer)
    await type(phone, 'reply', 'Yes, from May on.')
    await press(phone, 'Send your answer')
    assert.match(await main(phone), /Your answer is sent[\s\S]*It is our turn/)
    await see(phone)
    await lead.reload()
    assert.match(await main(lead), /Yes, from May on\./)

    // The case moves on, and the returner is told.
    await move(reference, 'Contacted')
    await move(reference, 'Finding a placement')
    const moved = await inbox.link(address, 'looking for a placement')
    await desk.goto(moved)
    assert.match(await main(desk), /We are looking for a placement[\s\S]*We wrote to you/)
    await see(desk)

    await follow(desk, 'Pause your expression of interest')
    await type(desk, 'day', '1')
    await type(desk, 'month', 'March')
    await type(desk, 'year', String(new Date().getFullYear() + 1))
    await press(desk, 'Pause')
    assert.match(await main(desk), /It is paused until 1 March/)
    await see(desk)
    await press(desk, 'Go on now')
    await follow(desk, 'Withdraw your expression of interest')
    await choose(desk, 'I found a placement elsewhere')
    await press(desk, 'Withdraw')
    assert.match(await main(desk), /Your expression of interest is withdrawn/)
    await inbox.mail(address, 'do not want to go on')
    await see(desk)

    // Who lost the link asks for another.
    const late = await device({ scripts })
    await late.goto('/track')
    await see(late)
    await type(late, 'email', address.toUpperCase())
    await press(late, 'Email me a link')
    await see(late)
    await late.goto(await inbox.link(address, 'that was sent with this email address'))
    assert.match(await main(late), new RegExp(reference))
  })
}
