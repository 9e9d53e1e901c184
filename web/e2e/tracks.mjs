// Following a case, about which staff have asked something: what a returner sees and does by the link of their mails.
import assert from 'node:assert/strict'
import { mailedLink } from './returns.mjs'
import { Visitor } from './visitor.mjs'

/** The path of the link by which whoever has an address follows their case. */
export const trackLinkFor = (portal, address) => mailedLink(portal, address, /\/track\/[A-Z0-9]+/)

/** Asks for a link, and gives it from the mail. */
async function find(portal, visitor, address) {
  await visitor.get('/track')
  await visitor.send('/track', { email: '' }, 'with nothing')
  await visitor.send('/track', { email: address })
  assert.equal(visitor.path, '/track/sent')
  return trackLinkFor(portal, address)
}

/** Does what can be done while a case goes on, then withdraws. */
export async function trackStates(portal, states, lead, item, address) {
  const returner = await Visitor.start(portal, states)
  await returner.get('/track/NOTHING')
  assert.equal(returner.status, 410)
  let link = await find(portal, returner, address)
  await returner.get(link, 'of a case')
  await replyStates(returner, lead, item, link)
  await returner.get(`${link}/details`)
  await returner.send(`${link}/details`, { phone: '12', by: '', postcode: 'nowhere at all' }, 'with mistakes')
  await returner.send(`${link}/details`, { phone: '01522 555 001', by: 'text', postcode: 'PE21' }, 'corrected')
  await pauseStates(returner, link)
  await returner.get(`${link}/copy`)
  await returner.send(`${link}/copy`, {}, 'asked for')
  await lead.get(item, 'whose returner wants a copy')
  link = await addressStates(portal, returner, link)
  await returner.get(`${link}/withdraw`)
  await returner.send(`${link}/withdraw`, {}, 'with nothing')
  await returner.send(`${link}/withdraw`, { reason: 'cost', note: 'I may come back later.' }, 'withdrawn')
  assert.match(returner.body, /Nobody has to do anything/)
  await lead.get(item, 'that was withdrawn')
  await returner.end()
}

/** Answers what staff ask: in words, and a question of the form. */
async function replyStates(returner, lead, item, link) {
  await returner.get(`${link}/answer`, 'in words')
  await returner.send(`${link}/answer`, { reply: '' }, 'with no words')
  await returner.send(`${link}/answer`, { reply: 'Yes, I do.' }, 'answered in words')
  await lead.get(item)
  await lead.send(`${item}/ask`, { message: 'Are these still right?', steps: 'hours' }, 'asked')
  await returner.get(link, 'with a question')
  await returner.get(`${link}/answer`)
  await returner.send(`${link}/answer`, {}, 'with nothing')
  await returner.get(`${link}/answer/hours`)
  const opened = returner.body
  await returner.send(`${link}/answer/hours`, {}, 'with nothing')
  await returner.send(`${link}/answer/hours`, { hours: 'full-time' }, 'answered')
  returner.body = opened
  await returner.send(`${link}/answer/hours`, { hours: 'either' }, 'from an older window')
  assert.equal(returner.status, 409)
  await returner.get(`${link}/answer`)
  await returner.send(`${link}/answer`, { reply: 'I have more time now.' }, 'answered')
  assert.match(returner.body, /Your answer is sent/)
  await lead.get(item, 'that was answered')
}

/** Pauses with a mistake, pauses, and goes on. */
async function pauseStates(returner, link) {
  const year = String(new Date().getFullYear() + 1)
  await returner.get(`${link}/pause`)
  await returner.send(`${link}/pause`, { day: '31', month: '2', year }, 'with a mistake')
  await returner.send(`${link}/pause`, { day: '1', month: '3', year, note: 'I am moving house.' }, 'paused')
  await returner.send(`${link}/go-on`, {}, 'going on')
}

/** Gives another address and confirms it; what leads to the old one ends. */
async function addressStates(portal, returner, link) {
  const address = 'zoe.again@example.org'
  await returner.get(`${link}/email`)
  await returner.send(`${link}/email`, { email: 'zoe at example' }, 'with a mistake')
  await returner.send(`${link}/email`, { email: address })
  assert.equal(returner.path, `${link}/email/sent`)
  const confirm = await mailedLink(portal, address, /\/track\/confirm\/[A-Z0-9]+/)
  await returner.get(confirm, 'of a new address')
  await returner.send(confirm, {}, 'confirmed')
  const confirmed = returner.path
  assert.notEqual(confirmed, link)
  await returner.get(link, 'of the old address')
  assert.equal(returner.status, 410)
  return confirmed
}
