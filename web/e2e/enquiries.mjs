// The doors through which people write to the faculty, in every state.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { Visitor, noProgramWaits } from './visitor.mjs'

const triesAtMost = 60
const good = { message: 'The page on podiatrists helped me.', name: 'Zoë van der Wal', 'answer-by': 'email', email: 'zoe@example.org' }

/** Writes through each door: nothing, mistakes, then a message; in the end too many. */
export async function enquiryStates(portal, states) {
  const visitor = await Visitor.start(portal, states)
  for (const door of ['/contact/write', '/accessibility/report', '/privacy/complain']) {
    await visitor.get(door)
    await visitor.send(door, {}, 'with nothing')
    await visitor.send(door, { ...good, email: 'zoe' }, 'with a mistake')
    await visitor.get(door)
    await visitor.send(door, { ...good, 'answer-by': 'phone', phone: '01522 555 000' })
    assert.match(visitor.path, /\/sent\//, `${door}: ${visitor.body}`)
    await visitor.get(door)
    await sleep(noProgramWaits)
    await visitor.send(door, good)
  }
  await flood(portal)
  // On a slow machine the first wait may be over by now; the next is longer.
  for (let i = 0; i < 3 && visitor.status !== 429; i++) {
    await visitor.get('/contact/write')
    await visitor.send('/contact/write', good, 'when too many came')
  }
  assert.equal(visitor.status, 429)
  await visitor.end()
}

/** Sends messages, which nobody looks at, until no more are taken. */
async function flood(portal) {
  const sender = await Visitor.start(portal)
  for (let i = 0; sender.status !== 429; i++) {
    assert.ok(i < triesAtMost, `${triesAtMost} messages are taken`)
    await sender.get('/contact/write')
    await sender.send('/contact/write', { ...good, message: `Message ${i}` })
  }
  await sender.end()
}

/** The staff's side of them: the list, and one that is noted, answered and set aside. */
export async function enquiryCaseStates(lead) {
  const list = '/admin/enquiries'
  for (const path of [list, `${list}?kind=complaint`, `${list}?state=answered`]) await lead.get(path)
  await lead.get(list)
  const [item] = lead.body.match(/\/admin\/enquiries\/[A-Z0-9][A-Z0-9-]+(?=")/) ?? []
  assert.ok(item, `no enquiry in ${lead.body}`)
  await lead.get(item)
  await lead.send(`${item}/note`, { note: '' }, 'with nothing')
  await lead.get(item)
  await lead.send(`${item}/note`, { note: 'Rang back.' })
  const opened = lead.body
  await lead.get(item)
  await lead.send(`${item}/change`, {}, 'with nothing')
  await lead.get(item)
  await lead.send(`${item}/change`, { how: lead.offered('how')[0], note: 'By email.' }, 'done')
  lead.body = opened
  await lead.send(`${item}/change`, { how: lead.offered('how')[0], note: 'Again.' }, 'from an older window')
  assert.equal(lead.status, 409)
  await lead.send(`${item}/change`, {}, 'opened again')
  await lead.get(`${list}?state=set-aside`)
  const [aside] = lead.body.match(/\/admin\/enquiries\/[A-Z0-9][A-Z0-9-]+(?=")/) ?? []
  assert.ok(aside, `nothing is set aside in ${lead.body}`)
  await lead.get(aside, 'set aside')
  await lead.send(`${aside}/change`, {}, 'rescued')
}
