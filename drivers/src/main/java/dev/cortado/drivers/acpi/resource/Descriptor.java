package dev.cortado.drivers.acpi.resource;

import dev.cortado.drivers.acpi.aml.AmlException;

/**
 * The bytes of one descriptor behind its header.
 *
 * @param template all bytes, which have as many as this says
 */
record Descriptor(byte[] template, int start, int length) {
    /** A number of up to 8 bytes, unsigned, lowest byte first. */
    long number(int at, int bytes) throws AmlException {
        if (bytes > length - at) {
            throw new AmlException(
                    "The descriptor at byte " + start + " has only " + length + " bytes");
        }
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << Byte.SIZE | template[start + at + i] & 0xff;
        }
        return value;
    }

    boolean bit(int at, int bit) throws AmlException {
        return (number(at, 1) >> bit & 1) != 0;
    }
}
