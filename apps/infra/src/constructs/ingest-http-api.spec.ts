import { referencesOf } from '../__fixtures__/reference-graph.ts';
import { only, onlyId, propertiesOf, synthesizedStack } from '../__fixtures__/synthesized-stack.ts';

const ROUTE = 'AWS::ApiGatewayV2::Route';

describe('IngestHttpApi', () => {
  const template = synthesizedStack({ stage: { api: 'http' }, limits: { rateLimit: 1000, burstLimit: 45 } });
  const ApiId = { Ref: onlyId(template, 'AWS::ApiGatewayV2::Api') };

  it('takes the place of the REST API', () => {
    template.resourceCountIs('AWS::ApiGateway::RestApi', 0);
    template.hasResourceProperties('AWS::ApiGatewayV2::Api', { Name: 'Stack', ProtocolType: 'HTTP' });
  });

  it('passes POST / and POST /batch on to the function, and nothing else', () => {
    const Target = {
      'Fn::Join': ['', ['integrations/', { Ref: onlyId(template, 'AWS::ApiGatewayV2::Integration') }]],
    };
    expect(propertiesOf(template, ROUTE)).toEqual([
      { ApiId, RouteKey: 'POST /', AuthorizationType: 'AWS_IAM', Target },
      { ApiId, RouteKey: 'POST /batch', AuthorizationType: 'AWS_IAM', Target },
    ]);
    template.hasResourceProperties('AWS::ApiGatewayV2::Integration', {
      IntegrationType: 'AWS_PROXY',
      PayloadFormatVersion: '2.0',
      IntegrationUri: { 'Fn::GetAtt': [onlyId(template, 'AWS::Lambda::Function'), 'Arn'] },
    });
  });

  it('asks nobody who they are where the stage says so', () => {
    const open = propertiesOf(synthesizedStack({ stage: { api: 'http', auth: 'none' } }), ROUTE);
    expect(open.map(({ AuthorizationType }) => AuthorizationType)).toEqual(['NONE', 'NONE']);
  });

  it('takes the bucket of each route from the throttle file, and makes the one of batches from it', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      ApiId,
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 45 },
      RouteSettings: { 'POST /batch': { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 4 } },
    });
  });

  it('makes its stage after the routes, which the settings of a route need', () => {
    const { DependsOn } = only(template, 'AWS::ApiGatewayV2::Stage');
    expect(DependsOn).toEqual(expect.arrayContaining(Object.keys(template.findResources(ROUTE))));
  });

  it('may call what it integrates before it does, since a change takes effect at once', () => {
    const permissions = Object.keys(template.findResources('AWS::Lambda::Permission'));
    expect(permissions).toHaveLength(2);
    expect(only(template, 'AWS::ApiGatewayV2::Integration').DependsOn).toEqual(permissions);
    for (const id of permissions) {
      expect([...(referencesOf(template).get(id) ?? [])].sort()).toEqual(
        [ApiId.Ref, onlyId(template, 'AWS::Lambda::Function')].sort(),
      );
    }
  });

  it('logs what tells a throttle from other 4xx, and nothing that a client could write quotes into', () => {
    const { AccessLogSettings } = only(template, 'AWS::ApiGatewayV2::Stage').Properties;
    const line = JSON.parse(AccessLogSettings.Format);
    expect(line).toMatchObject({
      requestId: '$context.requestId',
      routeKey: '$context.routeKey',
      status: '$context.status',
      responseType: '$context.error.responseType',
      latencyMs: '$context.responseLatency',
      integrationLatencyMs: '$context.integrationLatency',
    });
    expect(Object.values(line)).not.toContain('$context.path');
  });
});
