// One expression in the staff area: who has it.
import assert from 'node:assert/strict'

/** A case is assigned to whoever looks, to somebody who cannot have it, from an
 * older window, and to nobody. */
export async function assignStates(lead, item) {
  await lead.get(item)
  const opened = lead.body
  await lead.send(`${item}/assign`, { me: 'yes' }, 'assigned')
  assert.equal(lead.path, item)
  await lead.send(`${item}/assign`, { assignee: '00000000-0000-4000-8000-000000000000' }, 'to nobody known')
  assert.equal(lead.status, 422)
  lead.body = opened
  await lead.send(`${item}/assign`, { assignee: '' }, 'from an older window')
  assert.equal(lead.status, 409)
  await lead.send(`${item}/assign`, { assignee: '' }, 'to nobody')
  assert.equal(lead.path, item)
}
