use proptest::prelude::*;
use rrule::RRuleSet;

use super::*;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// October and November 2026.
fn window() -> (DateTime<Utc>, DateTime<Utc>) {
    (at("2026-10-01T00:00:00Z"), at("2026-12-01T00:00:00Z"))
}

fn read(entries: &str) -> Result<BusyTimes, NotRead> {
    let text = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n", entries.replace('\n', "\r\n"));
    busy_times(text.as_bytes(), window(), &BTreeSet::new())
}

/// The busy stretches, one a line, of entries that are all understood.
fn busy(entries: &str) -> Vec<String> {
    let found = read(entries).unwrap();
    assert_eq!(found.not_understood, 0);
    shown(&found)
}

fn shown(found: &BusyTimes) -> Vec<String> {
    let blocks = found.blocks.iter();
    blocks.map(|block| format!("{} to {}", block.starts_at.format("%m-%dT%H:%M"), block.ends_at.format("%m-%dT%H:%M"))).collect()
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\n{lines}\nEND:VEVENT\n")
}

#[test]
fn only_when_somebody_is_busy_is_kept_and_stretches_that_touch_are_one() {
    let entries = [
        event("UID:1\nSUMMARY:Dentist; Ruth\nDTSTART:20261020T080000Z\nDTEND:20261020T090000Z"),
        event("UID:2\nDTSTART;TZID=Europe/London:20261020T100000\nDURATION:PT1H30M"),
        event("UID:3\nDTSTART:20261021T080000Z\nDTEND:20261021T090000Z\nTRANSP:TRANSPARENT"),
        event("UID:4\nDTSTART:20261021T080000Z\nDTEND:20261021T090000Z\nSTATUS:CANCELLED"),
        event("UID:5\nDTSTART;VALUE=DATE:20261022"),
        event("UID:6\nDTSTART:20250101T080000Z\nDTEND:20250101T090000Z"),
    ];
    assert_eq!(busy(&entries.concat()), ["10-20T08:00 to 10-20T10:30", "10-21T23:00 to 10-22T23:00"]);
}

#[test]
fn a_time_is_read_in_the_zone_that_it_names_however_that_is_written() {
    for (starts, expected) in [
        ("DTSTART:20261020T080000Z", "10-20T08:00"),
        ("DTSTART:20261020T080000", "10-20T07:00"),
        ("DTSTART;TZID=Europe/Paris:20261020T080000", "10-20T06:00"),
        ("DTSTART;TZID=\"Europe/Paris\":20261020T080000", "10-20T06:00"),
        ("DTSTART;TZID=GMT Standard Time:20261020T080000", "10-20T07:00"),
        ("DTSTART;TZID=/mozilla.org/20070129_1/America/New_York:20261020T080000", "10-20T12:00"),
        ("DTSTART;X-A=\"a:b;c\";TZID=Europe/Lon\n don:20261020T080000", "10-20T07:00"),
        // Of an hour that comes twice it is the first.
        ("dtstart;tzid=Europe/London:20261025T013000", "10-25T00:30"),
    ] {
        let found = busy(&event(&format!("UID:1\n{starts}\nDURATION:PT15M")));
        assert!(found.len() == 1 && found[0].starts_with(expected), "{starts}: {found:?}");
    }
}

#[test]
fn what_repeats_keeps_its_local_time_leaves_out_what_it_leaves_out_and_is_moved_where_it_was_moved() {
    let series = "UID:1\nDTSTART;TZID=Europe/London:20261015T100000\nDTEND;TZID=Europe/London:20261015T110000\nRRULE:FREQ=WEEKLY;COUNT=5";
    let moved = "UID:1\nRECURRENCE-ID;TZID=Europe/London:20261105T100000\nDTSTART;TZID=Europe/London:20261106T140000\nDURATION:PT1H";
    // Named in another zone, it is the same time.
    let cancelled = "UID:1\nRECURRENCE-ID:20261112T100000Z\nDTSTART:20261112T100000Z\nDURATION:PT1H\nSTATUS:CANCELLED";
    let without = "EXDATE;TZID=Europe/London:20261022T100000\nRDATE:20261103T090000Z";
    let entries = [event(&format!("{series}\n{without}")), event(moved), event(cancelled)];
    let expected = ["10-15T09:00 to 10-15T10:00", "10-29T10:00 to 10-29T11:00", "11-03T09:00 to 11-03T10:00", "11-06T14:00 to 11-06T15:00"];
    assert_eq!(busy(&entries.concat()), expected);
}

