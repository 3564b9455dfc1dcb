/** What the page of the calendar says of a dated duty, in `data-event`; generator/index/events.py names the same. */
interface DutyEvent {
  id: string;
  stamp: string;
  sequence: number;
  /** First day, and the one after the last. */
  days: [start: string, end: string][];
  page: string;
  acting: DutyWords;
  through: DutyWords;
  receiving: DutyWords;
}

/** How an event is put into the calendar of who acts, of who is meant through a group, or of who receives. */
interface DutyWords {
  part: string;
  summary: string;
  description: string;
}
