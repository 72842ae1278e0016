// Follows the stories in ../golden as a calendar program would that knows nothing of the product, with npm's ical.js.
// Fails where it does not come to the instants that the product has.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ICAL from 'ical.js';

const golden = join(import.meta.dirname, '../golden');
const faults = [];
let steps = 0;

for (const name of readdirSync(golden).filter((name) => name.endsWith('.json'))) {
  const calendar = new Map();
  for (const { files, sessions } of JSON.parse(readFileSync(join(golden, name), 'utf8'))) {
    for (const file of files) {
      receive(calendar, file);
    }
    const found = held(calendar);
    const expected = sessions.map(([starts, ends]) => `${starts} to ${ends}`);
    if (JSON.stringify(found) !== JSON.stringify(expected)) {
      faults.push(`${name}, after ${files.join(' and ')}:\n  found    ${found.join('\n           ')}\n  expected ${expected.join('\n           ')}`);
    }
    steps += 1;
  }
}

console.log(faults.length > 0 ? faults.join('\n') : `ical.js finds the instants of the product after each of ${steps} steps.`);
process.exit(faults.length > 0 || steps === 0 ? 1 : 0);

/** Takes in a file as RFC 5546 says: what it names takes the place of what was known, if it is not older. */
function receive(calendar, file) {
  const content = new ICAL.Component(ICAL.parse(readFileSync(join(golden, file), 'utf8')));
  const zone = new ICAL.Timezone(content.getFirstSubcomponent('vtimezone'));
  ICAL.TimezoneService.register(zone);
  const events = content.getAllSubcomponents('vevent');
  const method = content.getFirstPropertyValue('method');
  for (const uid of new Set(events.map((event) => event.getFirstPropertyValue('uid')))) {
    const own = events.filter((event) => event.getFirstPropertyValue('uid') === uid);
    const known = calendar.get(uid) ?? { sequence: -1, others: new Map() };
    const sequence = Math.max(...own.map((event) => event.getFirstPropertyValue('sequence')));
    if (method !== 'PUBLISH' && sequence <= known.sequence) {
      faults.push(`${file}: SEQUENCE ${sequence} of ${uid} does not rise above ${known.sequence}`);
    }
    if (method !== 'PUBLISH' && own.some((event) => ['organizer', 'attendee'].some((name) => event.getAllProperties(name).length !== 1))) {
      faults.push(`${file}: an event does not name one sender and one recipient`);
    }
    const whole = own.find((event) => !event.hasProperty('recurrence-id'));
    const singles = new Map(own.filter((event) => event.hasProperty('recurrence-id')).map((event) => [event.getFirstPropertyValue('recurrence-id').toString(), event]));
    const before = whole ? new Map() : known.others;
    calendar.set(uid, { sequence, whole: whole ?? known.whole, others: new Map([...before, ...singles]) });
  }
}

/** Every session that is to be held, in order: "start to end". */
function held(calendar) {
  const spans = [];
  for (const { whole, others } of calendar.values()) {
    if (whole.getFirstPropertyValue('status') === 'CANCELLED') {
      continue;
    }
    const event = new ICAL.Event(whole, { exceptions: [...others.values()], strictExceptions: true });
    if (!event.isRecurring()) {
      spans.push([event.startDate, event.endDate]);
      continue;
    }
    const dates = event.iterator();
    for (let date = dates.next(); date; date = dates.next()) {
      const { item, startDate, endDate } = event.getOccurrenceDetails(date);
      if (item.component.getFirstPropertyValue('status') !== 'CANCELLED') {
        spans.push([startDate, endDate]);
      }
    }
  }
  const instant = (time) => time.toJSDate().toISOString().replace('.000Z', 'Z');
  return spans.map(([starts, ends]) => `${instant(starts)} to ${instant(ends)}`).sort();
}
