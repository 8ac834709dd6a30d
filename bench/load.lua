-- For wrk: ask for the addresses of a file in turn, then tell the latencies as one line.
--
--   wrk -t1 -c50 -d5s -s bench/load.lua http://127.0.0.1:8000 -- addresses.txt
--
-- Without a file: the address on the command line, again and again.

local requests, at = {}, 0

function init(args)
   if not args[1] then return end
   for line in io.lines(args[1]) do
      requests[#requests + 1] = wrk.format("GET", line)
   end
   request = function()
      at = at % #requests + 1
      return requests[at]
   end
end

function done(summary, latency)
   local failed = summary.errors
   io.write(string.format(
      "LOAD %d %.6f %.3f %.3f %.3f %d\n",
      summary.requests,
      summary.duration / 1e6,
      latency:percentile(50) / 1000,
      latency:percentile(95) / 1000,
      latency:percentile(99) / 1000,
      failed.connect + failed.read + failed.write + failed.status + failed.timeout
   ))
end
