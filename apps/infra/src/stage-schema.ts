import * as z from 'zod';
import { clientSchema } from './client-schema.ts';

/** Days CloudWatch Logs accepts as retention, up to a year. */
const retentionDays = z.literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365]);

/**
 * How new code reaches a stage's traffic, in CodeDeploy's words; alarms stop it and put the old code back. They need about
 * four minutes (two bad ones of three, and metrics come late): a step a minute has shifted 40 % by then, a step every
 * three minutes 20 %. A canary shows 10 % only, where a defect in one answer of ten or fewer stays below the alarm.
 */
const rollouts = [
  'all-at-once',
  'canary-10-percent-5-minutes',
  'linear-10-percent-every-1-minute',
  'linear-10-percent-every-3-minutes',
] as const;

/** A stack holds 500 resources, three of them a client: far below the account's 300 plans and 10,000 keys (F9). */
const MAX_CLIENTS = 100;

/** One stage as `config/stages.json` describes it: everything stages differ in, except their limits. */
export const stageSchema = z
  .strictObject({
    /** `never`: played on this machine only. `measured-limits`: placeholders need an explicit word. */
    deploy: z.enum(['never', 'any-limits', 'measured-limits']),
    /**
     * Whether `npx nx run loadtest` may load it and lift its limits meanwhile. By default `allowed`, and `refused` where
     * `deploy` wants measured limits, as in production.
     */
    loadtest: z.enum(['allowed', 'refused']).optional(),
    /** What becomes of the table when the stack is destroyed. */
    tableRemoval: z.enum(['retain', 'destroy']),
    logRetentionDays: retentionDays,
    /** Both or neither; without them the stack goes wherever the AWS profile points. */
    account: z
      .string()
      .regex(/^\d{12}$/)
      .optional(),
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/)
      .optional(),
    /** `http` costs less than a third (F70, F71) and has neither client plans, validators nor a firewall (F6). */
    api: z.enum(['rest', 'http']).default('rest'),
    /** Who may call: holders of IAM permission, or anybody who knows the address. */
    auth: z.enum(['iam', 'none']).default('iam'),
    /** Client teams with a key and a guaranteed rate; where there are any, a request without a key is refused (F12). */
    clients: z.array(clientSchema).max(MAX_CLIENTS).default([]),
    /**
     * What `POST /batch` may add to the load, as a share of the rate limit, counted in entries: its bucket refills with
     * `rateLimit × batchShare / 100` requests/s, since each may carry 100 entries.
     */
    batchShare: z.number().positive().max(1).default(0.1),
    /**
     * Least that the table is warmed for, write units/s, where the limits ask for less: DynamoDB refuses to lower what a
     * table takes (F47), so a stage whose limits came down says here what its table has.
     */
    warmWriteUnitsPerSecond: z.int().min(4000).optional(),
    rollout: z.enum(rollouts).default('all-at-once'),
    /** How the function reaches the table: `gateway` is free and has no metrics (F50), `interface` costs and has (F51, F77). */
    tableEndpoint: z.enum(['gateway', 'interface']).default('gateway'),
    /** Whose key encrypts table and logs at rest. */
    encryption: z.enum(['aws-owned', 'customer-managed']).default('aws-owned'),
    /** Table and stack refuse to be deleted until this is taken back. */
    deletionProtection: z.boolean().default(false),
    /** Blocks an address that sends more than this within five minutes; REST only (F6). */
    firewall: z.strictObject({ requestsPerFiveMinutes: z.int().min(10).max(2_000_000_000) }).optional(),
    /** Who is told when an alarm fires. */
    alarmEmail: z.email().optional(),
    /** p99 latency from which the alarm fires, ms: the SLO that the limits were measured for. */
    latencyAlarmMs: z.number().positive().default(500),
    /** On every resource, besides `stage` and `service`. */
    tags: z
      .record(z.string().regex(/^(?!aws:)[\w .:/=+@-]{1,128}$/i), z.string().regex(/^[\w .:/=+@-]{0,256}$/))
      .default({}),
  })
  .refine((stage) => (stage.account === undefined) === (stage.region === undefined), {
    error: 'account and region come together or not at all',
  })
  .refine(({ api, clients }) => api === 'rest' || clients.length === 0, {
    path: ['clients'],
    error: 'an HTTP API has no client plans (F6); want "api": "rest", or no clients',
  })
  .refine(({ api, firewall }) => api === 'rest' || firewall === undefined, {
    path: ['firewall'],
    error: 'an HTTP API has no firewall (F6); want "api": "rest", or no firewall',
  })
  .refine(({ deletionProtection, tableRemoval }) => !deletionProtection || tableRemoval === 'retain', {
    path: ['tableRemoval'],
    error: 'a protected table can\'t go with its stack; want "retain", or no deletionProtection',
  })
  .refine(({ clients }) => new Set(clients.map(({ name }) => name)).size === clients.length, {
    path: ['clients'],
    error: 'two clients have one name; want a name of its own for each',
  });

/** A stage with every default filled in. */
export type Stage = z.infer<typeof stageSchema>;
/** A stage as it may be written down. */
export type StageInput = z.input<typeof stageSchema>;
