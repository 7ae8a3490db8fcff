import { Alarm, nowMs } from './clock.js';

/** What is to hear when its time has come. Only the timetable writes the place: -1 outside of it. */
export interface Timed {
  /** A moment of `performance.now()`. */
  timeUpAtMs: number;
  timetablePlace: number;
  /** Called once, at or after that moment. It must not throw. */
  timeUp(): void;
}

/**
 * Many moments under one timer: nearly all of them are taken back before they come, and a timer for each would cost more
 * than the rest of a call. A binary heap, the soonest first, whose items know their place, so that they can leave.
 */
export class Timetable {
  readonly #heap: Timed[] = [];
  readonly #alarm = new Alarm(() => this.#ring());

  get size(): number {
    return this.#heap.length;
  }

  /** Sets when to tell the item, or another moment when it waits already; Infinity: never. */
  set(item: Timed, atMs: number): void {
    if (atMs === Number.POSITIVE_INFINITY) {
      this.delete(item);
      return;
    }
    const before = item.timeUpAtMs;
    item.timeUpAtMs = atMs;
    if (item.timetablePlace === -1) this.#rise(item, this.#heap.push(item) - 1);
    else if (atMs < before) this.#rise(item, item.timetablePlace);
    else this.#sink(item, item.timetablePlace);
    // Too early is no harm: it looks at the clock, and sets itself again.
    if (this.#heap[0] === item && atMs < this.#alarm.atMs) this.#alarm.set(atMs);
  }

  delete(item: Timed): void {
    const place = item.timetablePlace;
    if (place === -1) return;
    item.timetablePlace = -1;
    const last = this.#heap.pop();
    if (last === undefined) return;
    if (last !== item) {
      if (last.timeUpAtMs < item.timeUpAtMs) this.#rise(last, place);
      else this.#sink(last, place);
    }
    if (this.#heap.length === 0) this.#alarm.clear(); // it would keep the process alive
  }

  #ring(): void {
    try {
      for (let due = this.#due(); due !== undefined; due = this.#due()) {
        this.delete(due);
        due.timeUp();
      }
    } finally {
      this.#alarm.set(this.#heap[0]?.timeUpAtMs ?? Number.POSITIVE_INFINITY);
    }
  }

  #due(): Timed | undefined {
    const soonest = this.#heap[0];
    return soonest !== undefined && soonest.timeUpAtMs <= nowMs() ? soonest : undefined;
  }

  #rise(item: Timed, from: number): void {
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = this.#heap[above];
      if (parent === undefined || parent.timeUpAtMs <= item.timeUpAtMs) break;
      this.#put(parent, place);
      place = above;
    }
    this.#put(item, place);
  }

  #sink(item: Timed, from: number): void {
    let place = from;
    for (;;) {
      const below = this.#soonerBelow(place);
      const child = this.#heap[below];
      if (child === undefined || item.timeUpAtMs <= child.timeUpAtMs) break;
      this.#put(child, place);
      place = below;
    }
    this.#put(item, place);
  }

  #soonerBelow(place: number): number {
    const left = this.#heap[2 * place + 1];
    const right = this.#heap[2 * place + 2];
    const isRight = left !== undefined && right !== undefined && right.timeUpAtMs < left.timeUpAtMs;
    return 2 * place + (isRight ? 2 : 1);
  }

  #put(item: Timed, place: number): void {
    this.#heap[place] = item;
    item.timetablePlace = place;
  }
}
