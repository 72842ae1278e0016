"""Follows the stories in ../golden as a calendar program would that knows nothing of the product, with PyPI's icalendar and
recurring-ical-events. Fails where it does not come to the instants that the product has."""

import json
import sys
from datetime import datetime, timezone
from pathlib import Path

import icalendar
import recurring_ical_events

GOLDEN = Path(__file__).parent.parent / "golden"
FIRST, LAST = datetime(2026, 1, 1, tzinfo=timezone.utc), datetime(2029, 1, 1, tzinfo=timezone.utc)


def receive(calendar, file):
    """Takes in a file as RFC 5546 says: what it names takes the place of what was known."""
    content = icalendar.Calendar.from_ical((GOLDEN / file).read_bytes())
    for uid in {event["UID"] for event in content.events}:
        own = [event for event in content.events if event["UID"] == uid]
        known = calendar.get(uid, {})
        if any("RECURRENCE-ID" not in event for event in own):
            known = {}
        singles = {event["RECURRENCE-ID"].to_ical() if "RECURRENCE-ID" in event else b"": event for event in own}
        calendar[uid] = {**known, **singles}
    return [component for component in content.subcomponents if component.name == "VTIMEZONE"]


def held(calendar, zones):
    """Every session that is to be held, in order: [start, end]."""
    everything = icalendar.Calendar()
    for component in zones + [event for events in calendar.values() for event in events.values()]:
        everything.add_component(component)
    cancelled = {uid for uid, events in calendar.items() if events[b""].get("STATUS") == "CANCELLED"} if not is_feed(calendar) else set()
    events = recurring_ical_events.of(everything).between(FIRST, LAST)
    spans = [[instant(event.start), instant(event.end)] for event in events if event.get("STATUS") != "CANCELLED" and event["UID"] not in cancelled]
    return sorted(spans)


def is_feed(calendar):
    return all(set(events) == {b""} and "RRULE" not in events[b""] for events in calendar.values())


def instant(moment):
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def main():
    faults, steps = [], 0
    for story in sorted(GOLDEN.glob("*.json")):
        calendar, zones = {}, []
        for step in json.loads(story.read_text()):
            for file in step["files"]:
                zones = receive(calendar, file)
            found = held(calendar, zones)
            if found != step["sessions"]:
                faults.append(f"{story.name}, after {step['files']}:\n  found    {found}\n  expected {step['sessions']}")
            steps += 1
    print("\n".join(faults) or f"icalendar and recurring-ical-events find the instants of the product after each of {steps} steps.")
    return 1 if faults or not steps else 0


sys.exit(main())
