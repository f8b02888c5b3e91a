"""Stand-ins for what a desktop runs: services on a message bus, a Wayland compositor, an X11 server."""

import contextlib
import os
import socket
import struct
import threading


class Service:
    """Owns a name on a bus and answers from a table: (interface, member, *arguments) -> (signature, values)."""

    def __init__(self, address, name, answers):
        from jeepney.bus_messages import message_bus
        from jeepney.io.blocking import open_dbus_connection

        self.answers = dict(answers)
        self.asked = []
        self.auto_started = False
        self._connection = open_dbus_connection(address)
        self._connection.send_and_get_reply(message_bus.RequestName(name), timeout=10)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self):
        from jeepney import HeaderFields, MessageFlag, MessageType, new_error, new_method_return

        with contextlib.suppress(OSError):
            while True:
                message = self._connection.receive()
                if message.header.message_type is not MessageType.method_call:
                    continue
                fields = message.header.fields
                key = (fields[HeaderFields.interface], fields[HeaderFields.member], *message.body)
                self.asked.append((fields[HeaderFields.path], *key))
                self.auto_started |= not message.header.flags & MessageFlag.no_auto_start
                answer = self.answers.get(key, "org.freedesktop.DBus.Error.UnknownMethod")
                if isinstance(answer, str):
                    self._connection.send(new_error(message, answer))
                elif answer is not None:
                    self._connection.send(new_method_return(message, *answer))

    def close(self):
        with contextlib.suppress(OSError):
            self._connection.sock.shutdown(socket.SHUT_RDWR)
        self._thread.join(10)
        self._connection.close()


