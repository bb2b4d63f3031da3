import * as z from 'zod';
import type { ResolvedStack, StackResource } from './resolved-stack.ts';

/** What is declared for reads or for writes, units/s; what is left out is not declared. */
export interface AccessThroughput {
  readonly provisionedPerSecond?: number;
  /** Cap of an on-demand table (F45). */
  readonly maximumPerSecond?: number;
  readonly warmPerSecond?: number;
}

/** How much a table takes by its declaration; enforced by the meter alone. */
export interface TableThroughput {
  readonly billingMode: 'PROVISIONED' | 'PAY_PER_REQUEST';
  readonly write: AccessThroughput;
  readonly read: AccessThroughput;
}

const unitsSchema = z.coerce.number().positive().optional().catch(undefined);
const autoScalingSchema = z
  .looseObject({ MinCapacity: unitsSchema, SeedCapacity: unitsSchema })
  .optional()
  .catch(undefined);

const throughputSchema = z.object({
  BillingMode: z.enum(['PROVISIONED', 'PAY_PER_REQUEST']).default('PROVISIONED'),
  ProvisionedThroughput: z
    .looseObject({ ReadCapacityUnits: unitsSchema, WriteCapacityUnits: unitsSchema })
    .optional(),
  OnDemandThroughput: z
    .looseObject({ MaxReadRequestUnits: unitsSchema, MaxWriteRequestUnits: unitsSchema })
    .optional(),
  WarmThroughput: z
    .looseObject({ ReadUnitsPerSecond: unitsSchema, WriteUnitsPerSecond: unitsSchema })
    .optional(),
  WriteProvisionedThroughputSettings: z
    .looseObject({ WriteCapacityAutoScalingSettings: autoScalingSchema })
    .optional(),
  WriteOnDemandThroughputSettings: z.looseObject({ MaxWriteRequestUnits: unitsSchema }).optional(),
  ReadProvisionedThroughputSettings: z
    .looseObject({ ReadCapacityUnits: unitsSchema, ReadCapacityAutoScalingSettings: autoScalingSchema })
    .optional(),
  ReadOnDemandThroughputSettings: z.looseObject({ MaxReadRequestUnits: unitsSchema }).optional(),
});

type Declared = z.infer<typeof throughputSchema>;

/**
 * Throughput of a `Table` or a `GlobalTable`, of this replica where the replicas differ. A capacity that scales by
 * itself stays where it starts: auto scaling is not played.
 * What has no value here is named as not played, and counts as not declared.
 */
export function readThroughput(stack: ResolvedStack, resource: StackResource): TableThroughput {
  const properties = { ...resource.declaration.Properties, ...replicaSettings(stack, resource) };
  const values = Object.fromEntries(
    Object.keys(throughputSchema.shape)
      .map((name) => [name, stack.attempt(properties[name], `${resource.logicalId}.${name}`)] as const)
      .filter(([, value]) => value !== undefined),
  );
  const parsed = throughputSchema.safeParse(values);
  if (!parsed.success) {
    stack.notPlayed.add(`throughput of ${resource.logicalId} (${parsed.error.issues[0]?.path.join('.')})`);
    return { billingMode: 'PAY_PER_REQUEST', read: {}, write: {} };
  }
  const declared = parsed.data;
  return {
    billingMode: declared.BillingMode,
    write: writeThroughput(declared),
    read: readThroughputOf(declared),
  };
}

function writeThroughput(declared: Declared): AccessThroughput {
  const scaling = declared.WriteProvisionedThroughputSettings?.WriteCapacityAutoScalingSettings;
  return present({
    provisionedPerSecond:
      declared.ProvisionedThroughput?.WriteCapacityUnits ?? scaling?.SeedCapacity ?? scaling?.MinCapacity,
    maximumPerSecond:
      declared.OnDemandThroughput?.MaxWriteRequestUnits ??
      declared.WriteOnDemandThroughputSettings?.MaxWriteRequestUnits,
    warmPerSecond: declared.WarmThroughput?.WriteUnitsPerSecond,
  });
}

function readThroughputOf(declared: Declared): AccessThroughput {
  const settings = declared.ReadProvisionedThroughputSettings;
  const scaling = settings?.ReadCapacityAutoScalingSettings;
  return present({
    provisionedPerSecond:
      declared.ProvisionedThroughput?.ReadCapacityUnits ??
      settings?.ReadCapacityUnits ??
      scaling?.SeedCapacity ??
      scaling?.MinCapacity,
    maximumPerSecond:
      declared.OnDemandThroughput?.MaxReadRequestUnits ??
      declared.ReadOnDemandThroughputSettings?.MaxReadRequestUnits,
    warmPerSecond: declared.WarmThroughput?.ReadUnitsPerSecond,
  });
}

/** What the replica in the stack's Region declares of its own; replicas may use values that only AWS knows. */
function replicaSettings(
  stack: ResolvedStack,
  { declaration, logicalId }: StackResource,
): Record<string, unknown> {
  const replicas: unknown = declaration.Properties?.['Replicas'];
  if (!Array.isArray(replicas)) return {};
  const own = replicas.find(
    (replica: unknown) =>
      stack.attempt((replica as { Region?: unknown }).Region, `${logicalId}.Replicas`) === stack.region,
  ) as Record<string, unknown> | undefined;
  const { ReadProvisionedThroughputSettings, ReadOnDemandThroughputSettings } = own ?? {};
  return Object.fromEntries(
    Object.entries({ ReadProvisionedThroughputSettings, ReadOnDemandThroughputSettings }).filter(
      ([, value]) => value !== undefined,
    ),
  );
}

function present(throughput: {
  readonly [K in keyof AccessThroughput]: number | undefined;
}): AccessThroughput {
  return Object.fromEntries(Object.entries(throughput).filter(([, value]) => value !== undefined));
}
