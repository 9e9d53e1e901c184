// Save and return: a form that is begun on one device and gone on with on another.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { Visitor } from './visitor.mjs'

const triesAtMost = 50
const pause = 200

/** The path of the link back to a form in a mail to an address. */
export const linkFor = (portal, address) => mailedLink(portal, address, /\/apply\/resume\/[A-Z0-9]+/)

/** The path of a link in the newest mail with one that development kept for an address. */
export async function mailedLink(portal, address, pattern) {
  const reader = await Visitor.start(portal)
  try {
    for (let i = 0; i < triesAtMost; i++) {
      await reader.get('/dev/mail')
      const letters = reader.body.split('<li>').filter((one) => one.includes(`To ${address},`))
      for (const letter of letters) {
        await reader.get(letter.match(/\/dev\/mail\/[0-9a-f-]+/)[0])
        const [link] = reader.body.match(pattern) ?? []
        if (link) return link
      }
      await sleep(pause)
    }
  } finally {
    await reader.end()
  }
  assert.fail(`no link came to ${address}`)
}

async function begin(visitor) {
  await visitor.get('/apply')
  await visitor.send('/apply', {})
  await visitor.get('/apply/profession')
  await visitor.send('/apply/profession', { profession: 'dietitians' })
}

/** Saves, comes back by a link beside another form, and leaves. */
export async function returnStates(portal, states) {
  const address = 'returner@example.org'
  const owner = await Visitor.start(portal, states)
  await begin(owner)
  await owner.get('/apply/save')
  await owner.send('/apply/save', {}, 'with nothing')
  await owner.send('/apply/save', { email: 'zoe at example' }, 'with a mistake')
  await owner.send('/apply/save', { email: address })
  assert.equal(owner.path, '/apply/save/sent')
  const link = await linkFor(portal, address)

  const other = await Visitor.start(portal, states)
  await begin(other)
  await other.get(link, 'of a form')
  await other.send(link, {}, 'beside another form')
  assert.equal(other.status, 409)
  await other.send(link, {}, 'with no choice')
  await other.send(link, { keep: 'linked' }, 'chosen')
  assert.equal(other.path, '/apply/tasks')
  await other.get(link, 'used up')
  assert.equal(other.status, 410)
  await other.get('/apply/leave')
  await other.send('/apply/leave', {})
  assert.equal(other.path, '/apply/left')
  await other.get(link, 'used up, without a form')
  await other.get('/apply/link')
  await other.send('/apply/link', { email: '' }, 'with nothing')
  await other.send('/apply/link', { email: address })
  assert.equal(other.path, '/apply/link/sent')
  await Promise.all([owner.end(), other.end()])
}
