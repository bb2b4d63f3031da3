/** Answers after 20 ms with how many requests are inside it; listens on BENCH_GATE_PORT and on any other port. */
const http = require('node:http');
const process = require('node:process');
const { setTimeout } = require('node:timers');

let inside = 0;
const answer = (_request, response) => {
  inside += 1;
  const now = inside;
  setTimeout(() => {
    inside -= 1;
    response.end(String(now));
  }, 20);
};
const other = http.createServer(answer).listen(0, '127.0.0.1', () => {
  http.createServer(answer).listen(Number(process.env.BENCH_GATE_PORT), '127.0.0.1', () => {
    process.send({ otherPort: other.address().port });
  });
});
