package dev.cortado.drivers.acpi.aml;

/** Reads SuperName and Target (ACPI 6.5, 20.2.2 and 20.2.5). */
final class Places {
    private static final int NULL_TARGET = 0;

    private final Expressions expressions;

    Places(Expressions expressions) {
        this.expressions = expressions;
    }

    Place target(Frame frame) throws AmlException {
        if (frame.cursor().peek() == NULL_TARGET) {
            frame.cursor().next();
            return Place.NONE;
        }
        return superName(frame);
    }

    Place superName(Frame frame) throws AmlException {
        AmlCursor cursor = frame.cursor();
        if (NamePath.startsWith(cursor.peek())) {
            return new Place.Node(expressions.find(frame));
        }
        int start = cursor.position();
        int opcode = cursor.opcode();
        switch (opcode) {
            case Opcode.INDEX, Opcode.DEREF_OF, Opcode.REF_OF -> {
                // What DerefOf is of, or what the other two return.
                if (opcode != Opcode.DEREF_OF) {
                    cursor.moveTo(start);
                }
                AmlObject value = expressions.value(frame);
                if (value instanceof AmlReference reference) {
                    return reference.place();
                }
                throw Conversions.unexpected("A reference", value);
            }
            default -> {
                return simple(opcode, frame);
            }
        }
    }

    /** A local, an argument or the debugger. */
    Place simple(int opcode, Frame frame) throws AmlException {
        if (opcode >= Opcode.LOCAL0 && opcode <= Opcode.LOCAL7) {
            return frame.local(opcode - Opcode.LOCAL0);
        }
        if (opcode >= Opcode.ARG0 && opcode <= Opcode.ARG6) {
            return frame.argument(opcode - Opcode.ARG0);
        }
        if (opcode == Opcode.DEBUG) {
            return Place.DEBUG;
        }
        throw new AmlException("Opcode 0x" + Integer.toHexString(opcode) + " is not known here");
    }
}
