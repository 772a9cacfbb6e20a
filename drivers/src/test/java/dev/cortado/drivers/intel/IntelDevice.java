package dev.cortado.drivers.intel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.card.CardCase;
import dev.cortado.drivers.network.card.CardModel;
import dev.cortado.drivers.network.card.NetworkCard;
import dev.cortado.drivers.network.card.Segmenter;
import dev.cortado.drivers.register.Registers;
import dev.cortado.drivers.register.WordRegisters;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A card, written from the manuals that {@link dev.cortado.drivers.intel} names. */
final class IntelDevice extends CardModel implements WordRegisters {
    private static final int DESCRIPTOR = 16;

    private final IntelModel model;
    private final boolean isMessages;
    private final int[] registers = new int[0x20000 / 4];
    private boolean linkUp = true;
    private boolean isPulled;
    private boolean messageCame;
    private boolean isScribbled;

    /** The context that was loaded last. */
    private ByteBuffer context;

    IntelDevice(HostMemory memory, long deviceOffset, IntelModel model, boolean isMessages) {
        super(memory, deviceOffset);
        this.model = model;
        this.isMessages = isMessages;
    }

    @Override
    public NetworkCard card(DeviceFrames frames) throws IOException, InterruptedException {
        return new IntelCard("e1000", model, this, isMessages, memory, frames, ms -> {});
    }

    private int get(int register) {
        return registers[register / 4];
    }

    private void set(int register, int value) {
        registers[register / 4] = value;
    }

    private boolean has(int register, int bit) {
        return (get(register) & 1 << bit) != 0;
    }

    @Override
    public long bytes() {
        return 0x20000;
    }

    @Override
    public synchronized int read32(long offset) {
        int register = (int) Registers.check(this, offset, 4);
        if (isPulled) {
            return -1;
        }
        switch (register) {
            case 0x0008 -> {
                int enabled = has(0, 2) ? 0 : 1 << 19;
                return (linkUp ? 2 : 0) | enabled;
            }
            case 0x00c0 -> {
                int causes = get(0xc0);
                messageCame = false;
                if (!isMessages) {
                    set(0xc0, 0);
                }
                return causes;
            }
            default -> {
                return get(register);
            }
        }
    }

    @Override
    public synchronized void write32(long offset, int value) {
        int register = (int) Registers.check(this, offset, 4);
        switch (register) {
            case 0x0000 -> {
                set(0, value & ~(1 << 26));
                if ((value & 1 << 26) != 0) {
                    reset();
                }
            }
            case 0x0014 -> readWord(value);
            case 0x00c0 -> set(0xc0, get(0xc0) & ~value);
            case 0x00d0 -> {
                set(0xd0, get(0xd0) | value);
                raise(0);
            }
            case 0x00d8 -> set(0xd0, get(0xd0) & ~value);
            case 0x2818, 0x3818 -> {
                assertTrue(value >= 0 && value < get(register - 0x10) / DESCRIPTOR, "the tail");
                set(register, value);
            }
            default -> set(register, value);
        }
    }

    private void reset() {
        Arrays.fill(registers, 0);
        set(0x0010, 1 << 8 | 1 << 9);
        // 52:54:00:12:34:56, the first byte the lowest.
        set(0x5400, 0x12005452);
        set(0x5404, 0x80005634);
        set(0x541c, 0x80000001); // left behind
        context = null;
        isScribbled = false;
    }

    private void readWord(int value) {
        boolean express = model == IntelModel.I82574L;
        int address = express ? value >>> 2 & 0x3fff : value >>> 8 & 0xff;
        int[] words = {0x5452, 0x1200, 0x5634};
        set(0x14, words[address] << 16 | (express ? 2 : 0x10));
    }

    /** The addresses of the last reset are not there: only the EEPROM has one. */
    void forgetAddress() {
        set(0x5400, 0);
        set(0x5404, 0);
    }