class Server:
    """Listens on a Unix socket and leads each connection in a thread of its own, by `lead`."""

    def __init__(self, path):
        self.path = str(path)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(self.path)
        self._listener.listen()
        self.connections = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections.append(connection)
                thread = threading.Thread(target=self._quietly, args=(connection,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _quietly(self, connection):
        with contextlib.suppress(OSError, EOFError):
            self.lead(connection)

    def lead(self, connection):
        """Say nothing at all."""

    def hang_up(self):
        for connection in self.connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def close(self):
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._threads[0].join(10)
        self.hang_up()
        for thread in self._threads:
            thread.join(10)
        for connection in self.connections:
            connection.close()
        os.unlink(self.path)


def exactly(connection, length):
    data = b""
    while len(data) < length:
        if not (more := connection.recv(length - len(data))):
            raise EOFError
        data += more
    return data


def message(target, opcode, body=b""):
    return struct.pack("=II", target, (len(body) + 8) << 16 | opcode) + body


def text(words):
    data = words.encode() + b"\0"
    return struct.pack("=I", len(data)) + data + b"\0" * (-len(data) % 4)


class Compositor(Server):
    """Offers globals, and notes every notification that a client asks for: (interface, opcode, id, timeout, seat)."""

    def __init__(self, path, offers=((7, "ext_idle_notifier_v1", 2), (9, "wl_seat", 7))):
        self.offers = list(offers)
        self.bound = {}
        self.notifications = []
        super().__init__(path)

    def lead(self, connection):
        interfaces = {1: "wl_display"}
        while True:
            target, word = struct.unpack("=II", exactly(connection, 8))
            body = exactly(connection, (word >> 16) - 8)
            opcode, interface = word & 0xFFFF, interfaces[target]
            if interface == "wl_display" and opcode == 0:
                (callback,) = struct.unpack("=I", body)
                connection.sendall(message(callback, 0, bytes(4)) + message(1, 1, body))
            elif interface == "wl_display":
                (registry,) = struct.unpack("=I", body)
                interfaces[registry] = "wl_registry"
                self.registry = registry
                for offer in self.offers:
                    self.offer(*offer, connection=connection)
            elif interface == "wl_registry":
                name, length = struct.unpack_from("=II", body)
                version, made = struct.unpack("=II", body[-8:])
                interfaces[made] = body[8 : 8 + length - 1].decode()
                self.bound[name] = (interfaces[made], version, made)
            else:
                self.notifications.append((interface, opcode, *struct.unpack("=III", body)))

    def offer(self, name, interface, version, connection=None):
        body = struct.pack("=I", name) + text(interface) + struct.pack("=I", version)
        self.tell(self.registry, 0, body, connection)

    def tell(self, target, opcode, body=b"", connection=None):
        (connection or self.connections[-1]).sendall(message(target, opcode, body))

    def idled(self, which=0):
        self.tell(self.notifications[which][2], 0)

    def resumed(self, which=0):
        self.tell(self.notifications[which][2], 1)


ATOMS = ("_NET_ACTIVE_WINDOW", "_NET_WM_STATE", "_NET_WM_STATE_FULLSCREEN", "_NET_WM_PID")


class XServer(Server):
    """Two screens, an idle time, and the properties of windows: (window, name) -> numbers."""

    ROOTS = (0x111, 0x222)

    def __init__(self, path, idle_ms=0, extensions=("MIT-SCREEN-SAVER",), properties=(), cookie=b""):
        self.idle_ms = idle_ms
        self.extensions = {name: 140 + at for at, name in enumerate(extensions)}
        self.properties = dict(properties)
        self.cookie = cookie
        self.drawables = []
        self.mute = False
        super().__init__(path)

    def lead(self, connection):
        head = exactly(connection, 12)
        order, _, major, _, kind, data, _ = struct.unpack("<BBHHHHH", head)
        rest = exactly(connection, kind + -kind % 4 + data + -data % 4)
        assert (order, major) == (0x6C, 11)
        if rest[kind + -kind % 4 :][:data] != self.cookie:
            connection.sendall(struct.pack("<BBHHH", 0, 4, 11, 0, 1) + b"none")
            return
        setup = self.setup()
        connection.sendall(struct.pack("<BBHHH", 1, 0, 11, 0, len(setup) // 4) + setup)
        while True:
            opcode, second, length = struct.unpack("<BBH", exactly(connection, 4))
            body = exactly(connection, 4 * length - 4)
            if not self.mute:
                # An event that every client gets comes first, as it may.
                event = bytes([34]) + bytes(31)
                connection.sendall(event + self.answer(opcode, second, body))

    def setup(self):
        fixed = struct.pack("<IIIIHHBBBBBBBBI", 1, 0, 0, 0, 5, 65535, len(self.ROOTS), 2, 0, 0, 32, 32, 8, 255, 0)
        screens = b""
        for root in self.ROOTS:
            # Two depths, one of which has two visuals.
            screens += struct.pack("<I", root) + bytes(35) + bytes([2])
            screens += bytes(8) + struct.pack("<BBHI", 24, 0, 2, 0) + bytes(48)
        return fixed + b"Maker\0\0\0" + bytes(16) + screens

    def answer(self, opcode, second, body):
        name = body[4 : 4 + struct.unpack_from("<H", body)[0]].decode() if opcode in (98, 16) else ""
        if opcode == 98:
            code = self.extensions.get(name, 0)
            return struct.pack("<BBHIBB", 1, 0, 0, 0, bool(code), code) + bytes(22)
        if opcode == 16:
            return struct.pack("<BBHII", 1, 0, 0, 0, ATOMS.index(name) + 1 if name in ATOMS else 0) + bytes(20)
        if opcode == 20:
            window, atom = struct.unpack_from("<II", body)
            values = self.properties.get((window, ATOMS[atom - 1]))
            count = len(values or ())
            head = struct.pack("<BBHIIII", 1, 32 if values else 0, 0, count, 6, 0, count) + bytes(12)
            return head + struct.pack(f"<{count}I", *values or ())
        if opcode == self.extensions.get("MIT-SCREEN-SAVER") and second == 1:
            self.drawables.append(struct.unpack("<I", body)[0])
            return struct.pack("<BBHIIII", 1, 0, 0, 0, 0, 0, self.idle_ms) + bytes(12)
        return bytes(32)
