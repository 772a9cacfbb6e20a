package dev.cortado.drivers.tulip;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.card.CardTransmitRing;
import dev.cortado.drivers.network.card.ReceiveFilter;
import dev.cortado.drivers.register.Registers;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;

/**
 * Descriptors of what is to be sent, one a part (HRM, 4.2.2). Setup frames go the same way, one at
 * a time.
 */
final class TulipTransmitRing extends CardTransmitRing {
    static final int SIZE = 128;

    private static final int MOST_PARTS = 16;

    /** A size has 11 bits. */
    private static final int MOST_PART_BYTES = (1 << 11) - 1;

    private static final int SETUP_PACKET = 1 << 27;
    private static final int FIRST_SEGMENT = 1 << 29;
    private static final int LAST_SEGMENT = 1 << 30;
    private static final int INTERRUPT_ON_COMPLETION = 1 << 31;

    /** How often a setup frame that is next is looked at: a controller takes microseconds. */
    private static final int MOST_LOOKS = 1000;

    /** The slot of a setup frame. */
    private static final int SETUP = -2;

    private final Registers registers;
    private final TulipDescriptors descriptors;
    private final SetupFrame setup;

    /** What interrupts beside what was sent. */
    private final int causes;

    /** By a packet's first descriptor: its last one. By the last one: its slot. */
    private final int[] lasts = new int[SIZE];

    private final int[] slots = new int[SIZE];
    private int next;
    private int oldest;
    private int outstanding;
    private boolean isPublished = true;
    private boolean isStarted;

    /** A setup frame is on its way, and what is to be said after it; null if nothing is. */
    private boolean isSettingUp;

    private ReceiveFilter wanted;

    TulipTransmitRing(Registers registers, RingMemory memory, DeviceFrames frames, int causes)
            throws IOException {
        super(SIZE, MOST_PARTS, MOST_PART_BYTES, TulipDescriptors.ADDRESS_LIMIT);
        this.registers = registers;
        this.causes = causes;
        descriptors = new TulipDescriptors(memory, frames, SIZE);
        setup =
                new SetupFrame(
                        memory, frames.allocate(SetupFrame.BYTES, TulipDescriptors.ADDRESS_LIMIT));
        registers.write32(TulipRegisters.CSR4, descriptors.deviceAddress());
    }

    private int used() {
        return next - oldest & SIZE - 1;
    }

    /** One is left for a setup frame; a full ring would look like an empty one. */
    @Override
    public boolean hasRoom(NetworkBuffer packet, int parts) {
        return parts <= SIZE - 2 - used();
    }

    /** The first descriptor is the controller's last of all: then it has the others as well. */
    @Override
    public void add(NetworkBuffer packet, int slot) {
        int first = next;
        int last = first;
        for (NetworkBuffer part = packet; part != null; part = part.next()) {
            last = next;
            int control = part.length();
            control |= part == packet ? FIRST_SEGMENT : 0;
            control |= part.next() == null ? LAST_SEGMENT | INTERRUPT_ON_COMPLETION : 0;
            descriptors.set(next, control, part.deviceAddress());
            if (part != packet) {
                descriptors.give(next);
            }
            next = next + 1 & SIZE - 1;
        }
        lasts[first] = last;
        slots[last] = slot;
        outstanding++;
        descriptors.give(first);
        isPublished = false;
    }

    /**
     * Sends a setup frame, now or after the one that is on its way: behind packets that is for
     * whoever takes these back, otherwise it is waited for.
     */
    void setUp(ReceiveFilter filter) {
        wanted = filter;
        for (int i = 0; i < MOST_LOOKS && isSetupNext(); i++) {
            if (isDone()) {
                oldest = oldest + 1 & SIZE - 1;
                isSettingUp = false;
            } else {
                registers.read32(TulipRegisters.CSR5); // which takes a moment
            }
        }
        if (!isSettingUp) {
            addSetup();
            publish();
        }
    }

    private boolean isSetupNext() {
        return used() > 0 && slots[lasts[oldest]] == SETUP;
    }

    private void addSetup() {
        setup.set(wanted);
        wanted = null;
        isSettingUp = true;
        descriptors.set(next, SETUP_PACKET | SetupFrame.BYTES, setup.deviceAddress());
        lasts[next] = next;
        slots[next] = SETUP;
        descriptors.give(next);
        next = next + 1 & SIZE - 1;
        isPublished = false;
    }

    /** The controller looks at the ring from now on. */
    void start() {
        isStarted = true;
        publish();
    }

    @Override
    public void publish() {
        if (isStarted && !isPublished) {
            isPublished = true;
            registers.write32(TulipRegisters.CSR1, 1);
        }
    }

    private boolean isDone() {
        return used() > 0 && (descriptors.status(lasts[oldest]) & TulipDescriptors.OWN) == 0;
    }

    @Override
    public int take() {
        while (isDone()) {
            int last = lasts[oldest];
            oldest = last + 1 & SIZE - 1;
            if (slots[last] != SETUP) {
                outstanding--;
                return slots[last];
            }
            isSettingUp = false;
            if (wanted != null) {
                addSetup();
                publish();
            }
        }
        return NONE;
    }

    @Override
    public int outstanding() {
        return outstanding;
    }

    @Override
    public boolean enableInterrupts() {
        registers.write32(TulipRegisters.CSR7, causes | TulipRegisters.TI);
        registers.read32(TulipRegisters.CSR7);
        return !isDone();
    }

    @Override
    public void disableInterrupts() {
        if (isStarted) {
            registers.write32(TulipRegisters.CSR7, causes);
        }
    }
}
