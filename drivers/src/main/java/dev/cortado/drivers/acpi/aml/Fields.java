package dev.cortado.drivers.acpi.aml;

/** Reads and writes fields of regions in units of their access width (ACPI 6.5, 5.5.2.4.1). */
final class Fields {
    private final Execution execution;
    private final Regions regions;

    Fields(Execution execution, RegionAccess access) {
        this.execution = execution;
        regions = new Regions(execution, access);
    }

    /** An integer if it fits into one, or else a buffer. */
    AmlObject read(FieldUnit field) throws AmlException {
        FieldUnit.Layout layout = field.layout();
        byte[] value = new byte[execution.allocate(Bits.bytesFor(layout.bits()))];
        start(field);
        try {
            int width = layout.accessBytes() * Byte.SIZE;
            long end = layout.first() + layout.bits();
            for (long unit = layout.first() / width * width; unit < end; unit += width) {
                long from = Math.max(unit, layout.first());
                long to = Math.min(unit + width, end);
                byte[] bytes = toBytes(readUnit(field, unit / Byte.SIZE));
                Bits.copy(bytes, from - unit, value, from - layout.first(), to - from);
            }
        } finally {
            end(layout);
        }
        return execution.valueOf(value, layout.bits());
    }

    /**
     * @param value lowest byte first; zeros follow it
     */
    void write(FieldUnit field, byte[] value) throws AmlException {
        FieldUnit.Layout layout = field.layout();
        start(field);
        try {
            int width = layout.accessBytes() * Byte.SIZE;
            long end = layout.first() + layout.bits();
            for (long unit = layout.first() / width * width; unit < end; unit += width) {
                long from = Math.max(unit, layout.first());
                long to = Math.min(unit + width, end);
                byte[] bytes = surroundings(field, unit / Byte.SIZE, to - from == width);
                Bits.clear(bytes, from - unit, to - from);
                long start = from - layout.first();
                long given = (long) value.length * Byte.SIZE - start;
                Bits.copy(value, start, bytes, from - unit, Math.clamp(given, 0, to - from));
                writeUnit(field, unit / Byte.SIZE, fromBytes(bytes, layout.accessBytes()));
            }
        } finally {
            end(layout);
        }
    }

    /** What is written around the field's own bits in one unit. */
    private byte[] surroundings(FieldUnit field, long offset, boolean isWhole) throws AmlException {
        return toBytes(
                isWhole
                        ? 0
                        : switch (field.layout().update()) {
                            case PRESERVE -> readUnit(field, offset);
                            case WRITE_AS_ONES -> -1;
                            case WRITE_AS_ZEROS -> 0;
                        });
    }

    /** Fields may have registers that are such fields themselves: each is a level of depth. */
    private void start(FieldUnit field) throws AmlException {
        FieldUnit.Layout layout = field.layout();
        if (layout.isSerial()) {
            throw new AmlException("A field on a serial bus is refused");
        }
        execution.budget().enter();
        if (layout.isLocked()) {
            execution.host().acquireGlobalLock();
        }
        try {
            if (field instanceof FieldUnit.Bank bank) {
                write(bank.register(), toBytes(bank.value()));
            }
        } catch (AmlException e) {
            end(layout);
            throw e;
        }
    }

    private void end(FieldUnit.Layout layout) {
        if (layout.isLocked()) {
            execution.host().releaseGlobalLock();
        }
        execution.budget().leave();
    }

    private long readUnit(FieldUnit field, long offset) throws AmlException {
        execution.budget().step();
        int bytes = field.layout().accessBytes();
        return switch (field) {
            case FieldUnit.Region unit -> regions.read(unit.region(), offset, bytes);
            case FieldUnit.Bank unit -> regions.read(unit.region(), offset, bytes);
            case FieldUnit.Index unit -> {
                write(unit.index(), toBytes(offset));
                yield execution.conversions().number(read(unit.data()));
            }
        };
    }

    private void writeUnit(FieldUnit field, long offset, long value) throws AmlException {
        execution.budget().step();
        int bytes = field.layout().accessBytes();
        switch (field) {
            case FieldUnit.Region unit -> regions.write(unit.region(), offset, bytes, value);
            case FieldUnit.Bank unit -> regions.write(unit.region(), offset, bytes, value);
            case FieldUnit.Index unit -> {
                write(unit.index(), toBytes(offset));
                write(unit.data(), toBytes(value));
            }
        }
    }

    private static byte[] toBytes(long value) {
        byte[] bytes = new byte[Long.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (value >>> i * Byte.SIZE);
        }
        return bytes;
    }

    private static long fromBytes(byte[] bytes, int count) {
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << Byte.SIZE | bytes[i] & 0xff;
        }
        return value;
    }
}
