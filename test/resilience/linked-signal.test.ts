import { describe, expect, test, vi } from 'vitest';
import { linkSignal } from '../../src/resilience/linked-signal.js';

describe('a linked signal', () => {
  test('follows its parent, with its reason', () => {
    const parent = new AbortController();
    const { signal } = linkSignal(parent.signal);
    expect(signal.aborted).toBe(false);
    parent.abort('enough');
    expect(signal).toMatchObject({ aborted: true, reason: 'enough' });
  });

  test('is aborted from the first when its parent is', () => {
    expect(linkSignal(AbortSignal.abort('before')).signal).toMatchObject({ aborted: true, reason: 'before' });
  });

  test('aborts alone', () => {
    const parent = new AbortController();
    const linked = linkSignal(parent.signal);
    linked.abort('mine');
    expect(linked.signal.reason).toBe('mine');
    expect(parent.signal.aborted).toBe(false);
  });

  test('does without a parent', () => {
    const linked = linkSignal(undefined);
    linked.dispose();
    linked.abort('mine');
    expect(linked.signal.aborted).toBe(true);
  });

  test('lets go of its parent', () => {
    const parent = new AbortController();
    const remove = vi.spyOn(parent.signal, 'removeEventListener');
    const linked = linkSignal(parent.signal);
    linked.dispose();
    parent.abort();
    expect(linked.signal.aborted).toBe(false);
    expect(remove).toHaveBeenCalledOnce();
  });
});
