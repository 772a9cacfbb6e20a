package dev.cortado.drivers.acpi.resource;

/**
 * A word, double word, quad word or extended address space descriptor (ACPI 6.5, 6.4.3.5): what a
 * bridge passes on, or a device uses.
 *
 * @param kind of what
 * @param isConsumer whether the device uses it itself, and does not pass it on
 * @param isMinimumFixed whether it begins at {@code minimum}
 * @param isMaximumFixed whether it ends at {@code maximum}
 * @param flags of the kind (6.4.3.5.5)
 * @param granularity a mask of the address bits that are decoded
 * @param minimum the first address, on the bridge's secondary side
 * @param maximum the last one, itself included
 * @param translation what is added to get an address on the primary side
 * @param length unsigned, 0 if there is none
 */
public record AddressRange(
        Kind kind,
        boolean isConsumer,
        boolean isMinimumFixed,
        boolean isMaximumFixed,
        int flags,
        long granularity,
        long minimum,
        long maximum,
        long translation,
        long length)
        implements Resource {
    /** Resource Type (6.4.3.5.1). */
    public enum Kind {
        MEMORY,
        IO,
        BUS_NUMBERS,

        /** A vendor's, or one of a later version of ACPI. */
        OTHER
    }
}
