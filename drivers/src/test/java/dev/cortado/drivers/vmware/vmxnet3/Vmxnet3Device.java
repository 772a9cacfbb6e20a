package dev.cortado.drivers.vmware.vmxnet3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.card.CardModel;
import dev.cortado.drivers.network.card.NetworkCard;
import dev.cortado.drivers.network.card.Segmenter;
import dev.cortado.drivers.register.Registers;
import dev.cortado.drivers.register.WordRegisters;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A vmxnet3, written from vmxnet3_defs.h and upt1_defs.h. */
final class Vmxnet3Device extends CardModel {
    private final int messages;
    private final boolean isAutoMask;
    private boolean isPulled;
    private boolean isActive;
    private boolean linkUp = true;
    private int answer;
    private int low;
    private long shared;

    private final InterruptModel interrupts;
    private final FilterModel filter = new FilterModel();
    private final GenerationRing transmit = new GenerationRing();
    private final GenerationRing sent = new GenerationRing();
    private final GenerationRing buffers = new GenerationRing();
    private final GenerationRing received = new GenerationRing();
    private int transmitProducer;
    private int receiveProducer;

    Vmxnet3Device(HostMemory memory, long deviceOffset, int messages, boolean isAutoMask) {
        super(memory, deviceOffset);
        this.messages = messages;
        this.isAutoMask = isAutoMask;
        interrupts = new InterruptModel(isAutoMask);
    }

    @Override
    public NetworkCard card(DeviceFrames frames) throws IOException {
        return new Vmxnet3Card(
                "vmxnet3",
                new Face(this::readPassThrough, this::writePassThrough),
                new Face(this::readWhole, this::writeWhole),
                messages,
                memory,
                frames);
    }

    private interface Reader {
        int read(int register);
    }

    private interface Writer {
        void write(int register, int value);
    }

    private record Face(Reader reader, Writer writer) implements WordRegisters {
        @Override
        public long bytes() {
            return 4096;
        }

        @Override
        public int read32(long offset) {
            return reader.read((int) Registers.check(this, offset, 4));
        }

        @Override
        public void write32(long offset, int value) {
            writer.write((int) Registers.check(this, offset, 4), value);
        }
    }

    private int readPassThrough(int register) {
        throw new AssertionError("nothing is read there");
    }

    private synchronized void writePassThrough(int register, int value) {
        if (isPulled) {
            return;
        }
        switch (register) {
            case 0x000, 0x008 -> {
                interrupts.setMask(register / 8, value);
                fire();
            }
            case 0x600 -> transmitProducer = value;
            case 0x800 -> receiveProducer = value;
            case 0xa00 -> assertEquals(0, value);
            default -> throw new AssertionError("register " + Integer.toHexString(register));
        }
    }

    private synchronized int readWhole(int register) {
        if (isPulled) {
            return -1;
        }
        return switch (register) {
            case 0x00, 0x08 -> 3;
            case 0x20 -> answer;
            case 0x38 -> interrupts.take();
            default -> throw new AssertionError("register " + Integer.toHexString(register));
        };
    }

    private synchronized void writeWhole(int register, int value) {
        if (isPulled) {
            return;
        }
        switch (register) {
            case 0x00, 0x08 -> assertEquals(1, value);
            case 0x10 -> low = value;
            case 0x18 -> shared = Integer.toUnsignedLong(low) | (long) value << 32;
            case 0x20 -> command(value);
            case 0x28 -> low = value;
            case 0x30 ->
                    filter.address =
                            Long.reverseBytes(
                                            Integer.toUnsignedLong(low)
                                                    | (long) (value & 0xffff) << 32)
                                    >>> 16;
            case 0x40 -> putInt(shared + 696, getInt(shared + 696) & ~value);
            default -> throw new AssertionError("register " + Integer.toHexString(register));
        }
    }

    private int getInt(long at) {
        return memory.readIntAcquire(here(at));
    }

    private void putInt(long at, int value) {
        memory.writeIntRelease(here(at), value);
    }

    private long getLong(long at) {
        return memory.readLong(here(at));
    }

