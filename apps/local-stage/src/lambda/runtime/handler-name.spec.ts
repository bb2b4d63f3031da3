import { parseHandlerName } from './handler-name.ts';

describe('parseHandlerName', () => {
  it.each([
    ['index.handler', '', 'index', ['handler']],
    ['src/app/index.handler', 'src/app', 'index', ['handler']],
    ['index.routes.post', '', 'index', ['routes', 'post']],
    ['/var/task/index.handler', '/var/task', 'index', ['handler']],
  ])('reads %s', (handler, folder, module, exportPath) => {
    expect(parseHandlerName(handler)).toEqual({ folder, module, exportPath });
  });

  it.each([
    ['index', 'no export'],
    ['', 'nothing'],
    ['../index.handler', 'outside the bundle'],
  ])('refuses "%s": %s', (handler) => {
    expect(() => parseHandlerName(handler)).toThrow(
      expect.objectContaining({ name: 'Runtime.MalformedHandlerName' }),
    );
  });
});
