import assert from 'node:assert/strict'

/** The queue: its tabs, filters, searches, saved views, and the next case. */
export async function queueStates(lead) {
  const queue = '/admin/expressions'
  for (const tab of ['mine', 'unassigned', 'with-returner', 'on-hold', 'ended', 'all', 'set-aside']) await lead.get(`${queue}?tab=${tab}`)
  await lead.get(`${queue}?late=yes&stage=in-review&assignee=nobody&organisation=any&help=placement&age=over-year&sort=changed&from=1/1/2020&to=2/1/2020`, 'with every filter')
  await lead.get(`${queue}?from=31/2/2026&to=soon`, 'with dates that are none')
  assert.equal(lead.status, 422)
  await lead.get(`${queue}?tab=all&sort=newest&late=yes`)
  await lead.send(`${queue}/views`, { view: '' }, 'a view without a name')
  assert.equal(lead.status, 422)
  await lead.get(`${queue}?tab=all&sort=newest&late=yes`)
  await lead.send(`${queue}/views`, { view: 'Late, newest first' }, 'with a saved view')
  const [action] = lead.body.match(/\/admin\/expressions\/views\/[0-9a-f-]+\/delete/) ?? assert.fail(`no view in ${lead.body}`)
  await lead.send(action, {}, 'with the view deleted')
  await lead.get(queue)
  await lead.send(`${queue}/take`, {}, 'taken')
  await lead.get(`${queue}?tab=mine`, 'with a case')
  await lead.get(queue)
  await lead.send(`${queue}/take`, {}, 'with nothing to take')
}