    private int getByte(long at) {
        return memory.readByte(here(at)) & 0xff;
    }

    private void command(int command) {
        switch (command) {
            case 0xcafe0000 -> answer = activate();
            case 0xcafe0001, 0xcafe0002 -> {
                isActive = false;
                interrupts.reset();
                filter.address = 0x525400123456L;
            }
            case 0xcafe0003 -> filter.mode = getInt(shared + 120);
            case 0xcafe0004 -> {
                int bytes = memory.readShortAcquire(here(shared + 124));
                assertEquals(0, bytes % 6);
                filter.groups = read(getLong(shared + 128), bytes);
            }
            case 0xf00d0000 -> answer = 0;
            case 0xf00d0002 -> answer = linkUp ? 1 | 10_000 << 16 : 0;
            case 0xf00d0003 -> answer = 0x12005452;
            case 0xf00d0004 -> answer = 0x5634;
            case 0xf00d0008 -> answer = isAutoMask ? 0 : 1 << 2;
            default -> throw new AssertionError("command " + Integer.toHexString(command));
        }
    }

    /** Vmxnet3_DriverShared and the descriptions of queues. */
    private int activate() {
        assertEquals(0xbabefee1, getInt(shared));
        assertEquals(1, getInt(shared + 16), "vmxnet3RevSpt");
        assertEquals(1, getInt(shared + 20), "uptVerSpt");
        assertEquals(1, getLong(shared + 24), "uptFeatures: RXCSUM");
        assertEquals(512, getInt(shared + 52), "queueDescLen");
        assertEquals(1500, getInt(shared + 56), "mtu");
        assertEquals(0x01010001, getInt(shared + 60), "maxNumRxSG, queues");
        assertEquals(isAutoMask ? 1 : 0, getByte(shared + 80), "autoMask");
        int number = getByte(shared + 81);
        assertEquals(messages > 1 ? 2 : 1, number, "numIntrs");
        assertEquals(1, getInt(shared + 108), "intrCtrl");
        for (int word = 0; word < 128; word++) {
            assertEquals(-1, getInt(shared + 136 + 4 * word), "vfTable");
        }
        assertEquals(0, getLong(shared + 648), "what is behind it");
        long queues = getLong(shared + 40);
        assertEquals(0, queues % 128);
        transmit.reset(getLong(queues + 16), getInt(queues + 56));
        sent.reset(getLong(queues + 32), getInt(queues + 64));
        assertEquals(number - 1, getByte(queues + 72), "intrIdx");
        long ofReceive = queues + 256;
        buffers.reset(getLong(ofReceive + 16), getInt(ofReceive + 56));
        received.reset(getLong(ofReceive + 32), getInt(ofReceive + 64));
        assertEquals(0, getByte(ofReceive + 72), "intrIdx");
        assertEquals(buffers.size + getInt(ofReceive + 60), received.size);
        for (GenerationRing ring : List.of(transmit, sent, buffers, received)) {
            assertTrue(ring.size % 32 == 0 && ring.size > 0 && ring.base % 512 == 0);
        }
        memory.writeByte(here(ofReceive), (byte) 1);
        transmitProducer = 0;
        isActive = true;
        return 0;
    }

    private void raise(int interrupt) {
        interrupts.raise(interrupt);
        fire();
    }

    private void fire() {
        if (isActive && (getInt(shared + 108) & 1) == 0) {
            interrupts.fire();
        }
    }

    @Override
    public synchronized boolean isInterrupting() {
        return interrupts.hasCome();
    }

    @Override
    public synchronized void interruptTaken() {
        if (messages > 0) {
            interrupts.take();
        }
    }

    @Override
    public boolean isStopped() {
        return !isActive;
    }

    @Override
    public void setLink(boolean up) {
        linkUp = up;
        if (isActive) {
            putInt(shared + 696, getInt(shared + 696) | 1 << 2);
            raise(0);
        }
    }

