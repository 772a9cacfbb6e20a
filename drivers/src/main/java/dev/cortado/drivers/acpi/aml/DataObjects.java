package dev.cortado.drivers.acpi.aml;

import java.util.Arrays;

/** Reads constants, strings, buffers and packages (ACPI 6.5, 20.2.3 and 20.2.5.4). */
final class DataObjects {
    /** Of the interpreter (19.6.122, Revision): 2 and more have integers of 64 bits. */
    private static final int INTERPRETER_REVISION = 2;

    private final Execution execution;
    private final Expressions expressions;

    DataObjects(Execution execution, Expressions expressions) {
        this.execution = execution;
        this.expressions = expressions;
    }

    AmlObject read(int opcode, Frame frame) throws AmlException {
        AmlCursor cursor = frame.cursor();
        return switch (opcode) {
            case Opcode.ZERO -> execution.integer(0);
            case Opcode.ONE -> execution.integer(1);
            case Opcode.ONES -> execution.integer(-1);
            case Opcode.REVISION -> execution.integer(INTERPRETER_REVISION);
            case Opcode.BYTE_PREFIX -> execution.integer(cursor.number(Byte.BYTES));
            case Opcode.WORD_PREFIX -> execution.integer(cursor.number(Short.BYTES));
            case Opcode.DWORD_PREFIX -> execution.integer(cursor.number(Integer.BYTES));
            case Opcode.QWORD_PREFIX -> execution.integer(cursor.number(Long.BYTES));
            case Opcode.STRING_PREFIX -> string(cursor);
            case Opcode.BUFFER -> buffer(frame);
            default -> elements(frame, opcode == Opcode.VAR_PACKAGE);
        };
    }

    private AmlString string(AmlCursor cursor) throws AmlException {
        int length = cursor.lengthOfText();
        byte[] bytes = cursor.bytes(execution.allocate(length));
        cursor.next();
        return new AmlString(bytes);
    }

    /** As long as it says, or as what it is initialised with if that is longer. */
    private AmlBuffer buffer(Frame frame) throws AmlException {
        AmlCursor cursor = frame.cursor();
        int end = cursor.packageEnd();
        int outer = cursor.end();
        cursor.setEnd(end);
        try {
            long size = expressions.number(frame);
            int given = end - cursor.position();
            int length = execution.allocate(size < 0 ? size : Math.max(size, given));
            return new AmlBuffer(Arrays.copyOf(cursor.bytes(given), length));
        } finally {
            cursor.setEnd(outer);
        }
    }

    /** Elements that it has no values for are not there. */
    private AmlPackage elements(Frame frame, boolean isVariable) throws AmlException {
        AmlCursor cursor = frame.cursor();
        int end = cursor.packageEnd();
        int outer = cursor.end();
        cursor.setEnd(end);
        try {
            long count = isVariable ? expressions.number(frame) : cursor.next();
            if (count < 0 || count > Integer.MAX_VALUE) {
                throw new AmlException("A package of " + Long.toUnsignedString(count));
            }
            AmlObject[] elements = execution.conversions().newElements((int) count);
            for (int i = 0; i < elements.length && !cursor.isAtEnd(); i++) {
                execution.budget().step();
                elements[i] = element(frame);
            }
            cursor.moveTo(end);
            return new AmlPackage(elements);
        } finally {
            cursor.setEnd(outer);
        }
    }

    /** A name is looked up now if it is there already, or else when its value is wanted. */
    private AmlObject element(Frame frame) throws AmlException {
        AmlCursor cursor = frame.cursor();
        if (!NamePath.startsWith(cursor.peek())) {
            return expressions.value(frame);
        }
        NamePath path = NamePath.read(cursor);
        execution.allocate((long) path.segments().length * NameSegment.BYTES);
        Budget budget = execution.budget();
        NamespaceNode node = execution.namespace().find(frame.scope(), path, budget);
        return node == null
                ? new AmlReference(new Place.Name(path, frame.scope()))
                : execution.named(node);
    }
}
