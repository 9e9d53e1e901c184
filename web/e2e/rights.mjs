// What a person may ask of the faculty: everything that is held about them, and
// to be forgotten; and how long things are kept.
import assert from 'node:assert/strict'

/** A case is read out, downloaded, and erased: with mistakes, from an older page, then well. */
export async function rightsStates(lead) {
  await lead.get('/admin/expressions')
  const [item] = lead.body.match(/\/admin\/expressions\/[A-Z2-9-]+(?=")/) ?? []
  assert.ok(item, `no case in ${lead.body}`)
  const reference = item.split('/').pop()
  await lead.get(`${item}/data`, 'of one person')
  await lead.get(`${item}/data.json`)
  assert.equal(JSON.parse(lead.body).expression.reference, reference)
  const erase = `${item}/erase`
  await lead.get(erase)
  const opened = lead.body
  await lead.send(erase, { typed: 'AAA-AAAA' }, 'with a mistake')
  assert.equal(lead.status, 422)
  await lead.get(item)
  await lead.send(`${item}/move`, { to: lead.offered('to')[0] })
  lead.body = opened
  await lead.send(erase, { typed: reference }, 'from an older window')
  assert.equal(lead.status, 409)
  await lead.send(erase, { typed: reference }, 'erased')
  assert.equal(lead.path, '/admin/expressions')
  await lead.get(item, 'erased')
  assert.equal(lead.status, 410)
}

/** How long things are kept: looked at, set with a mistake, to confirm, well, and from an older page. */
export async function retentionStates(lead) {
  const list = '/admin/retention'
  const rule = `${list}/ended-expression`
  await lead.get(list)
  await lead.get(`${list}/draft`, 'which is no choice')
  await lead.get(rule)
  const opened = lead.body
  await lead.send(rule, { period: 'long' }, 'with a mistake')
  assert.equal(lead.status, 422)
  await lead.send(rule, { period: '24' }, 'to confirm')
  await lead.send(rule, {}, 'set')
  assert.equal(lead.path, list)
  lead.body = opened
  await lead.send(rule, { period: '6', confirmed: 'yes' }, 'from an older window')
  assert.equal(lead.status, 409)
  await lead.get(rule, 'set by somebody')
}
