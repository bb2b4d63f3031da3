-- Posts the body it is given in BENCH_BODY, and prints one line of JSON at the end.
wrk.method = "POST"
wrk.body = os.getenv("BENCH_BODY")
wrk.headers["Content-Type"] = "application/json"

local SLOW_US = tonumber(os.getenv("BENCH_SLOW_MS")) * 1000

-- Share above the limit, by the percentile at which it is passed, to a hundredth of a per cent.
local function slow_ratio(latency)
  for hundredths = 0, 9999 do
    if latency:percentile(hundredths / 100) > SLOW_US then
      return 1 - hundredths / 10000
    end
  end
  return 0
end

function done(summary, latency, requests)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format(
    '{"answered":%d,"p99Ms":%.3f,"slowRatio":%.6f}\n',
    summary.requests - failed,
    latency:percentile(99) / 1000,
    slow_ratio(latency)
  ))
end
