#!/usr/bin/env python3
"""Check the numbers of a standwith log without trusting standwith: one file, Python 3.9 or newer, nothing else.

LOG is the log's address (https://act.example.org/log) or a directory with a copy of it. KEY is its public key, one line
"name+id+base64"; it and the policy (which witnesses must have signed too) should come from somebody other than the log.
What is not given is read from the log's own file `policy`. A log names campaigns by eight bytes; give their addresses.
Proved is that the numbers follow from the leaves, and that the log and its witnesses signed these leaves; not that a
leaf is a person. Ends with 0: verified, 1: does not verify, 2: could not be read. Obeys C2SP signed-note, tlog-policy,
tlog-checkpoint, tlog-cosignature and tlog-tiles, RFC 6962 and 8032; what a leaf holds is in docs/protocol.md.
"""

import argparse
import re
import sys
from base64 import b64decode, b64encode
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256, sha512
from urllib.request import urlopen

SIGNATURE, VOID, REMOVALS = b"\1\1", b"\1\3", (b"\1\2", b"\1\3")  # how a leaf begins: version 1, then its kind
REASONS = {1: "by request", 2: "duplicate", 3: "not a person", 4: "erased", 5: "canary", 6: "legal order"}
Q, D = 2**255 - 19, -121665 * pow(121666, -1, 2**255 - 19)  # Ed25519, RFC 8032 section 5.1: the field, the constant of
ORDER = 2**252 + 27742317777372353535851937790883648493  # the curve -x² + y² = 1 + D·x²·y², a base point and its order
BASE = 15112221349535400772501151409588531511454012693041857206046113283949847762202, 4 * pow(5, -1, Q) % Q


def need(true, why):
    if not true:
        raise ValueError(why)


def add(a, b):
    (x, y), (v, w), t = a, b, D * a[0] * a[1] * b[0] * b[1]
    return (x * w + y * v) * pow(1 + t, -1, Q) % Q, (y * w + x * v) * pow(1 - t, -1, Q) % Q


