package dev.cortado.runtime.net.link;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.count.Traffic;
import dev.cortado.runtime.net.wire.EthernetFrame;
import dev.cortado.runtime.net.wire.VlanTag;
import java.util.Arrays;

/**
 * Several Ethernets over one device (IEEE 802.1Q): frames with a VLAN's tag belong to that VLAN's
 * {@link Port}, those without, or with a mere priority, to the port of number 0. A port is a
 * device.
 */
public final class VlanTrunk implements FrameReceiver {
    private static final int TYPE_OFFSET = 12;

    private final FrameDevice device;
    private final DropCounters drops;
    private volatile Port[] ports = {};

    public VlanTrunk(FrameDevice device, DropCounters drops) {
        this.device = device;
        this.drops = drops;
        device.setReceiver(this);
    }

    /**
     * Adds a VLAN. Frames of one that is not there yet are dropped.
     *
     * @param identifier 1 to 4094, or 0 for what has no tag
     */
    public Port port(int identifier) {
        if (identifier < 0 || identifier > VlanTag.MAXIMUM || find(identifier) != null) {
            throw new IllegalArgumentException(
                    "A VLAN's number is a new one from 0 to 4094, not " + identifier);
        }
        Port port = new Port(identifier);
        Port[] more = Arrays.copyOf(ports, ports.length + 1);
        more[ports.length] = port;
        ports = more;
        return port;
    }

    private Port find(int identifier) {
        for (Port port : ports) {
            if (port.identifier == identifier) {
                return port;
            }
        }
        return null;
    }

    @Override
    public void receive(PacketBuffer frame, long now) {
        int identifier = 0;
        var bytes = frame.bytes();
        int at = frame.start();
        if (EthernetFrame.check(frame.length())
                && EthernetFrame.type(bytes, at) == EthernetFrame.TYPE_VLAN) {
            int tag = at + EthernetFrame.HEADER_BYTES;
            if (!VlanTag.check(frame.end() - tag)) {
                drops.drop(frame, DropReason.FRAME_TRUNCATED);
                return;
            }
            identifier = VlanTag.identifier(bytes, tag);
            // The type behind the tag stays where it is; the addresses move up to it.
            bytes.put(at + VlanTag.BYTES, bytes, at, TYPE_OFFSET);
            frame.pull(VlanTag.BYTES);
        }
        Port port = find(identifier);
        FrameReceiver receiver = port == null ? null : port.receiver;
        if (receiver == null) {
            drops.drop(frame, DropReason.VLAN_NOT_OURS);
        } else {
            receiver.receive(frame, now);
        }
    }

    @Override
    public void linkChanged(long now) {
        for (Port port : ports) {
            FrameReceiver receiver = port.receiver;
            if (receiver != null) {
                receiver.linkChanged(now);
            }
        }
    }

    /** One of the Ethernets. */
    public final class Port implements FrameDevice {
        private final int identifier;
        private volatile FrameReceiver receiver;

        private Port(int identifier) {
            this.identifier = identifier;
        }

        @Override
        public long macAddress() {
            return device.macAddress();
        }

        @Override
        public int mtu() {
            return device.mtu();
        }

        /**
         * What is about headers is not done for frames with a tag, behind which devices and
         * backends do not look for them.
         */
        @Override
        public int features() {
            int all = device.features();
            return identifier == 0 ? all : all & DeviceFeatures.GATHER;
        }

        @Override
        public int segmentationLimit() {
            return device.segmentationLimit();
        }

        @Override
        public boolean isUp() {
            return device.isUp();
        }

        /** That of all VLANs. */
        @Override
        public long traffic(Traffic what) {
            return device.traffic(what);
        }

        @Override
        public void setReceiver(FrameReceiver frameReceiver) {
            receiver = frameReceiver;
        }

        @Override
        public boolean transmit(PacketBuffer frame) {
            if (identifier == 0) {
                return device.transmit(frame);
            }
            var bytes = frame.bytes();
            int at = frame.push(VlanTag.BYTES);
            bytes.put(at, bytes, at + VlanTag.BYTES, TYPE_OFFSET);
            bytes.putShort(at + TYPE_OFFSET, (short) EthernetFrame.TYPE_VLAN);
            bytes.putShort(at + EthernetFrame.HEADER_BYTES, (short) identifier);
            return device.transmit(frame);
        }
    }
}
