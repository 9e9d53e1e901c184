// Files of cases: chosen with mistakes, streamed, ordered and fetched once.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

const exports = '/admin/expressions/export'

/** A lead exports in every format; what nothing matches is not exported. */
export async function exportStates(portal, states, lead) {
  await lead.get(`${exports}?profession=osteopaths`, 'of nothing')
  await lead.get(`${exports}?tab=all&late=yes&assignee=nobody&help=placement&from=2020-01-01`, 'with many choices')
  await lead.get(`${exports}?tab=all`, 'of all')
  const form = lead.body
  await lead.send(exports, { format: 'none', names: '' }, 'with mistakes')
  assert.equal(lead.status, 422)
  for (const format of ['csv', 'json']) {
    lead.body = form
    await lead.send(exports, { format, names: 'yes' })
    assert.equal(lead.status, 200)
  }
  assert.ok(JSON.parse(lead.body).length > 0)
  lead.body = form
  await lead.send(exports, { format: 'xlsx', names: 'no' }, 'ordered')
  const file = lead.path
  for (let tries = 0; !lead.body.includes(`${file}/file`) && tries < 100; tries++) {
    await sleep(200)
    await lead.get(file, 'being written or ready')
  }
  await lead.send(`${file}/file`, {})
  assert.equal(lead.status, 200)
  assert.ok(lead.body.startsWith('PK'), 'the file is no workbook')
  await lead.get(file, 'fetched')
  await lead.get(exports, 'after exports')
}
