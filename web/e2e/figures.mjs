// The rules and figures that staff look after, in every state.
import assert from 'node:assert/strict'
import { attribute } from './visitor.mjs'

/** Looks through the list, checks an entry, and gives a figure another value. */
export async function figureStates(lead) {
  const list = '/admin/rules'
  await lead.get(list)
  const [button] = lead.body.match(/<button[^>]* name="[^>]*>/) ?? []
  await lead.send(`${list}/check`, { [attribute(button, 'name')]: attribute(button, 'value') }, 'of the first entry')
  const [figure] = lead.body.match(/\/admin\/rules\/figures\/[a-z0-9-]+/) ?? []
  assert.ok(figure, `no figure in ${lead.body}`)
  await lead.get(figure)
  await lead.send(figure, {}, 'with nothing')
  await lead.get(figure)
  const opened = lead.body
  const [, source] = opened.match(/<option value="([^"]+)"/)
  const value = { value: '3', day: '1', month: '1', year: String(new Date().getFullYear() + 2), source }
  await lead.send(figure, value, 'to be confirmed')
  await lead.send(figure, {}, 'confirmed')
  assert.equal(lead.path, list)
  await lead.get(figure, 'with a value to come')
  lead.body = opened
  await lead.send(figure, { ...value, value: '4', confirmed: 'yes' }, 'from an older window')
  assert.equal(lead.status, 409)
}
