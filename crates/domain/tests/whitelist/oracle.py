"""Whitelist matching by Python's ipaddress. Reads lines of `entry,entry TAB address,address` and writes lines with 1 or 0
for each address. Independent of Keyhatch except for the forms of entries."""

import sys
from ipaddress import IPv4Network, ip_address, ip_network


def canonical(text):
    address = ip_address(text)
    return getattr(address, "ipv4_mapped", None) or address


def network(text):
    base, length = text.split("/")
    mapped = getattr(ip_address(base), "ipv4_mapped", None)
    return IPv4Network((mapped, int(length) - 96)) if mapped else ip_network(text)


def matcher(entry):
    if "/" in entry:
        return network(entry).__contains__
    if "-" in entry:
        first, last = map(canonical, entry.split("-"))
        return lambda address: address.version == first.version and first <= address <= last
    single = canonical(entry)
    return lambda address: address == single


def evaluate(line):
    entries, addresses = line.rstrip("\n").split("\t")
    matchers = [matcher(entry) for entry in entries.split(",")]
    for address in map(canonical, addresses.split(",")):
        yield "1" if any(matches(address) for matches in matchers) else "0"


for line in sys.stdin:
    print("".join(evaluate(line)))