#[test]
fn a_rule_that_ends_on_a_date_ends_with_that_date_and_whole_days_stay_whole() {
    let weekly = event("UID:1\nDTSTART;VALUE=DATE:20261018\nRRULE:FREQ=WEEKLY;UNTIL=20261101");
    // The 25th has 25 hours.
    assert_eq!(busy(&weekly), ["10-17T23:00 to 10-18T23:00", "10-24T23:00 to 10-26T00:00", "11-01T00:00 to 11-02T00:00"]);
    let until = event("UID:1\nDTSTART:20261020T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20261021T080000Z");
    assert_eq!(busy(&until), ["10-20T08:00 to 10-20T09:00", "10-21T08:00 to 10-21T09:00"]);
}

#[test]
fn a_list_of_busy_times_is_read_too() {
    let list = "BEGIN:VFREEBUSY\nDTSTART:20261001T000000Z\nDTEND:20261101T000000Z\nFREEBUSY;FBTYPE=BUSY:20261020T080000Z/PT1H,20261020T120000Z/20261020T130000Z\nFREEBUSY;FBTYPE=FREE:20261021T080000Z/PT1H\nEND:VFREEBUSY\n";
    assert_eq!(busy(list), ["10-20T08:00 to 10-20T09:00", "10-20T12:00 to 10-20T13:00"]);
}

#[test]
fn what_another_program_calls_free_is_free() {
    let times = "DTSTART;TZID=GMT Standard Time:20261020T100000\nDTEND;TZID=GMT Standard Time:20261020T110000";
    for (word, count) in [("BUSY", 1), ("TENTATIVE", 1), ("OOF", 1), ("FREE", 0), ("WORKINGELSEWHERE", 0)] {
        let found = busy(&event(&format!("UID:1\n{times}\nX-MICROSOFT-CDO-BUSYSTATUS:{word}")));
        assert_eq!(found.len(), count, "{word}");
    }
}

#[test]
fn what_is_ours_is_not_read_as_another_engagement() {
    let ours = "UID:0198c3a0-0000-7000-8000-00000000000a\nDTSTART:20261020T080000Z\nDURATION:PT1H";
    let theirs = "UID:0198c3a0-0000-7000-8000-00000000000b\nDTSTART:20261021T080000Z\nDURATION:PT1H";
    let text = format!("BEGIN:VCALENDAR\n{}{}END:VCALENDAR\n", event(ours), event(theirs));
    let identities = BTreeSet::from([Identity(0x0198_c3a0_0000_7000_8000_0000_0000_000a)]);
    let found = busy_times(text.as_bytes(), window(), &identities).unwrap();
    assert_eq!(shown(&found), ["10-21T08:00 to 10-21T09:00"]);
}

#[test]
fn what_cannot_be_understood_is_counted_and_never_guessed() {
    for lines in [
        "DTSTART;TZID=Customised Time Zone 1:20261020T080000\nDURATION:PT1H",
        "DTSTART:next Tuesday\nDURATION:PT1H",
        "DTSTART:20261020T080000Z\nDURATION:an hour",
        "DTSTART:20261020T080000Z\nDTEND:20261020T070000Z",
        "DTSTART:20261020T080000Z\nDURATION:P9999W",
        "DURATION:PT1H",
        "DTSTART:20261020T080000Z\nDURATION:PT1H\nRRULE:FREQ=HOURLY",
        "DTSTART:20261020T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYHOUR=8,12",
        "DTSTART:20261020T080000Z\nDURATION:PT1H\nRRULE:RRULE:FREQ=RRULE;INTERVAL=0",
        "DTSTART:20261020T080000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY\nRRULE:FREQ=DAILY",
        "DTSTART:20261020T080000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY\nEXDATE:yesterday",
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20261020T080000Z\nDTSTART:20261020T080000Z\nDURATION:PT1H",
    ] {
        let found = read(&event(&format!("UID:1\n{lines}"))).unwrap();
        assert_eq!((found.not_understood, found.blocks.len()), (1, 0), "{lines}");
        let free = read(&event(&format!("UID:1\n{lines}\nTRANSP:TRANSPARENT"))).unwrap();
        assert_eq!(free, BusyTimes::default(), "what is free need not be understood: {lines}");
    }
    let long_ago = event("UID:1\nDTSTART;TZID=Customised Time Zone 1:20160720T080000\nDURATION:PT1H");
    assert_eq!(read(&long_ago), Ok(BusyTimes::default()), "what is over need not be either");
}

