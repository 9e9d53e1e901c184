// The pages that say no: what was asked for is not there, was asked for in the
// wrong way, too late or too often, or cannot be had just now.
import assert from 'node:assert/strict'
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Visitor } from './visitor.mjs'

const triesAtMost = 40

/** Gets a page that must answer with a status. */
async function refused(visitor, status, path, why) {
  await visitor.get(path, why)
  assert.equal(visitor.status, status, `GET ${path}`)
}

/** What no link of ours leads to. */
async function strangeRequests(portal, states, lead) {
  const visitor = await Visitor.start(portal, states)
  await refused(visitor, 400, '/search?q=%00', 'with a control character')
  for (const path of ['/nowhere', '/professions/nobody', '/dev/mail/none', '/apply/your-days']) await refused(visitor, 404, path, 'that is not there')
  for (const path of ['/admin/nowhere', '/admin/expressions/AAA-AAA', '/admin/staff/nobody']) await refused(lead, 404, path, 'that is not there')
  await visitor.post('/professions', {}, 'to a page without a form')
  assert.equal(visitor.status, 405)
  await refused(lead, 405, '/admin/account/password', 'where forms are sent')
  await visitor.end()
}

/** Forms that carry too much, or that no longer fit what is there. */
async function lateForms(portal, states, lead) {
  const visitor = await Visitor.start(portal, states)
  await visitor.get('/apply')
  await visitor.send('/apply', {})
  const first = '/apply/profession'
  await visitor.get(first)
  const before = visitor.body
  await visitor.send(first, { profession: 'x'.repeat(70_000) }, 'with too much')
  assert.equal(visitor.status, 413)
  visitor.body = before
  await visitor.send(first, { profession: 'osteopaths' })
  visitor.body = before
  await visitor.send(first, { profession: 'podiatrists' }, 'from an older window')
  assert.equal(visitor.status, 409)
  await visitor.end()

  await lead.get('/admin/expressions')
  const [item] = lead.body.match(/\/admin\/expressions\/[A-Z2-9-]+(?=")/) ?? []
  await lead.get(item)
  await lead.send(`${item}/note`, { note: 'x'.repeat(20_000) }, 'with too much')
  assert.equal(lead.status, 413)
  await lead.get(item)
  const opened = lead.body
  await lead.get(item)
  await lead.send(`${item}/move`, { to: lead.offered('to')[0], note: 'Rang again' })
  lead.body = opened
  await lead.send(`${item}/move`, { to: lead.offered('to')[0], note: 'Wrote' }, 'from an older window')
  assert.equal(lead.status, 409)
}

/** Guesses until somebody says to wait. */
async function tooOften(portal, states) {
  for (const [form, fields] of [
    ['/admin/sign-in', { email: 'mallory@example.nhs.uk', password: 'not this one either' }],
    ['/admin/forgot', { email: 'mallory@example.nhs.uk' }]
  ]) {
    const visitor = await Visitor.start(portal, states)
    for (let i = 0; visitor.status !== 429; i++) {
      assert.ok(i < triesAtMost, `${form} takes ${triesAtMost} tries`)
      await visitor.get(form)
      await visitor.send(form, fields, 'too often')
    }
    await visitor.end()
  }
}

/** A fault of ours: where development's mail was kept there is no folder. */
async function faults(portal, states) {
  const folder = path.join(portal.dataDir, 'mail')
  await rm(folder, { recursive: true, force: true })
  await writeFile(folder, '')
  const visitor = await Visitor.start(portal, states)
  await refused(visitor, 500, '/dev/mail', 'when it cannot be read')
  await visitor.end()
}

/** Walks into everything that is refused while the portal is well. */
export async function refusedStates(portal, states, lead) {
  await strangeRequests(portal, states, lead)
  await lateForms(portal, states, lead)
  await tooOften(portal, states)
}

/** Breaks what the portal stands on; nothing can be asked of it afterwards but files. */
export async function brokenStates(portal, states) {
  await faults(portal, states)
  const visitor = await Visitor.start(portal, states)
  await visitor.get('/apply')
  await visitor.send('/apply', {})
  await visitor.get('/apply/profession')
  await portal.endDatabase()
  await visitor.send('/apply/profession', { profession: 'osteopaths' }, 'without a database')
  assert.equal(visitor.status, 503)
  for (const path of ['/', '/search?q=feet', '/apply', '/apply/tasks', '/admin']) await refused(visitor, 503, path, 'without a database')
  await visitor.end()
}
