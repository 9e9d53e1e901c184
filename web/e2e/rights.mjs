// What a person may ask of the faculty: everything that is held about them, and
// to be forgotten.
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
