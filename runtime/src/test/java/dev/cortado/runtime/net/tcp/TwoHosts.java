package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.address.IpAddress;

/** Two hosts with a bad wire between them. */
final class TwoHosts {
    final VirtualTime time = new VirtualTime();
    final TestHost client;
    final TestHost server;
    final BadWire there;
    final BadWire back;

    TwoHosts(long seed) {
        this(seed, new TcpSettings(), new TcpSettings());
    }

    TwoHosts(long seed, TcpSettings clientSettings, TcpSettings serverSettings) {
        this(
                seed,
                clientSettings,
                serverSettings,
                IpAddress.ofIpv4(10, 0, 0, 1),
                IpAddress.ofIpv4(10, 0, 0, 2));
    }

    TwoHosts(
            long seed,
            TcpSettings clientSettings,
            TcpSettings serverSettings,
            IpAddress clientAddress,
            IpAddress serverAddress) {
        client = new TestHost(time, clientAddress, clientSettings, seed);
        server = new TestHost(time, serverAddress, serverSettings, seed + 1);
        there = new BadWire(time, seed + 2);
        back = new BadWire(time, seed + 3);
        client.wire = packet -> there.send(packet, server);
        server.wire = packet -> back.send(packet, client);
    }

    void bottleneck(long bitsPerSecond, int queueBytes, long delay) {
        for (BadWire wire : new BadWire[] {there, back}) {
            wire.bitsPerSecond = bitsPerSecond;
            wire.queueBytes = queueBytes;
            wire.delay = delay;
        }
    }

    void bad(double loss, double reordering, double duplication, double corruption) {
        for (BadWire wire : new BadWire[] {there, back}) {
            wire.loss = loss;
            wire.reordering = reordering;
            wire.duplication = duplication;
            wire.corruption = corruption;
        }
    }

    /** A connection between both, made over the wire. */
    TcpConnection[] connect(int port) throws TcpException {
        TcpListener listener = server.tcp.listen(IpAddress.UNSPECIFIED, port, 16);
        TcpConnection from =
                client.tcp.connect(
                        IpAddress.UNSPECIFIED,
                        0,
                        server.address,
                        port,
                        ConnectionListener.NONE,
                        time.now());
        TcpConnection to = null;
        for (int i = 0; i < 2000 && to == null; i++) {
            time.runFor(VirtualTime.milliseconds(50));
            to = listener.accept();
        }
        listener.close(time.now());
        if (to == null) {
            throw new AssertionError("No connection: " + from.state() + ", " + from.error());
        }
        return new TcpConnection[] {from, to};
    }
}
