package dev.cortado.drivers.acpi.aml;

/** Bits of a region, or of what registers give access to (ACPI 6.5, 19.6.48). */
sealed interface FieldUnit extends AmlObject {
    Layout layout();

    /**
     * Which bits, and how to get at them.
     *
     * @param first the first bit's number
     * @param bits how many
     * @param accessBytes how many bytes are read and written together: 1, 2, 4 or 8
     * @param isLocked whether the Global Lock is to be held
     * @param update what becomes of bits that are written only because others are
     * @param isSerial whether these are a bus's messages, which nobody can access here
     */
    record Layout(
            long first,
            long bits,
            int accessBytes,
            boolean isLocked,
            UpdateRule update,
            boolean isSerial) {}

    /** 20.2.5.2, FieldFlags. */
    enum UpdateRule {
        PRESERVE,
        WRITE_AS_ONES,
        WRITE_AS_ZEROS
    }

    record Region(OperationRegion region, Layout layout) implements FieldUnit {}

    /** A value is written to a register first (19.6.7). */
    record Bank(FieldUnit register, long value, OperationRegion region, Layout layout)
            implements FieldUnit {}

    /** Offsets are written to one register, then another one is read or written (19.6.64). */
    record Index(FieldUnit index, FieldUnit data, Layout layout) implements FieldUnit {}

    @Override
    default ObjectType type() {
        return ObjectType.FIELD_UNIT;
    }
}
