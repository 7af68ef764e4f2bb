-- Posts sign forms with names and addresses that never repeat, and writes what wrk counted as one line of JSON.
local threads = 0
function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end

function init(args)
  path, text, run = args[1], args[2], args[3]
  headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }
  n = 0
end

function request()
  n = n + 1
  local body = string.format(
    "text=%s&name=Amina+%%C3%%89xample+%d&email=amina.%s.%d.%d%%40example.org&country=FR&organisation=Example+Union&sign=yes&news_owner=yes",
    text, n, run, id, n)
  return wrk.format("POST", path, headers, body)
end

function done(summary, latency, requests)
  io.write(string.format(
    '{"requests": %d, "refused": %d, "broken": %d, "seconds": %.3f, "p50": %.2f, "p99": %.2f, "max": %.2f}\n',
    summary.requests, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
end
