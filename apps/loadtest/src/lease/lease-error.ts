import { describeLease, type Lease } from './lease.ts';

/** Another run has the stage. */
export class LeaseHeldError extends Error {
  readonly code = 'LEASE_HELD';
  readonly lease: Lease;

  /** @param where stage, account and Region @param next what to do but wait */
  constructor(where: string, lease: Lease, next: string) {
    super(`${where}: found it leased to ${describeLease(lease)}; wait for its end, or ${next}`);
    this.name = 'LeaseHeldError';
    this.lease = lease;
  }
}

/** The run's own lease is gone, or another run's: somebody took the stage from it and put the limits back. */
export class LeaseLostError extends Error {
  readonly code = 'LEASE_LOST';

  constructor(where: string, found: Lease | null) {
    const now = found === null ? 'no lease' : `the lease of ${describeLease(found)}`;
    super(
      `${where}: found ${now}, want this run's own; the load ends, and the limits are left as whoever took it set them`,
    );
    this.name = 'LeaseLostError';
  }
}

/** The stack was deployed after the lease was taken: what the run found may be older than what is wanted. */
export class DeployedSinceError extends Error {
  readonly code = 'DEPLOYED_SINCE_LEASE';

  constructor(where: string, lease: Lease, deployedAt: Date) {
    super(
      `${where}: the stack was deployed at ${deployedAt.toISOString()}, after ${describeLease(lease)}; ` +
        'look with npx nx run throttle check --deployed, then pass --force to put back what the run had found',
    );
    this.name = 'DeployedSinceError';
  }
}
