"""A host in Python whose functions a library calls: python-host.py <library callbacks>."""

import ctypes
import json
import struct
import sys
from ctypes import CFUNCTYPE, POINTER, Structure, c_double, c_uint32, c_uint64, c_void_p


class Owned(Structure):
    _fields_ = [("ptr", c_void_p), ("bytes", c_uint64), ("capacity", c_uint64), ("align", c_uint64)]


RELEASE = CFUNCTYPE(None, POINTER(Owned))


class Frame(Structure):
    _fields_ = [
        ("in_words", c_void_p), ("in_count", c_uint64),
        ("in_text", c_void_p), ("in_bytes", c_uint64), ("in_units", c_uint64),
        ("out_words", c_void_p), ("out_room", c_uint64),
        ("operation", c_uint32), ("reserved0", c_uint32),
        ("result", c_uint64), ("words", Owned), ("text", Owned), ("text_units", c_uint64),
        ("release", RELEASE), ("context", c_void_p), ("arguments", c_uint64 * 32), ("objects", c_void_p),
    ]


class Invocation(Structure):
    _fields_ = [
        ("words", c_void_p), ("count", c_uint64), ("text", c_void_p), ("bytes", c_uint64), ("units", c_uint64),
        ("objects", c_void_p), ("out_words", POINTER(c_double)), ("out_room", c_uint64),
        ("result", c_uint64), ("out", Owned), ("out_text", Owned), ("out_units", c_uint64),
        ("release", RELEASE), ("thrown", c_void_p),
    ]


class Host(Structure):
    _fields_ = [
        ("size", c_uint32), ("reserved", c_uint32), ("progress", c_void_p),
        ("retain", CFUNCTYPE(None, c_void_p)), ("release", CFUNCTYPE(None, c_void_p)),
        ("call", CFUNCTYPE(c_uint32, c_void_p, POINTER(Invocation), c_void_p, c_uint64)),
        ("post", CFUNCTYPE(c_uint32, c_void_p, POINTER(Invocation), c_uint64)),
        ("keep", CFUNCTYPE(None, c_void_p, c_uint32)),
    ]


class Held(Structure):
    _fields_ = [("host", POINTER(Host))]


# The values that the library may have, by their addresses: the memory, the value, and how often it is held.
values = {}
# The memory of texts that the library has not released yet.
texts = {}


def hold(value):
    held = Held(ctypes.pointer(host))
    address = ctypes.addressof(held)
    values[address] = [held, value, 1]
    return address


def change(address, by):
    entry = values[address]
    entry[2] += by
    if entry[2] == 0:
        del values[address]


@RELEASE
def release_text(owned):
    if owned[0].ptr:
        del texts[owned[0].ptr]
        owned[0].ptr = None


def arguments_of(invocation):
    count = invocation[0].count
    return struct.unpack(f"<{count}Q", ctypes.string_at(invocation[0].words, 8 * count)) if count else ()


def numbers_of(invocation):
    return [struct.unpack("<d", struct.pack("<Q", word))[0] for word in arguments_of(invocation)]


def call(address, invocation, context, patience):
    try:
        value = values[address][1](*numbers_of(invocation))
        if value is not None:
            invocation[0].out_words[0] = value
        invocation[0].result = 0 if value is None else 1
        return 0
    except Exception as error:
        name, message = type(error).__name__, str(error)
        words = struct.pack("<3Q", len(name), len(message), 0)
        ctypes.memmove(invocation[0].out_words, words, len(words))
        memory = ctypes.create_string_buffer((name + message).encode())
        texts[ctypes.addressof(memory)] = memory
        size = len(name) + len(message)
        invocation[0].out_text = Owned(ctypes.addressof(memory), size, size, 1)
        invocation[0].out_units, invocation[0].result, invocation[0].release = size, 3, release_text
        invocation[0].thrown = hold(error)
        return 1


posted = []


def post(address, invocation, patience):
    posted.append(tuple(arguments_of(invocation)))
    return 0


types = dict(Host._fields_)
host = Host(
    ctypes.sizeof(Host), 0, None,
    types["retain"](lambda address: change(address, 1)), types["release"](lambda address: change(address, -1)),
    types["call"](call), types["post"](post), types["keep"](lambda address, on: None),
)

dll = ctypes.CDLL(sys.argv[1])
FRAMED = CFUNCTYPE(c_uint32, POINTER(Frame))
dll.rustdll_function.argtypes, dll.rustdll_function.restype = [c_uint64], c_void_p


def run(function, words=b"", **slots):
    frame, memory, room = Frame(), ctypes.create_string_buffer(words), (c_uint64 * 8)()
    frame.in_words, frame.in_count = ctypes.addressof(memory), len(words) // 8
    frame.out_words, frame.out_room = ctypes.addressof(room), len(room)
    for slot, value in slots.items():
        frame.arguments[int(slot[1:])] = value
    status = function(frame)
    text = ctypes.string_at(frame.text.ptr, frame.text.bytes).decode() if frame.text.ptr else ""
    for owned in (frame.text, frame.words):
        if owned.ptr:
            frame.release(owned)
    return status, frame.result, text


def bits(number):
    return struct.unpack("<Q", struct.pack("<d", number))[0]


def number(word):
    return struct.unpack("<d", struct.pack("<Q", word))[0]


_, _, table = run(FRAMED(("rustdll_table", dll)))
index = {each["name"]: at for at, each in enumerate(json.loads(table)["functions"]) if "class" not in each}


def function(name):
    return FRAMED(dll.rustdll_function(index[name]))


def word(address):
    return struct.pack("<Q", address)


def check(actual, expected):
    if actual != expected:
        raise AssertionError(f"{actual} instead of {expected}")


# Lent to a call.
twice = hold(lambda x: 2 * x)
status, result, _ = run(function("apply"), word(twice), s1=bits(21.0))
check((status, number(result)), (0, 42.0))
# On another thread, while this one waits for the call: the library passes a patience of 0, which this host does not heed.
status, result, _ = run(function("on_thread"), word(twice), s1=bits(4.0))
check((status, number(result)), (0, 8.0))
# What it throws ends the call, and comes back as the same value.
mine = ValueError("mine")


def throw(*arguments):
    raise mine


throwing = hold(throw)
for name, slots in (("apply", {"s1": 0}), ("passed_on", {}), ("passed_on_in_box", {})):
    status, result, text = run(function(name), word(throwing), **slots)
    check((status, text, values[result][1] is mine), (15, "ValueError: mine", True))
    change(result, -1)
status, _, text = run(function("caught"), word(throwing))
check((status, text), (0, "ValueError / mine / None"))
# Kept, and dropped on another thread.
run(function("keep"), word(twice))
check(values[twice][2], 2)
status, result, _ = run(function("call_kept"), s0=bits(1.5))
check((status, number(result)), (0, 3.0))
run(function("drop_kept_on_thread"))
check(values[twice][2], 1)
# Posted, from several threads.
status, result, _ = run(function("post"), word(twice), s0=3, s1=100)
check((status, result, len(posted)), (0, 300, 300))
for thread in range(3):
    check([k for by, k in posted if by == thread], list(range(100)))
for address in (twice, throwing):
    check(values[address][2], 1)
    change(address, -1)
check((values, texts), ({}, {}))
print("ok")