#[test]
fn an_alarm_in_an_event_misleads_nobody() {
    let entry = event("UID:1\nDTSTART:20261020T080000Z\nBEGIN:VALARM\nDURATION:PT9H\nTRIGGER:-PT15M\nEND:VALARM\nDURATION:PT1H");
    assert_eq!(busy(&entry), ["10-20T08:00 to 10-20T09:00"]);
}

#[test]
fn text_in_windows_1252_does_no_harm() {
    let mut text = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Zo\xeb \x96 caf\xe9\r\nLOCATION;X-NAME=\"\x93a\x94\":\x80\r\n".to_vec();
    text.extend(b"DTSTART:20261020T080000Z\r\nDTEND:20261020T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
    assert_eq!(shown(&busy_times(&text, window(), &BTreeSet::new()).unwrap()), ["10-20T08:00 to 10-20T09:00"]);
}

#[test]
fn what_is_no_whole_calendar_is_refused() {
    let half = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261020T080000Z\nDURATION:PT1H\nEND:VEVENT\nBEGIN:VEV";
    for text in ["", "<!DOCTYPE html><h1>Sign in</h1>", "BEGIN:VCARD\nEND:VCARD", "\0\0\0", "BEGIN:VCALENDAR", half] {
        assert_eq!(busy_times(text.as_bytes(), window(), &BTreeSet::new()), Err(NotRead::NotACalendar), "{text}");
    }
}

#[test]
fn a_calendar_that_is_made_to_keep_us_at_work_does_not() {
    let never = event("UID:2\nDTSTART:19000101T000000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30");
    let rare = event("UID:2\nDTSTART:19000101T000000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=9999;BYSETPOS=366");
    let far = event("UID:4\nDTSTART:22000101T235959Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=4294967295");
    let deep = format!("BEGIN:VEVENT\n{}{}DTSTART:20261021T080000Z\nEND:VEVENT\n", "BEGIN:X\n".repeat(100_000), "END:X\n".repeat(100_000));
    let long = event(&format!("UID:5\nSUMMARY:{}\nDTSTART:20261022T080000Z\nDURATION:PT1H", "x".repeat(5_000_000)));
    let folded = event(&format!("UID:6\nSUMMARY:{}\nDTSTART:20261023T080000Z\nDURATION:PT1H", "x\n ".repeat(500_000)));
    assert_eq!(busy(&[never, rare, far, deep, long, folded].concat()), ["10-22T08:00 to 10-22T09:00", "10-23T08:00 to 10-23T09:00"]);
    // Of a line that is longer than is read, nobody can tell what it leaves out.
    let dates = "20261022T080000Z,".repeat(100_000);
    let cut = read(&event(&format!("UID:7\nDTSTART:20261022T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY\nEXDATE:{dates}"))).unwrap();
    assert_eq!((cut.not_understood, cut.blocks.len()), (1, 0));

    let counted = event("DTSTART:19000101T000000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=99999;BYMONTH=2;BYMONTHDAY=30").repeat(200);
    let busy_always = event("DTSTART:20260101T000000Z\nDURATION:PT1M\nRRULE:FREQ=DAILY").repeat(1_000);
    let many = event("DTSTART:20200101T000000Z").repeat(20_001);
    for too_much in [counted, busy_always, many] {
        assert_eq!(read(&too_much), Err(NotRead::TooMuch));
    }
}

/// Rules as calendars write them, of something that begins on a date.
fn any_rule() -> impl Strategy<Value = String> {
    let every = (1_u32..=4).prop_map(|every| format!(";INTERVAL={every}"));
    let end = prop_oneof![
        Just(String::new()),
        (1_u32..60).prop_map(|count| format!(";COUNT={count}")),
        (1_u32..28).prop_map(|day| format!(";UNTIL=202611{day:02}T120000Z")),
    ];
    let weekdays = prop::sample::subsequence(vec!["MO", "TU", "WE", "TH", "FR", "SA", "SU"], 1..4).prop_map(|days| days.join(","));
    let placed = (prop::sample::select(vec!["1", "2", "3", "4", "5", "-1", "-2"]), prop::sample::select(vec!["MO", "TH", "SU"]));
    let place = prop::sample::select(vec!["1", "2", "-1", "1,-1"]);
    let month_day = prop::sample::select(vec!["1", "15", "31", "-1", "13,-2"]);
    let shape = prop_oneof![
        Just("FREQ=DAILY".to_owned()),
        Just("FREQ=DAILY;BYMONTH=10,11".to_owned()),
        Just("FREQ=WEEKLY".to_owned()),
        weekdays.clone().prop_map(|days| format!("FREQ=WEEKLY;BYDAY={days}")),
        weekdays.clone().prop_map(|days| format!("FREQ=WEEKLY;WKST=SU;BYDAY={days}")),
        Just("FREQ=MONTHLY".to_owned()),
        month_day.prop_map(|day| format!("FREQ=MONTHLY;BYMONTHDAY={day}")),
        placed.clone().prop_map(|(place, day)| format!("FREQ=MONTHLY;BYDAY={place}{day}")),
        (weekdays.clone(), place).prop_map(|(days, place)| format!("FREQ=MONTHLY;BYDAY={days};BYSETPOS={place}")),
        weekdays.prop_map(|days| format!("FREQ=MONTHLY;BYDAY={days};BYMONTHDAY=8,9,10,11,12,13,14")),
        Just("FREQ=YEARLY".to_owned()),
        Just("FREQ=YEARLY;BYYEARDAY=300,-40".to_owned()),
        placed.clone().prop_map(|(place, day)| format!("FREQ=YEARLY;BYMONTH=10,11;BYDAY={place}{day}")),
        placed.prop_map(|(place, day)| format!("FREQ=YEARLY;BYDAY={place}{day}")),
    ];
    (shape, every, end).prop_map(|(shape, every, end)| format!("{shape}{every}{end}"))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn the_rrule_crate_finds_the_same_times(rule in any_rule(), days_before in 0_i64..1_500) {
        let (from, until) = window();
        let starts = from - TimeDelta::days(days_before) + TimeDelta::hours(12);
        let text = starts.format("%Y%m%dT%H%M%SZ");
        let set: RRuleSet = format!("DTSTART:{text}\nRRULE:{rule}").parse().unwrap();
        let theirs = set.into_iter().map(|date| date.to_utc()).take_while(|date| *date < until).filter(|date| *date >= from);
        let theirs: Vec<Busy> = theirs.map(|starts_at| Busy { starts_at, ends_at: starts_at + TimeDelta::hours(1) }).collect();
        let found = read(&event(&format!("UID:1\nDTSTART:{text}\nDURATION:PT1H\nRRULE:{rule}"))).unwrap();
        prop_assert_eq!(found, BusyTimes { blocks: theirs, not_understood: 0 }, "{} from {}", rule, text);
    }

    #[test]
    fn whatever_stands_there_is_read_or_refused(lines in prop::collection::vec("(DTSTART|DTEND|RRULE|EXDATE|DURATION|BEGIN|END)[:;=A-Z0-9,/\" \u{e9}-]{0,40}", 0..12)) {
        let _ = read(&event(&lines.join("\n")));
    }
}
