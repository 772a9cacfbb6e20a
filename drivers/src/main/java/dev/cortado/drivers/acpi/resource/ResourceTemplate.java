package dev.cortado.drivers.acpi.resource;

import dev.cortado.drivers.acpi.aml.AmlException;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes resource templates (ACPI 6.5, 6.4). */
public final class ResourceTemplate {
    /** Bit 7 of a tag: a large one, with two bytes of length. */
    private static final int LARGE = 0x80;

    private static final int SMALL_NAME_SHIFT = 3;
    private static final int SMALL_LENGTH_MASK = 7;
    private static final int LARGE_HEADER_BYTES = 3;

    /** Small names (table 6.30). */
    private static final int IRQ = 0x04;

    private static final int IO_PORT = 0x08;
    private static final int FIXED_IO_PORT = 0x09;
    private static final int END_TAG = 0x0f;

    /** Large names with their bit 7 (table 6.40). */
    private static final int MEMORY_24 = 0x81;

    private static final int MEMORY_32 = 0x85;
    private static final int FIXED_MEMORY_32 = 0x86;
    private static final int DWORD_ADDRESS_SPACE = 0x87;
    private static final int WORD_ADDRESS_SPACE = 0x88;
    private static final int EXTENDED_INTERRUPT = 0x89;
    private static final int QWORD_ADDRESS_SPACE = 0x8a;
    private static final int EXTENDED_ADDRESS_SPACE = 0x8b;

    private static final byte[] END = {END_TAG << SMALL_NAME_SHIFT | 1, 0};

    private ResourceTemplate() {}

    /**
     * The descriptors up to the end tag, whose checksum nobody fills in.
     *
     * @throws AmlException if one of them is too short for what it is, or the end is missing
     */
    public static List<Resource> decode(byte[] template) throws AmlException {
        List<Resource> resources = new ArrayList<>();
        int at = 0;
        while (at < template.length) {
            int tag = template[at] & 0xff;
            boolean isLarge = (tag & LARGE) != 0;
            int start = at + (isLarge ? LARGE_HEADER_BYTES : 1);
            if (start > template.length) {
                throw new AmlException("A descriptor is cut off at byte " + at);
            }
            int length =
                    isLarge
                            ? template[at + 1] & 0xff | (template[at + 2] & 0xff) << Byte.SIZE
                            : tag & SMALL_LENGTH_MASK;
            if (length > template.length - start) {
                throw new AmlException(
                        "The descriptor at byte "
                                + at
                                + " has "
                                + length
                                + " bytes, and no more "
                                + (template.length - start)
                                + " are there");
            }
            int name = isLarge ? tag : tag >> SMALL_NAME_SHIFT;
            if (name == END_TAG) {
                return resources;
            }
            resources.add(resource(name, new Descriptor(template, start, length)));
            at = start + length;
        }
        throw new AmlException("A resource template without an end");
    }

    private static Resource resource(int name, Descriptor descriptor) throws AmlException {
        return switch (name) {
            case IRQ -> InterruptDescriptors.small(descriptor);
            case IO_PORT -> {
                int minimum = (int) descriptor.number(1, 2);
                int maximum = (int) descriptor.number(3, 2);
                int alignment = (int) descriptor.number(5, 1);
                yield new PortRange(minimum, maximum, alignment, (int) descriptor.number(6, 1));
            }
            case FIXED_IO_PORT -> {
                int base = (int) descriptor.number(0, 2);
                yield new PortRange(base, base, 1, (int) descriptor.number(2, 1));
            }
            case MEMORY_24 -> {
                // In units of 256 bytes, but for the alignment, where 0 means 64 KiB.
                long alignment = descriptor.number(5, 2);
                yield new MemoryRange(
                        descriptor.number(1, 2) << Byte.SIZE,
                        descriptor.number(3, 2) << Byte.SIZE,
                        alignment == 0 ? 1 << Short.SIZE : alignment,
                        descriptor.number(7, 2) << Byte.SIZE,
                        descriptor.bit(0, 0));
            }
            case MEMORY_32 ->
                    new MemoryRange(
                            descriptor.number(1, 4),
                            descriptor.number(5, 4),
                            descriptor.number(9, 4),
                            descriptor.number(13, 4),
                            descriptor.bit(0, 0));
            case FIXED_MEMORY_32 -> {
                long base = descriptor.number(1, 4);
                boolean isWritable = descriptor.bit(0, 0);
                yield new MemoryRange(base, base, 1, descriptor.number(5, 4), isWritable);
            }
            case WORD_ADDRESS_SPACE -> addressRange(descriptor, 3, 2);
            case DWORD_ADDRESS_SPACE -> addressRange(descriptor, 3, 4);
            case QWORD_ADDRESS_SPACE -> addressRange(descriptor, 3, 8);
            case EXTENDED_ADDRESS_SPACE -> addressRange(descriptor, 5, 8);
            case EXTENDED_INTERRUPT -> InterruptDescriptors.extended(descriptor);
            default -> new OtherResource(name, descriptor.length());
        };
    }

    /**
     * @param at where the first of five numbers is
     * @param size the bytes of each
     */
    private static AddressRange addressRange(Descriptor descriptor, int at, int size)
            throws AmlException {
        int type = (int) descriptor.number(0, 1);
        AddressRange.Kind[] kinds = AddressRange.Kind.values();
        return new AddressRange(
                kinds[Math.min(type, AddressRange.Kind.OTHER.ordinal())],
                descriptor.bit(1, 0),
                descriptor.bit(1, 2),
                descriptor.bit(1, 3),
                (int) descriptor.number(2, 1),
                descriptor.number(at, size),
                descriptor.number(at + size, size),
                descriptor.number(at + 2 * size, size),
                descriptor.number(at + 3 * size, size),
                descriptor.number(at + 4 * size, size));
    }

    /** A template for _SRS that has nothing but interrupts. */
    public static byte[] encode(Interrupts interrupts) throws AmlException {
        byte[] descriptor =
                interrupts.isSmall()
                        ? InterruptDescriptors.encodeSmall(interrupts, IRQ << SMALL_NAME_SHIFT)
                        : InterruptDescriptors.encodeExtended(interrupts, EXTENDED_INTERRUPT);
        byte[] template = new byte[descriptor.length + END.length];
        System.arraycopy(descriptor, 0, template, 0, descriptor.length);
        System.arraycopy(END, 0, template, descriptor.length, END.length);
        return template;
    }
}
