package dev.cortado.runtime.net.lab;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketPool;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.stack.NetworkStack;
import dev.cortado.runtime.net.tcp.TcpSettings;
import dev.cortado.runtime.net.tcp.TcpTransport;
import dev.cortado.runtime.net.wire.IpProtocol;
import java.util.Random;

/** A host with one device. */
public final class TestHost {
    public final NetworkStack stack;
    public final TestDevice device;
    public final EthernetLink link;

    public TestHost(TestWire wire, int number) {
        this(wire, number, 256);
    }

    public TestHost(TestWire wire, int number, int buffers) {
        device = wire.attach(new TestDevice(mac(number), buffers));
        stack = new NetworkStack(PacketPool.ofHeap(buffers, 2048), new Random(number), () -> {});
        link = stack.addDevice("eth0", device);
    }

    public static long mac(int number) {
        return 0x0200_0000_0000L | number;
    }

    public TestHost address(String address, int prefixLength) {
        stack.addAddress(link, InterfaceAddress.of(IpAddress.parse(address), prefixLength), 0);
        return this;
    }

    public TcpTransport addTcp(int seed) {
        TcpTransport tcp =
                new TcpTransport(
                        new TcpSettings(),
                        stack.ip(),
                        stack.timers(),
                        stack.drops(),
                        new Random(seed));
        stack.ip().setTransport(IpProtocol.TCP, tcp);
        return tcp;
    }

    public long drops(DropReason reason) {
        return stack.drops().of(reason);
    }

    /** Whether all buffers are back. */
    public boolean isWhole() {
        return stack.pool().free() == stack.pool().size()
                && device.pool.free() == device.pool.size();
    }
}
