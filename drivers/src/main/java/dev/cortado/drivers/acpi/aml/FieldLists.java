package dev.cortado.drivers.acpi.aml;

/** Reads lists of fields (ACPI 6.5, 20.2.5.2, FieldList). */
final class FieldLists {
    private static final int RESERVED_FIELD = 0x00;
    private static final int ACCESS_FIELD = 0x01;
    private static final int CONNECT_FIELD = 0x02;
    private static final int EXTENDED_ACCESS_FIELD = 0x03;

    /** FieldFlags. */
    private static final int ACCESS_TYPE_MASK = 0xf;

    private static final int LOCK = 1 << 4;
    private static final int UPDATE_RULE_SHIFT = 5;
    private static final int UPDATE_RULE_MASK = 3;

    /** AccessType: the first three have a width of their own, AnyAcc is taken for ByteAcc. */
    private static final int ANY = 0;

    private static final int QWORD = 4;
    private static final int BUFFER = 5;

    private final Execution execution;
    private final Expressions expressions;

    FieldLists(Execution execution, Expressions expressions) {
        this.execution = execution;
        this.expressions = expressions;
    }

    /** What the layouts of one list make fields of. */
    private interface Kind {
        FieldUnit of(FieldUnit.Layout layout);
    }

    void declare(int opcode, Frame frame) throws AmlException {
        AmlCursor cursor = frame.cursor();
        int end = cursor.packageEnd();
        int outer = cursor.end();
        cursor.setEnd(end);
        try {
            list(frame, kind(opcode, frame));
        } finally {
            cursor.setEnd(outer);
        }
    }

    private Kind kind(int opcode, Frame frame) throws AmlException {
        switch (opcode) {
            case Opcode.INDEX_FIELD -> {
                FieldUnit index = register(frame);
                FieldUnit data = register(frame);
                return layout -> new FieldUnit.Index(index, data, layout);
            }
            case Opcode.BANK_FIELD -> {
                OperationRegion region = region(frame);
                FieldUnit register = register(frame);
                long value = expressions.number(frame);
                return layout -> new FieldUnit.Bank(register, value, region, layout);
            }
            default -> {
                OperationRegion region = region(frame);
                return layout -> new FieldUnit.Region(region, layout);
            }
        }
    }

    private OperationRegion region(Frame frame) throws AmlException {
        NamespaceNode node = expressions.find(frame);
        if (node.object() instanceof OperationRegion region) {
            return region;
        }
        throw new AmlException(node.path() + " is " + node.type() + ", not a region");
    }

    private FieldUnit register(Frame frame) throws AmlException {
        NamespaceNode node = expressions.find(frame);
        if (node.object() instanceof FieldUnit unit) {
            return unit;
        }
        throw new AmlException(node.path() + " is " + node.type() + ", not a field");
    }

    private void list(Frame frame, Kind kind) throws AmlException {
        AmlCursor cursor = frame.cursor();
        int flags = cursor.next();
        int access = flags & ACCESS_TYPE_MASK;
        long bit = 0;
        while (!cursor.isAtEnd()) {
            execution.budget().step();
            switch (cursor.peek()) {
                case RESERVED_FIELD -> {
                    cursor.next();
                    bit += cursor.packageLength();
                }
                case ACCESS_FIELD -> {
                    cursor.next();
                    access = cursor.next() & ACCESS_TYPE_MASK;
                    cursor.next();
                }
                case EXTENDED_ACCESS_FIELD -> {
                    cursor.next();
                    access = cursor.next() & ACCESS_TYPE_MASK;
                    cursor.number(2);
                }
                case CONNECT_FIELD -> {
                    cursor.next();
                    connection(frame);
                }
                default -> {
                    NamePath path = NamePath.read(cursor);
                    int bits = cursor.packageLength();
                    if (!path.isSearched()) {
                        throw new AmlException("A field's name is not " + path);
                    }
                    FieldUnit.Layout layout = layout(flags, access, bit, bits);
                    expressions.add(frame, path, kind.of(layout));
                    bit += bits;
                }
            }
        }
    }

    /** Of a bus that is refused when the field is used. */
    private void connection(Frame frame) throws AmlException {
        if (NamePath.startsWith(frame.cursor().peek())) {
            NamePath.read(frame.cursor());
        } else {
            expressions.value(frame);
        }
    }

    private static FieldUnit.Layout layout(int flags, int access, long bit, int bits)
            throws AmlException {
        if (access > BUFFER) {
            throw new AmlException("A field of access type " + access);
        }
        int rule = flags >> UPDATE_RULE_SHIFT & UPDATE_RULE_MASK;
        if (rule >= FieldUnit.UpdateRule.values().length) {
            throw new AmlException("A field of update rule " + rule);
        }
        return new FieldUnit.Layout(
                bit,
                bits,
                access == ANY || access > QWORD ? 1 : 1 << access - 1,
                (flags & LOCK) != 0,
                FieldUnit.UpdateRule.values()[rule],
                access == BUFFER);
    }
}
