-- Asks Keyhatch's gate about one call. Belongs to the haproxy.cfg beside it; printed by `keyhatch gateway haproxy`.
-- Only the gate's 200 lets in. HAProxy's own HTTP client is not used, because in 2.6 it tries a gate that is down or
-- slow three times over and has no setting for it.

local GATE_HOST, GATE_PORT = "{{ gate.host }}", {{ gate.port }}
local TOKEN = "{{ token if token is not none else "" }}"
local TIMEOUT = {{ gate_timeout }}
local IDENTITY = { {% for name in identity %}"{{ name|lower }}"{% if not loop.last %}, {% endif %}{% endfor %} }
-- What the caller is told of the gate's answer.
local TOLD = { "www-authenticate", "x-keyhatch-reason", "retry-after", "ratelimit", "ratelimit-policy" }

local function question(txn)
  local need = txn:get_var("txn.keyhatch_need") or ""
  local lines = {
    "GET /auth/haproxy" .. (need ~= "" and "?" .. need or "") .. " HTTP/1.1",
    "Host: keyhatch",
    "Connection: close",
    "X-Forwarded-For: " .. tostring(txn.f:src()),
    "X-Original-URI: " .. txn.f:pathq(),
  }
  if TOKEN ~= "" then lines[#lines + 1] = "X-Keyhatch-Gate-Token: " .. TOKEN end
  -- Every line of both, since a second credential must be seen to be refused.
  local headers = txn.http:req_get_headers()
  for _, name in ipairs({ "authorization", "x-api-key" }) do
    for _, value in pairs(headers[name] or {}) do lines[#lines + 1] = name .. ": " .. value end
  end
  for _, line in ipairs(lines) do
    if line:find("[\r\n%z]") then error("a line break in a header") end
  end
  return table.concat(lines, "\r\n") .. "\r\n\r\n"
end

-- The gate's status and headers; nil if it cannot be had in time.
local function ask(text)
  local began = core.now()
  local socket = core.tcp()
  local function patience()
    local now = core.now()
    local left = TIMEOUT - (now.sec - began.sec) - (now.usec - began.usec) / 1000000
    if left <= 0 then error("the gate is slow") end
    socket:settimeout(math.max(1, math.ceil(left)))
  end
  patience()
  if not socket:connect(GATE_HOST, GATE_PORT) then return nil end
  patience()
  if not socket:send(text) then socket:close() return nil end
  local function line()
    patience()
    local received = socket:receive("*l")
    return received and received:gsub("\r$", "")
  end
  local first = line()
  local status = first and tonumber(first:match("^HTTP/1%.[01] (%d%d%d)"))
  local headers = {}
  local ended = false
  for _ = 1, 100 do
    local header = status and line()
    if not header then break end
    if header == "" then ended = true break end
    local name, value = header:match("^([^:]+):[ \t]*(.-)[ \t]*$")
    if name then headers[name:lower()] = value end
  end
  socket:close()
  if not ended then return nil end
  return status, headers
end

core.register_action("keyhatch", { "http-req" }, function(txn)
  local good, status, headers = pcall(function() return ask(question(txn)) end)
  if good and status == 200 then
    for _, name in ipairs(IDENTITY) do
      -- An answer that leaves one out is not the gate's.
      if headers[name] == nil then return end
    end
    for _, name in ipairs(IDENTITY) do txn.http:req_set_header(name, headers[name]) end
    if headers["ratelimit"] then txn:set_var("txn.keyhatch_ratelimit", headers["ratelimit"]) end
    if headers["ratelimit-policy"] then txn:set_var("txn.keyhatch_ratelimit_policy", headers["ratelimit-policy"]) end
    txn:set_var("txn.keyhatch", "let_in")
    return
  end
  if not good or (status ~= 401 and status ~= 403 and status ~= 429) then return end
  local title = status == 429 and "A limit is reached" or "The call was refused"
  local reply = txn:reply{ status = status }
  for _, name in ipairs(TOLD) do
    if headers[name] then reply:add_header(name, headers[name]) end
  end
  reply:add_header("content-type", "application/problem+json")
  reply:set_body('{"title":"' .. title .. '","status":' .. status .. ',"code":"' .. (headers["x-keyhatch-reason"] or "unauthorized") .. '"}')
  txn:done(reply)
end)
