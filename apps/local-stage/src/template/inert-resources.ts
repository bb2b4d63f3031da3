/** Types that change nothing of what a stage answers, so that nothing is said of them. */
const INERT_TYPES: ReadonlySet<string> = new Set([
  'AWS::CDK::Metadata',
  // Every function may be invoked and every log written here.
  'AWS::ApiGateway::Account',
  'AWS::Lambda::Permission',
  // What is encrypted with them reads the same to whoever may read it, and nothing here is encrypted.
  'AWS::KMS::Alias',
  'AWS::KMS::Key',
  // They watch: nobody is woken, and nothing is answered otherwise.
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::EC2::FlowLog',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::QueryDefinition',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  // How new code takes over from old: a template is here at once and whole, its aliases on their newest versions.
  'AWS::CodeDeploy::Application',
  'AWS::CodeDeploy::DeploymentConfig',
  'AWS::CodeDeploy::DeploymentGroup',
]);

/** The same of properties, whatever has them. */
const INERT_PROPERTIES: ReadonlySet<string> = new Set(['Description', 'Tags']);

/** And of those of types that are played: what protects data at rest, and from whoever deploys. */
const INERT_PROPERTIES_OF: Readonly<Record<string, readonly string[]>> = {
  // AWS's older way to say which stages a key is for; a plan says it.
  'AWS::ApiGateway::ApiKey': ['StageKeys'],
  'AWS::DynamoDB::Table': [
    'DeletionProtectionEnabled',
    'PointInTimeRecoverySpecification',
    'SSESpecification',
  ],
  'AWS::DynamoDB::GlobalTable': ['SSESpecification'],
  'AWS::Logs::LogGroup': ['DeletionProtectionEnabled', 'KmsKeyId'],
};

/** Whether nobody who calls the stage could tell that it is not played. */
export function isInertType(type: string): boolean {
  return INERT_TYPES.has(type);
}

/** As `isInertType`, of a property of a type that is played. */
export function isInertProperty(type: string, property: string): boolean {
  return (
    INERT_PROPERTIES.has(property) ||
    (Object.hasOwn(INERT_PROPERTIES_OF, type) && INERT_PROPERTIES_OF[type]?.includes(property) === true)
  );
}
