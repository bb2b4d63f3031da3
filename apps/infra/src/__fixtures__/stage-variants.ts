import type { StageInput } from '../stage-schema.ts';

const clients = [
  {
    name: 'team-a',
    guaranteed: { ratePerSecond: 20, burstRequests: 4 },
    quota: { requests: 1000, period: 'month' as const },
  },
  { name: 'load-test' },
];

/** Stages that between them use every option, each as far from the plain one as it gets. */
export const stageVariants: Readonly<Record<string, Partial<StageInput>>> = {
  plain: {},
  'open REST API': { api: 'rest', auth: 'none' },
  'REST API with clients and a firewall': {
    clients,
    firewall: { requestsPerFiveMinutes: 1000 },
    alarmEmail: 'team@example.com',
  },
  'open REST API with clients, in steps': { auth: 'none', clients, rollout: 'canary-10-percent-5-minutes' },
  'HTTP API': { api: 'http' },
  'open HTTP API through an interface endpoint': { api: 'http', auth: 'none', tableEndpoint: 'interface' },
  'HTTP API in steps, with its own key': {
    api: 'http',
    rollout: 'linear-10-percent-every-1-minute',
    encryption: 'customer-managed',
  },
  'everything at once': {
    clients,
    firewall: { requestsPerFiveMinutes: 10 },
    rollout: 'linear-10-percent-every-1-minute',
    tableEndpoint: 'interface',
    encryption: 'customer-managed',
    deletionProtection: true,
    alarmEmail: 'team@example.com',
    tags: { team: 'entries' },
  },
};
