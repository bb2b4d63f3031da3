/** A stage whose firewall would take a load test for an attack. */
export class FirewallError extends Error {
  readonly code = 'FIREWALL';
  readonly webAclArn: string;

  constructor(stackName: string, webAclArn: string) {
    super(
      `stack ${stackName}: found the firewall ${webAclArn} in front of its API, want none, because a rate rule blocks the ` +
        'one address that a load test sends from; test a stage without "firewall", with the same limits',
    );
    this.name = 'FirewallError';
    this.webAclArn = webAclArn;
  }
}
