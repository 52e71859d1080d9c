-- A reader at random: seven of ten pages are facets, the rest entries, comparisons, and files or charts.
local entries = tonumber(os.getenv("ENTRIES"))
local facets = {
  function() return "sector=s" .. math.random(12) end,
  function() return "openness=" .. ({ "open", "closed", "unstated" })[math.random(3)] end,
  function() return "category=" .. ({ "general", "industry", "unstated" })[math.random(3)] end,
  function() return "developer=d" .. math.random(20) end,
  function() return "released_from=" .. math.random(2021, 2023) end,
  function() return "parameters_min=" .. math.random(1, 100) .. "B" end,
  function() return "sort=" .. ({ "name", "-parameters", "released", "developer" })[math.random(4)] end,
  function() return "q=%E6%96%87%E5%BF%83" end,
  function() return "page=" .. math.random(10) end,
}

local function entry() return "m" .. math.random(entries) end

function init() math.randomseed(os.time()) end

function request()
  local dice = math.random(100)
  if dice <= 70 then
    local first, second = math.random(#facets), math.random(#facets)
    local query = facets[first]()
    if second ~= first and second ~= 9 and first ~= 9 then query = query .. "&" .. facets[second]() end
    return wrk.format("GET", "/models/?" .. query)
  elseif dice <= 85 then
    return wrk.format("GET", "/models/" .. entry() .. "/")
  elseif dice <= 95 then
    return wrk.format("GET", "/compare/?model=" .. entry() .. "&model=" .. entry())
  end
  return wrk.format("GET", "/models.csv?developer=d" .. math.random(20))
end

function done(summary, latency, requests)
  io.write(string.format(
    "%d requests, %d not 2xx or 3xx, %d broken; p50 %.0f ms, p95 %.0f ms, p99 %.0f ms; %.1f requests/s\n",
    summary.requests, summary.errors.status, summary.errors.read + summary.errors.connect + summary.errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000,
    summary.requests / summary.duration * 1e6))
end