def times(number, point):
    half = times(number // 2, add(point, point)) if number else (0, 1)
    return add(half, point) if number % 2 else half


def is_signed(message, key, signature):  # sections 5.1.3 and 5.1.7
    y, odd = int.from_bytes(key, "little") % 2**255, key[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, Q) % Q
    x = pow(square, (Q + 3) // 8, Q)
    x = x if x * x % Q == square else x * pow(2, (Q - 1) // 4, Q) % Q
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    k = int.from_bytes(sha512(r + key + message).digest(), "little") % ORDER
    v, w = add(times(s % ORDER, BASE), times(k, (Q - x if x % 2 == odd else x, y)))  # s·BASE minus k·key must be R
    return s < ORDER and (w | v % 2 << 255).to_bytes(32, "little") == r and x * x % Q == square


def signed_by(line, note):  # whether the note has a signature of this key ("name+id+base64"); a bad one spoils the note
    (name, number, key), found = line.split("+", 2), False
    key = b64decode(key)
    text, _, lines = note.decode().rpartition("\n\n")
    need(sha256(name.encode() + b"\n" + key).hexdigest()[:8] == number and len(key) == 33, f"Key {line} is damaged.")
    need(re.fullmatch(".+\n(0|[1-9][0-9]{0,18})\n(.+\n)+\n(— [^ +\n]+ [^ \n]+\n)+", note.decode()), "No checkpoint.")
    for signer, base64 in re.findall("— (.+) (.+)\n", lines):
        data = b64decode(base64)
        need(b64encode(data).decode() == base64, "A signature on the checkpoint is not base64.")
        if (signer, data[:4].hex()) == (name, number):
            start = 12 if key[0] == 4 else 4  # witnesses sign the time too, eight bytes in front of their signature
            timed = f"cosignature/v1\ntime {int.from_bytes(data[4:12], 'big')}\n" if key[0] == 4 else ""
            found = len(data) == start + 64 and is_signed(f"{timed}{text}\n".encode(), key[1:], data[start:])
            need(found, f"The signature of {name} on the checkpoint is wrong.")
    return found


def read_file(place):
    with urlopen(place, timeout=60) if "://" in place else open(place, "rb") as file:  # noqa: S310
        return file.read()


def read_bundle(read, log, number, width):  # up to 256 leaves of 76 bytes, each after two bytes that say 76
    *first, last = [part.zfill(3) for part in f"{number:,}".split(",")]
    path = "/".join([log, "tile/entries", *("x" + part for part in first), last])
    try:
        data = read(path + (f".p/{width}" if width < 256 else ""))
    except OSError:  # once a bundle is full, its beginnings may be gone
        data = read(path)[: 78 * width]
    need((len(data), data[::78], data[1::78]) == (78 * width, bytes(width), b"L" * width), f"{path} is damaged.")
    return data


def root(hashes):  # RFC 6962 section 2.1: pairs of hashes, pairs of pairs, …; who has no partner waits
    while len(hashes) > 1:
        pairs = [sha256(b"\1" + hashes[i] + hashes[i + 1]).digest() for i in range(0, len(hashes) - 1, 2)]
        hashes = pairs + hashes[2 * len(pairs) :]
    return hashes[0] if hashes else sha256().digest()


def count(bundles):  # the root of the tree; {campaign: signatures}; {(campaign, reason): how many were taken away}
    roots, heads, removals, removed, gone = [], Counter(), [], Counter(), set()
    for data in bundles:
        leaves = [data[i : i + 76] for i in range(2, len(data), 78)]
        heads.update([leaf[:10] for leaf in leaves])
        removals += [(256 * len(roots) + i, x) for i, x in enumerate(leaves) if x[1] != 1 and x[:2] in REMOVALS]
        roots.append(root([sha256(b"\0" + leaf).digest() for leaf in leaves]))
    for index, leaf in removals:  # each takes one signature of its campaign away that stands before it and still counts
        target, reason = int.from_bytes(leaf[10:18], "big"), leaf[18] if leaf[:2] == VOID else "withdrawn"
        if target < index and target not in gone:
            aim = bundles[target // 256][target % 256 * 78 + 2 :][:76]
            right = leaf[:2] == VOID or sha256(b"standwith/withdraw\0" + leaf[26:42]).digest()[:16] == aim[58:74]
            if aim[:10] == SIGNATURE + leaf[2:10] and right:
                gone.add(target)
                removed[leaf[2:10], reason] += 1
    return root(roots), Counter({head[2:]: heads[head] for head in heads if head[:2] == SIGNATURE}), removed


def check(log, key=None, policy=None, read=read_file):  # (origin, size, {witness: signed?}, signatures, removed)
    note, policy = read(f"{log}/checkpoint"), read(policy or f"{log}/policy").decode()
    origin, size, top = note.decode().split("\n")[:3]
    rows = [re.split("[ \t]+", x.strip(" \t")) for x in policy.split("\n") if not re.match("[ \t]*(#|$)", x)]
    logs, known, groups, quorums = ([x[1:] for x in rows if x[0] == y] for y in ("log", "witness", "group", "quorum"))
    keys = [key] if key else [x[0] for x in logs]
    need([key for key in keys if key.startswith(f"{origin}+") and signed_by(key, note)], "The log did not sign it.")
    said = {"none": True, **(witnesses := {name: signed_by(key, note) for name, key, *_ in known})}
    once = ["none", *(x[0] for x in known + groups), *(x[1].split("+", 2)[2] for x in known)]
    held = ["none", *(member for x in groups for member in x[2:])]  # each weighs once
    need(len({*once}) + len({*held}) == len(once + held) and len(rows) == len(logs + known + groups) + 1, "Bad policy.")
    for name, least, *members in groups:
        said[name] = 0 < int({"any": 1, "all": len(members)}.get(least, least)) <= sum(said[each] for each in members)
    need(said[quorums[0][0]], f"Too few witnesses signed: {sum(witnesses.values())} of {len(witnesses)}.")
    with ThreadPoolExecutor(8) as pool:
        parts = pool.map(lambda i: read_bundle(read, log, i // 256, min(256, int(size) - i)), range(0, int(size), 256))
        found, signatures, removed = count(list(parts))
    need(b64encode(found).decode() == top, "The leaves are not those that the log and its witnesses signed.")
    return origin, int(size), witnesses, signatures, removed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, many in {"log": None, "key": "?", "--policy": None, "--campaigns": "*"}.items():
        parser.add_argument(name, nargs=many)
    args = parser.parse_args()
    try:
        origin, n, by, signatures, removed = check(args.log, args.key, args.policy)
    except Exception as problem:
        print("DOES NOT VERIFY:" if isinstance(problem, (ValueError, LookupError)) else "Could not be read:", problem)
        sys.exit(1 if isinstance(problem, (ValueError, LookupError)) else 2)
    print(f"VERIFIED: {n:,} leaves of {origin}; {sum(by.values())} of {len(by)} witnesses signed:", *filter(by.get, by))
    if not args.policy:
        print("The witnesses' keys are from the log itself" + ("." if args.key else ", and so is its own key."))
    names = {sha256(f"standwith/campaign\n{url}".encode()).digest()[:8]: url for url in args.campaigns or ()}
    for tag, signed in signatures.most_common():
        less = {REASONS.get(reason, reason): many for (campaign, reason), many in removed.items() if campaign == tag}
        counted = f"{signed - sum(less.values()):>12,}  {names.get(tag, tag.hex())}: {signed:,} signed"
        print(counted, *(f"{less[reason]:,} {reason}" for reason in less), sep=", ")
