package dev.cortado.drivers.acpi.resource;

import dev.cortado.drivers.acpi.aml.AmlException;
import java.util.ArrayList;
import java.util.List;

/** IRQ and extended interrupt descriptors (ACPI 6.5, 6.4.2.1 and 6.4.3.6). */
final class InterruptDescriptors {
    /** Of an IRQ descriptor: a mask of 16 interrupts, and flags that may be missing. */
    private static final int SMALL_FLAGS = 2;

    private static final int SMALL_EDGE_BIT = 0;
    private static final int SMALL_LOW_BIT = 3;
    private static final int SMALL_SHARED_BIT = 4;

    private static final int CONSUMER_BIT = 0;
    private static final int EDGE_BIT = 1;
    private static final int LOW_BIT = 2;
    private static final int SHARED_BIT = 3;
    private static final int COUNT = 1;
    private static final int NUMBERS = 2;

    private InterruptDescriptors() {}

    /** Without flags, it is edge triggered, active high and not shared. */
    static Interrupts small(Descriptor descriptor) throws AmlException {
        int mask = (int) descriptor.number(0, Short.BYTES);
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < Short.SIZE; i++) {
            if ((mask >> i & 1) != 0) {
                numbers.add(i);
            }
        }
        if (descriptor.length() <= SMALL_FLAGS) {
            return new Interrupts(numbers, false, false, false, true);
        }
        return new Interrupts(
                numbers,
                !descriptor.bit(SMALL_FLAGS, SMALL_EDGE_BIT),
                descriptor.bit(SMALL_FLAGS, SMALL_LOW_BIT),
                descriptor.bit(SMALL_FLAGS, SMALL_SHARED_BIT),
                true);
    }

    static Interrupts extended(Descriptor descriptor) throws AmlException {
        int count = (int) descriptor.number(COUNT, 1);
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add((int) descriptor.number(NUMBERS + i * Integer.BYTES, Integer.BYTES));
        }
        return new Interrupts(
                numbers,
                !descriptor.bit(0, EDGE_BIT),
                descriptor.bit(0, LOW_BIT),
                descriptor.bit(0, SHARED_BIT),
                false);
    }

    static byte[] encodeSmall(Interrupts interrupts, int tag) throws AmlException {
        int mask = 0;
        for (int number : interrupts.numbers()) {
            if (number < 0 || number >= Short.SIZE) {
                throw new AmlException("Interrupt " + number + " is not one of ISA's");
            }
            mask |= 1 << number;
        }
        int flags =
                bit(!interrupts.isLevel(), SMALL_EDGE_BIT)
                        | bit(interrupts.isLow(), SMALL_LOW_BIT)
                        | bit(interrupts.isShared(), SMALL_SHARED_BIT);
        return new byte[] {
            (byte) (tag | SMALL_FLAGS + 1), (byte) mask, (byte) (mask >> Byte.SIZE), (byte) flags
        };
    }

    static byte[] encodeExtended(Interrupts interrupts, int tag) throws AmlException {
        int count = interrupts.numbers().size();
        if (count > 0xff) {
            throw new AmlException(count + " interrupts in one descriptor");
        }
        int length = NUMBERS + count * Integer.BYTES;
        byte[] descriptor = new byte[1 + Short.BYTES + length];
        descriptor[0] = (byte) tag;
        descriptor[1] = (byte) length;
        descriptor[2] = (byte) (length >> Byte.SIZE);
        descriptor[3] =
                (byte)
                        (bit(true, CONSUMER_BIT)
                                | bit(!interrupts.isLevel(), EDGE_BIT)
                                | bit(interrupts.isLow(), LOW_BIT)
                                | bit(interrupts.isShared(), SHARED_BIT));
        descriptor[4] = (byte) count;
        for (int i = 0; i < count * Integer.BYTES; i++) {
            int number = interrupts.numbers().get(i / Integer.BYTES);
            descriptor[5 + i] = (byte) (number >>> i % Integer.BYTES * Byte.SIZE);
        }
        return descriptor;
    }

    private static int bit(boolean value, int bit) {
        return value ? 1 << bit : 0;
    }
}