    private void raise(int causes) {
        set(0xc0, get(0xc0) | causes);
        int due = get(0xc0) & get(0xd0);
        if (isMessages && due != 0) {
            int routes = get(0xe4);
            assertTrue((due & 1 << 20) == 0 || (routes & 0xf) == 8);
            assertTrue((due & 1 << 22) == 0 || (routes >>> 8 & 0xf) == 8);
            messageCame = true;
            set(0xc0, get(0xc0) & ~(get(0xdc) & due));
            set(0xd0, get(0xd0) & ~(get(0xdc) & due));
        }
    }

    @Override
    public synchronized boolean isInterrupting() {
        return isMessages ? messageCame : (get(0xc0) & get(0xd0)) != 0;
    }

    @Override
    public boolean isStopped() {
        return !has(0x100, 1) && !has(0x400, 1) && get(0xd0) == 0;
    }

    @Override
    public void setLink(boolean up) {
        linkUp = up;
        raise(1 << 2 | (isMessages ? 1 << 24 : 0));
    }

    @Override
    public void pull() {
        isPulled = true;
    }

    private long ring(int register) {
        return Integer.toUnsignedLong(get(register)) | (long) get(register + 4) << 32;
    }

    private ByteBuffer descriptor(int register, int index) {
        byte[] bytes = read(ring(register) + (long) index * DESCRIPTOR, DESCRIPTOR);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public synchronized List<byte[]> send(int most) {
        List<byte[]> wire = new ArrayList<>();
        if (!has(0x400, 1)) {
            return wire;
        }
        ByteBuffer data = ByteBuffer.allocate(1 << 16);
        int options = 0;
        int sent = 0;
        while (get(0x3810) != get(0x3818) && sent < most) {
            int index = get(0x3810);
            ByteBuffer descriptor = descriptor(0x3800, index);
            int low = descriptor.getInt(8);
            set(0x3810, (index + 1) % (get(0x3808) / DESCRIPTOR));
            int command = low >>> 24;
            assertTrue((command & 1 << 5) != 0, "DEXT");
            if ((low >>> 20 & 0xf) == 0) {
                context = descriptor;
                continue;
            }
            assertEquals(1, low >>> 20 & 0xf, "DTYP");
            assertEquals(0, descriptor.getShort(14), "special");
            int length = low & 0xfffff;
            assertTrue(length > 0 && length <= 16288);
            options = data.position() == 0 ? descriptor.get(13) : options;
            data.put(read(descriptor.getLong(0), length));
            if ((command & 1) != 0) {
                assertTrue((command & 1 << 3) != 0 && (command & 1 << 1) != 0, "RS and IFCS");
                byte[] packet = Arrays.copyOf(data.array(), data.position());
                wire.addAll((command & 1 << 2) != 0 ? cut(packet) : List.of(sum(packet, options)));
                data.clear();
                memory.writeByte(here(ring(0x3800) + (long) index * DESCRIPTOR + 12), (byte) 1);
                sent++;
            }
        }
        assertEquals(0, data.position(), "a packet without an end");
        if (sent > 0) {
            raise(isMessages ? 1 << 22 : 1);
        }
        return wire;
    }

    private static int octet(ByteBuffer bytes, int at) {
        return bytes.get(at) & 0xff;
    }

    /** SDM, 3.3.5 and 3.3.6: from TUCSS on to the end, where TUCSO is. */
    private byte[] sum(byte[] packet, int options) {
        if ((options & 2) != 0) {
            assertEquals(0, context.getShort(6), "TUCSE");
            Segmenter.sum(packet, octet(context, 4), octet(context, 5));
        }
        return packet;
    }

    /** SDM, 3.5. */
    private List<byte[]> cut(byte[] packet) {
        int command = octet(context, 11);
        int headers = octet(context, 13);
        int most = context.getShort(14) & 0xffff;
        int payload = context.getInt(8) & 0xfffff;
        assertTrue((command & 1 << 2) != 0 && (command & 1) != 0, "TSE and TCP");
        assertEquals(packet.length, headers + payload, "PAYLEN");
        int network = octet(context, 0);
        int transport = octet(context, 4);
        boolean isVersion4 = (command & 2) != 0;
        assertTrue(isVersion4 || model == IntelModel.I82574L);
        if (isVersion4) {
            assertEquals(network + 10, octet(context, 1), "IPCSO");
            assertEquals(transport - 1, context.getShort(2), "IPCSE");
        }
        int length = ByteBuffer.wrap(packet).getShort(network + (isVersion4 ? 2 : 4));
        assertEquals(0, length, "it is the card's");
        return new Segmenter(network, transport, octet(context, 5), isVersion4)
                .cut(packet, headers, most);
    }

    @Override
    public synchronized boolean deliver(byte[] packet) {
        return deliver(packet, 3, 0);
    }

    /**
     * @param status of its last descriptor
     * @param errors as well
     */
    boolean deliver(byte[] packet, int status, int errors) {
        if (!has(0x100, 1) || get(0x2810) == get(0x2818)) {
            return false;
        }
        assertEquals(0, get(0x100) >>> 16 & 3, "BSIZE");
        assertEquals(0, get(0x5008), "RFCTL");
        assertTrue(has(0x100, 26), "SECRC");
        int index = get(0x2810);
        ByteBuffer descriptor = descriptor(0x2800, index);
        if (isScribbled && descriptor.getLong(0) == 0) {
            return false; // it is not where the driver thinks that it is
        }
        write(descriptor.getLong(0), packet);
        putReceived(index, packet.length, status, errors);
        set(0x2810, (index + 1) % (get(0x2808) / DESCRIPTOR));
        raise(isMessages ? 1 << 20 : 1 << 7);
        return true;
    }

    private void putReceived(int index, int length, int status, int errors) {
        long at = here(ring(0x2800) + (long) index * DESCRIPTOR);
        memory.writeLongRelease(
                at + 8, length | (long) (status & 0xff) << 32 | (long) (errors & 0xff) << 40);
    }

    @Override
    public boolean accepts(long address) {
        boolean isGroup = (address >>> 40 & 1) != 0;
        if (!has(0x100, 1) || address == -1L >>> 16) {
            return has(0x100, 1) && has(0x100, 15);
        }
        if (isGroup ? has(0x100, 4) : has(0x100, 3)) {
            return true;
        }
        for (int i = 0; i < 16; i++) {
            long low = Integer.toUnsignedLong(get(0x5400 + 8 * i));
            long high = get(0x5404 + 8 * i);
            long entry = Long.reverseBytes(low | (high & 0xffff) << 32) >>> 16;
            if (high < 0 && entry == address) {
                return true;
            }
        }
        // RCTL.MO 0: bits 47 to 36, counted from the byte that is sent first as the lowest.
        int hash = (int) (Long.reverseBytes(address) >>> 16 >>> 36) & 0xfff;
        return isGroup && has(0x5200 + 4 * (hash >>> 5), hash & 31);
    }

    @Override
    public void scribble(Random random) {
        int size = 256;
        isScribbled = true;
        switch (random.nextInt(6)) {
            case 0, 1, 2 -> {
                int index = (get(0x2810) + (random.nextInt(4) == 0 ? 1 : 0)) % size;
                putReceived(index, random.nextInt(1 << 16), random.nextInt(), random.nextInt());
                set(0x2810, (index + random.nextInt(2)) % size);
            }
            case 3 -> {
                long at = ring(0x3800) + (long) random.nextInt(size) * DESCRIPTOR + 12;
                if (ring(0x3800) != 0) {
                    memory.writeByte(here(at), (byte) 1);
                }
            }
            case 4 -> raise(random.nextInt() & ~(random.nextInt(30) == 0 ? 0 : 1 << 31));
            default -> linkUp = random.nextBoolean();
        }
    }

    static CardCase.Maker maker(IntelModel model, boolean isMessages) {
        return (memory, offset) -> new IntelDevice(memory, offset, model, isMessages);
    }
}
