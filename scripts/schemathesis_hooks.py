"""What `schemathesis.sh` adds to the cases that schemathesis makes up: ids of things that exist, most of the time, and
values that the document cannot describe, half of the time. Counts the answers of each operation."""

import atexit
import json
import os
import random
import threading

import requests
import schemathesis

ORIGIN = os.environ["KEYHATCH_ORIGIN"] + "/api/v1"
HEADERS = {"Authorization": "Bearer " + os.environ["KEYHATCH_TOKEN"]}
# Its members cannot be made over the interface, so it is never closed.
HOME = os.environ["KEYHATCH_ACCOUNT"]
MEMBERS = os.environ["KEYHATCH_MEMBERS"].split()

ANSWERS = os.environ["KEYHATCH_ANSWERS"]

answers: dict[str, dict[str, int]] = {}
if os.path.exists(ANSWERS):
    with open(ANSWERS, encoding="utf-8") as file:
        answers = json.load(file)
lock = threading.Lock()
dice = random.Random()


def post(path: str, body: dict) -> dict:
    return requests.post(ORIGIN + path, json=body, headers=HEADERS, timeout=30).json()


def new_account() -> str:
    return post("/accounts", {"name": "Made on the way", "parent": HOME})["id"]


def new_key(account: str) -> str:
    return post(f"/accounts/{account}/keys", {"name": "Made on the way"})["id"]


def new_invitation(account: str) -> str:
    email = f"{dice.getrandbits(64):x}@example.com"
    return post(f"/accounts/{account}/invitations", {"email": email, "role": "viewer"})["id"]


# For all that ends nothing. One of them may be deleted by its remembered id.
KEYS = [new_key(HOME) for _ in range(5)]


@schemathesis.hook
def before_call(context, case, kwargs):
    """Puts what exists in the place of what was made up."""
    operation = case.operation.definition.raw["operationId"]
    path = case.path_parameters
    # schemathesis remembers ids that it was answered, so it comes to this one by itself.
    closes_home = operation == "close_account" and path["account"] == HOME
    if path and (closes_home or dice.random() < 0.8):
        path["account"] = new_account() if operation == "close_account" else HOME
        if "key" in path:
            path["key"] = new_key(HOME) if operation == "delete_key" else dice.choice(KEYS)
        if "invitation" in path:
            path["invitation"] = new_invitation(HOME)
        if "member" in path:
            path["member"] = MEMBERS[0]
            if operation == "remove_member" and len(MEMBERS) > 2 and dice.random() < 0.3:
                path["member"] = MEMBERS.pop()
    if isinstance(case.body, dict) and dice.random() < 0.5:
        fill(operation, case.body)
    if case.headers and "If-Match" in case.headers and dice.random() < 0.7:
        case.headers["If-Match"] = dice.choice(["*", '"1"', 'W/"1"'])
    if case.query and "after" in case.query and dice.random() < 0.7:
        del case.query["after"]


def fill(operation: str, body: dict) -> None:
    """Values of the operator's policy, and forms that a schema has no words for."""
    known = {
        "create_account": {"name": "Acme Europe", "parent": dice.choice([None, HOME])},
        "rename_account": {"name": "Acme"},
        "create_key": {"name": "Web shop", "limits": {"minute": 60}},
        "change_key": {"name": "Web shop"},
        "change_secret": {"overlap": dice.choice(["none", "1h", "7d"])},
        "invite": {"email": f"{dice.getrandbits(64):x}@example.com"},
    }.get(operation, {})
    if operation in ("create_key", "change_key"):
        known["whitelist"] = dice.choice([[], ["203.0.113.0/24"], ["2001:db8::1"]])
        known["privileges"] = dice.choice([[], ["*"], ["contacts:read", "orders:write"]])
        known["expires_at"] = dice.choice([None, "90d", "1y"])
        known["limits"] = dice.choice([{}, {"uses": 10, "refill": "month"}])
    body.update(known)


@schemathesis.hook
def after_call(context, case, response):
    """Counts it; the sums of the rounds before are read at the start."""
    operation = case.operation.definition.raw["operationId"]
    with lock:
        of_operation = answers.setdefault(operation, {})
        status = str(response.status_code)
        of_operation[status] = of_operation.get(status, 0) + 1


@atexit.register
def write() -> None:
    """For the script, when all is done."""
    with open(ANSWERS, "w", encoding="utf-8") as file:
        json.dump(answers, file)
