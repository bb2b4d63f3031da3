const { setTimeout: sleep } = require('node:timers/promises');

const SEVEN_MEGABYTES = 7 * 1024 * 1024;

/** Answers what the request's header `x-answer` says, as JSON; without one, the event itself. */
module.exports.handler = async (event) => {
  const { 'x-answer': answer, 'x-throw': message } = event.headers;
  if (event.path === '/big') return { statusCode: 200, body: 'x'.repeat(SEVEN_MEGABYTES) };
  if (event.path === '/limited') await sleep(300);
  if (message !== undefined) throw new Error(message);
  return answer === undefined ? { statusCode: 200, body: JSON.stringify(event) } : JSON.parse(answer);
};
