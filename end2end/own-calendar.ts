// Somebody's own calendar, which takes in the files that they are sent, and says what it holds as people say it. Read by npm's ical.js.

import ICAL from 'ical.js';

type Known = { whole?: ICAL.Component; instead: ICAL.Component[] };

export class OwnCalendar {
  private readonly known = new Map<string, Known>();

  /** What a file names takes the place of what was known (RFC 5546). */
  takeIn(file: string) {
    const content = new ICAL.Component(ICAL.parse(file));
    const zone = content.getFirstSubcomponent('vtimezone');
    if (zone) {
      ICAL.TimezoneService.register(new ICAL.Timezone(zone));
    }
    for (const event of content.getAllSubcomponents('vevent')) {
      const uid = String(event.getFirstPropertyValue('uid'));
      const known = this.known.get(uid) ?? { instead: [] };
      const slot = event.getFirstPropertyValue('recurrence-id')?.toString();
      const others = known.instead.filter((one) => slot && one.getFirstPropertyValue('recurrence-id')?.toString() !== slot);
      this.known.set(uid, slot ? { ...known, instead: [...others, event] } : { whole: event, instead: [] });
    }
    return this;
  }

  /** "Thursday 22 October 2026, 10:00 to 11:30", in order, on the clocks of the United Kingdom; of one title, where one is named. */
  held(title?: string): string[] {
    const ofTitle = [...this.known.values()].filter(({ whole }) => !title || whole?.getFirstPropertyValue('summary') === title);
    const spans = ofTitle.flatMap(({ whole, instead }) => (whole ? spansOf(whole, instead) : []));
    return spans.sort(([one], [other]) => one.getTime() - other.getTime()).map(([starts, ends]) => inWords(starts, ends));
  }
}

function spansOf(whole: ICAL.Component, exceptions: ICAL.Component[]): [Date, Date][] {
  const event = new ICAL.Event(whole, { exceptions, strictExceptions: true });
  if (whole.getFirstPropertyValue('status') === 'CANCELLED') {
    return [];
  }
  if (!event.isRecurring()) {
    return [[event.startDate.toJSDate(), event.endDate.toJSDate()]];
  }
  const spans: [Date, Date][] = [];
  const dates = event.iterator();
  for (let date = dates.next(); date; date = dates.next()) {
    const { item, startDate, endDate } = event.getOccurrenceDetails(date);
    if (item.component.getFirstPropertyValue('status') !== 'CANCELLED') {
      spans.push([startDate.toJSDate(), endDate.toJSDate()]);
    }
  }
  return spans;
}

function inWords(starts: Date, ends: Date): string {
  const part = (moment: Date, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', ...options }).format(moment);
  const time = (moment: Date) => part(moment, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const day = [part(starts, { weekday: 'long' }), part(starts, { day: 'numeric', month: 'long', year: 'numeric' })].join(' ');
  return `${day}, ${time(starts)} to ${time(ends)}`;
}
