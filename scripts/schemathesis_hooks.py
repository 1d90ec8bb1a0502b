"""Hooks of `schemathesis.sh`: put ids of existing resources into most of the generated requests, and values that the
document cannot describe into half of them. Count the responses of each operation."""

import atexit
import json
import os
import random
import threading

import requests
import schemathesis

BASE_URL = os.environ["KEYHATCH_ORIGIN"] + "/api/v1"
HEADERS = {"Authorization": "Bearer " + os.environ["KEYHATCH_TOKEN"]}
# Never deleted: its members were created on the command line, and the interface could not create them again.
ACCOUNT = os.environ["KEYHATCH_ACCOUNT"]
MEMBERS = os.environ["KEYHATCH_MEMBERS"].split()
RESPONSES_FILE = os.environ["KEYHATCH_RESPONSES"]

# Operations by method and path below BASE_URL.
CREATE_ACCOUNT = ("POST", "/accounts")
UPDATE_ACCOUNT = ("PATCH", "/accounts/{account}")
DELETE_ACCOUNT = ("DELETE", "/accounts/{account}")
CREATE_KEY = ("POST", "/accounts/{account}/keys")
UPDATE_KEY = ("PATCH", "/accounts/{account}/keys/{key}")
ROTATE_KEY = ("POST", "/accounts/{account}/keys/{key}/secret")
DELETE_KEY = ("DELETE", "/accounts/{account}/keys/{key}")
CREATE_INVITATION = ("POST", "/accounts/{account}/invitations")
DELETE_MEMBER = ("DELETE", "/accounts/{account}/members/{member}")

# Status -> count, by operation id. The rounds before this one are read from the file.
responses: dict[str, dict[str, int]] = {}
if os.path.exists(RESPONSES_FILE):
    with open(RESPONSES_FILE, encoding="utf-8") as file:
        responses = json.load(file)
lock = threading.Lock()
rng = random.Random()


def post(path: str, body: dict) -> dict:
    return requests.post(BASE_URL + path, json=body, headers=HEADERS, timeout=30).json()


def create_account() -> str:
    return post("/accounts", {"name": "Created by a hook", "parent": ACCOUNT})["id"]


def create_key(account: str) -> str:
    return post(f"/accounts/{account}/keys", {"name": "Created by a hook"})["id"]


def random_email() -> str:
    return f"{rng.getrandbits(64):x}@example.com"


def create_invitation(account: str) -> str:
    return post(f"/accounts/{account}/invitations", {"email": random_email(), "role": "viewer"})["id"]


# For the operations that delete nothing. schemathesis may still delete one by an id from an earlier response.
KEYS = [create_key(ACCOUNT) for _ in range(5)]


def operation_of(case) -> tuple[str, str]:
    operation = (case.operation.method.upper(), case.operation.path.removeprefix("/api/v1"))
    assert operation[1].startswith("/accounts"), operation
    return operation


@schemathesis.hook
def before_call(context, case, kwargs):
    """Replaces generated ids by existing ones."""
    operation = operation_of(case)
    path = case.path_parameters
    # schemathesis reuses ids from earlier responses, so it finds this one by itself.
    deletes_account = operation == DELETE_ACCOUNT and path["account"] == ACCOUNT
    if path and (deletes_account or rng.random() < 0.8):
        path["account"] = create_account() if operation == DELETE_ACCOUNT else ACCOUNT
        if "key" in path:
            path["key"] = create_key(ACCOUNT) if operation == DELETE_KEY else rng.choice(KEYS)
        if "invitation" in path:
            path["invitation"] = create_invitation(ACCOUNT)
        if "member" in path:
            path["member"] = MEMBERS[0]
            if operation == DELETE_MEMBER and len(MEMBERS) > 2 and rng.random() < 0.3:
                path["member"] = MEMBERS.pop()
    if isinstance(case.body, dict) and rng.random() < 0.5:
        fill(operation, case.body)
    if case.headers and "If-Match" in case.headers and rng.random() < 0.7:
        case.headers["If-Match"] = rng.choice(["*", '"1"', 'W/"1"'])
    if case.query and "after" in case.query and rng.random() < 0.7:
        del case.query["after"]


def fill(operation: tuple[str, str], body: dict) -> None:
    """Values of the operator's policy, and formats that a JSON schema cannot express."""
    valid = {
        CREATE_ACCOUNT: {"name": "Acme Europe", "parent": rng.choice([None, ACCOUNT])},
        UPDATE_ACCOUNT: {"name": "Acme"},
        CREATE_KEY: {"name": "Web shop", "limits": {"minute": 60}},
        UPDATE_KEY: {"name": "Web shop"},
        ROTATE_KEY: {"overlap": rng.choice(["none", "1h", "7d"])},
        CREATE_INVITATION: {"email": random_email()},
    }.get(operation, {})
    if operation in (CREATE_KEY, UPDATE_KEY):
        valid["whitelist"] = rng.choice([[], ["203.0.113.0/24"], ["2001:db8::1"]])
        valid["privileges"] = rng.choice([[], ["*"], ["contacts:read", "orders:write"]])
        valid["expires_at"] = rng.choice([None, "90d", "1y"])
        valid["limits"] = rng.choice([{}, {"uses": 10, "refill": "month"}])
    body.update(valid)


@schemathesis.hook
def after_call(context, case, response):
    """Counts the response."""
    operation_id = case.operation.definition.raw["operationId"]
    with lock:
        counts = responses.setdefault(operation_id, {})
        status = str(response.status_code)
        counts[status] = counts.get(status, 0) + 1


@atexit.register
def write_responses() -> None:
    """For the script and the next round."""
    with open(RESPONSES_FILE, "w", encoding="utf-8") as file:
        json.dump(responses, file)
