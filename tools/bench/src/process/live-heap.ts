import { once } from 'node:events';
import * as z from 'zod';

const targetsSchema = z.array(z.object({ webSocketDebuggerUrl: z.url() })).min(1);
const answerSchema = z.looseObject({
  id: z.number().optional(),
  error: z.looseObject({ message: z.string() }).optional(),
  result: z.looseObject({ result: z.looseObject({ value: z.unknown() }).optional() }).optional(),
});
const usageSchema = z.object({ heapUsed: z.number(), external: z.number() });

/** A first collection leaves what only finalizers release. */
const COLLECTIONS = 2;

/**
 * What a Node process started with `--inspect=127.0.0.1:<port>` still holds after a full collection, bytes: its heap and
 * what the heap keeps outside of it. Unlike resident memory it repeats to a fraction of a per cent.
 */
export async function liveHeapBytes(inspectPort: number): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${inspectPort}/json/list`);
  const [target] = targetsSchema.parse(await response.json());
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
  await once(socket, 'open');
  try {
    for (let index = 0; index < COLLECTIONS; index += 1) {
      await ask(socket, 'HeapProfiler.collectGarbage');
    }
    const value = await ask(socket, 'Runtime.evaluate', {
      expression: 'process.memoryUsage()',
      returnByValue: true,
    });
    const { heapUsed, external } = usageSchema.parse(value);
    return heapUsed + external;
  } finally {
    socket.close();
    await once(socket, 'close');
  }
}

let lastId = 0;

async function ask(socket: WebSocket, method: string, params: object = {}): Promise<unknown> {
  const id = ++lastId;
  socket.send(JSON.stringify({ id, method, params }));
  for (;;) {
    const [event] = (await once(socket, 'message')) as [{ readonly data: string }];
    const answer = answerSchema.parse(JSON.parse(event.data));
    if (answer.id !== id) continue;
    if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result?.result?.value;
  }
}
