import { AccountConcurrency, ReservationError, type ConcurrencyShare } from './account-concurrency.ts';

const admitMany = (share: ConcurrencyShare, count: number, nowMs = 0) =>
  Array.from({ length: count }, () => share.admit(nowMs));

describe('AccountConcurrency', () => {
  it('lets a function use what it reserved and refuses the next', () => {
    const share = new AccountConcurrency(1_000).join('ingest', 2);
    expect(admitMany(share, 3)).toEqual(['admitted', 'admitted', 'reserved-concurrency']);
  });

  it('gives a released slot to the next', () => {
    const share = new AccountConcurrency(1_000).join('ingest', 1);
    share.admit(0);
    share.release();
    expect(share.admit(0)).toBe('admitted');
    expect(share.inUse).toBe(1);
  });

  it('leaves functions without a reservation what the reservations leave', () => {
    const account = new AccountConcurrency(1_000);
    account.join('reserved', 895);
    const one = account.join('one', null);
    const other = account.join('other', null);
    admitMany(one, 60);
    expect(admitMany(other, 46).slice(-2)).toEqual(['admitted', 'account-concurrency']);
  });

  it('keeps a reservation free for its function while the others are full', () => {
    const account = new AccountConcurrency(200);
    const reserved = account.join('reserved', 100);
    admitMany(account.join('other', null), 101);
    expect(reserved.admit(0)).toBe('admitted');
  });

  it('refuses everything at a reservation of 0', () => {
    expect(new AccountConcurrency(1_000).join('off', 0).admit(0)).toBe('reserved-concurrency');
  });

  it('admits 10 requests per second and reserved slot, however short they are (F32)', () => {
    const share = new AccountConcurrency(1_000).join('ingest', 2);
    const verdicts = Array.from({ length: 21 }, (_, i) => {
      const verdict = share.admit(i);
      if (verdict === 'admitted') share.release();
      return verdict;
    });
    expect(verdicts.filter((verdict) => verdict === 'admitted')).toHaveLength(20);
    expect(verdicts.at(-1)).toBe('ten-times-rule');
    expect(share.admit(1_000)).toBe('admitted');
  });

  it('applies the 10× rule to the account over all functions', () => {
    const account = new AccountConcurrency(1);
    const shares = [account.join('one', null), account.join('other', null)] as const;
    const verdicts = Array.from({ length: 11 }, (_, i) => {
      const share = shares[i % 2]!;
      const verdict = share.admit(0);
      if (verdict === 'admitted') share.release();
      return verdict;
    });
    expect(verdicts.lastIndexOf('admitted')).toBe(9);
    expect(verdicts[10]).toBe('ten-times-rule');
  });

  it('starts 1,000 new environments at once, each function its own, and refuses the next (F33)', () => {
    const account = new AccountConcurrency(5_000);
    const share = account.join('ingest', null);
    expect(admitMany(share, 1_001, 0).slice(-2)).toEqual(['admitted', 'scaling-rate']);
    expect(account.join('other', null).admit(0)).toBe('admitted');
    expect(admitMany(share, 2, 10)).toEqual(['admitted', 'scaling-rate']);
  });

  it('asks for no new environment where an earlier invocation left one', () => {
    const share = new AccountConcurrency(5_000).join('ingest', null);
    admitMany(share, 1_001, 0);
    share.release();
    expect(admitMany(share, 2, 1)).toEqual(['admitted', 'scaling-rate']);
  });

  it('takes a change of the reservation at the next admission', () => {
    const share = new AccountConcurrency(1_000).join('ingest', 1);
    share.admit(0);
    share.reserve(2);
    expect(admitMany(share, 2)).toEqual(['admitted', 'reserved-concurrency']);
    share.reserve(null);
    expect(share.admit(0)).toBe('admitted');
  });

  it.each([
    [900, true, 'exactly 100 stay unreserved'],
    [901, false, 'one fewer'],
  ])('a reservation of %d of 1,000 is granted: %s (%s)', (reserved, granted) => {
    const join = () => new AccountConcurrency(1_000).join('ingest', reserved);
    if (granted) expect(join).not.toThrow();
    else expect(join).toThrow(ReservationError);
  });

  it('knows what runs and what is claimed, through every change of a reservation (F62)', () => {
    const account = new AccountConcurrency(1_000);
    const one = account.join('one', null);
    admitMany(account.join('other', 50), 3);
    admitMany(one, 2);
    const totals = () => [account.inUse, account.claimed];
    expect(totals()).toEqual([5, 52]);
    one.reserve(10);
    expect(totals()).toEqual([5, 60]);
    one.release();
    expect(totals()).toEqual([4, 60]);
    one.reserve(null);
    expect(totals()).toEqual([4, 51]);
    one.release();
    expect(totals()).toEqual([3, 50]);
  });

  it('gives back what a function reserved that leaves, and its slots once what runs has ended', () => {
    const account = new AccountConcurrency(1_000);
    const gone = account.join('gone', 900);
    gone.admit(0);
    account.leave('gone');
    expect([account.inUse, account.claimed, account.maximumReservation('other')]).toEqual([1, 1, 900]);
    gone.release();
    expect([account.inUse, account.claimed]).toEqual([0, 0]);
  });

  it('says how much may be reserved, and keeps the old reservation when it refuses', () => {
    const account = new AccountConcurrency(1_000);
    account.join('other', 300);
    const share = account.join('ingest', 1);
    expect(account.maximumReservation('ingest')).toBe(600);
    expect(() => share.reserve(601)).toThrow(expect.objectContaining({ maximumReservation: 600 }));
    expect(admitMany(share, 2)).toEqual(['admitted', 'reserved-concurrency']);
  });
});