    /** Both queues have an error. */
    void stopQueues(int error) {
        long queues = getLong(shared + 40);
        putInt(queues + 84, error);
        putInt(queues + 256 + 84, error);
        putInt(shared + 696, 3);
        raise(0);
    }

    @Override
    public void pull() {
        isPulled = true;
        isActive = false;
    }

    @Override
    public synchronized List<byte[]> send(int most) {
        List<byte[]> wire = new ArrayList<>();
        int count = 0;
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        int first = 0;
        int firstOptions = 0;
        while (isActive && count < most && transmit.at != transmitProducer) {
            int bits = getInt(transmit.place() + 8);
            int options = getInt(transmit.place() + 12);
            assertEquals(transmit.generation, bits >>> 14 & 1, "gen");
            if (packet.size() == 0) {
                first = bits;
                firstOptions = options;
            }
            packet.writeBytes(read(getLong(transmit.place()), bits & 0x3fff));
            int index = transmit.at;
            transmit.advance();
            if ((options & 1 << 12) != 0) {
                assertTrue((options & 1 << 13) != 0, "cq");
                wire.addAll(finish(packet.toByteArray(), first >>> 18, firstOptions));
                packet.reset();
                count++;
                complete(index);
            }
        }
        assertEquals(0, packet.size(), "a packet without an end");
        return wire;
    }

    /** Says that the packet was sent whose last descriptor that is. */
    void complete(int index) {
        putInt(sent.place(), index);
        putInt(sent.place() + 12, sent.generation << 31);
        sent.advance();
        raise(messages > 1 ? 1 : 0);
    }

    private static List<byte[]> finish(byte[] packet, int most, int options) {
        int header = options & 0x3ff;
        int mode = options >>> 10 & 3;
        if (mode == 2) {
            Segmenter.sum(packet, header, most);
        }
        if (mode != 3) {
            return List.of(packet);
        }
        boolean isVersion4 = ByteBuffer.wrap(packet).getShort(12) == 0x0800;
        int transport = isVersion4 ? 34 : 54;
        return new Segmenter(14, transport, transport + 16, isVersion4).cut(packet, header, most);
    }

    @Override
    public synchronized boolean deliver(byte[] packet) {
        return deliver(packet, 3 << 14, 3 << 24 | 1 << 23, true);
    }

    /**
     * @param first bits of its completion's first word
     * @param last of its last word
     * @param honest whether it uses the buffer that is the next one
     */
    boolean deliver(byte[] packet, int first, int last, boolean honest) {
        int bits = isActive ? getInt(buffers.place() + 8) : 0;
        if (!isActive || bits >>> 31 != buffers.generation || buffers.at == receiveProducer) {
            return false;
        }
        assertTrue((bits & 0x3fff) >= packet.length && (bits & 1 << 14) == 0, "a head");
        if (honest) {
            write(getLong(buffers.place()), packet);
            complete(first | buffers.at, packet.length, last);
        }
        buffers.advance();
        return true;
    }

    private void complete(int first, int length, int last) {
        putInt(received.place(), first);
        putInt(received.place() + 8, length);
        putInt(received.place() + 12, last & ~(1 << 31) | received.generation << 31);
        received.advance();
        raise(0);
    }

    @Override
    public boolean accepts(long to) {
        return filter.accepts(to);
    }

    @Override
    public void scribble(Random random) {
        if (!isActive) {
            return;
        }
        switch (random.nextInt(6)) {
            case 0, 1, 2 -> {
                boolean near = random.nextInt(8) > 0;
                int index = near ? buffers.at : random.nextInt(4096);
                if (near && getInt(buffers.place() + 8) >>> 31 == buffers.generation) {
                    buffers.advance();
                }
                int first = index | (random.nextInt(5) == 0 ? random.nextInt() : 3 << 14);
                complete(first, random.nextInt(), random.nextInt());
            }
            case 3 -> {
                if (random.nextInt(10) == 0) {
                    complete(random.nextInt(256));
                }
            }
            case 4 -> putInt(shared + 696, random.nextInt(20) == 0 ? random.nextInt() : 4);
            default -> linkUp = random.nextBoolean();
        }
    }
}
