package dev.cortado.drivers.acpi.aml;

/** Terms that declare names (ACPI 6.5, 20.2.5.1 and 20.2.5.2). */
final class Declarations {
    private static final int METHOD_ARGUMENTS_MASK = 7;

    /** ProcID, PblkAddr and PblkLen; SystemLevel and ResourceOrder. */
    private static final int PROCESSOR_BYTES = 6;

    private static final int POWER_RESOURCE_BYTES = 3;

    private final Execution execution;
    private final Expressions expressions;
    private final Statements statements;
    private final FieldLists fieldLists;

    Declarations(Execution execution, Expressions expressions, Statements statements) {
        this.execution = execution;
        this.expressions = expressions;
        this.statements = statements;
        fieldLists = new FieldLists(execution, expressions);
    }

    boolean isDeclaration(int opcode) {
        return switch (opcode) {
            case Opcode.ALIAS,
                    Opcode.NAME,
                    Opcode.SCOPE,
                    Opcode.METHOD,
                    Opcode.EXTERNAL,
                    Opcode.CREATE_BIT_FIELD,
                    Opcode.CREATE_BYTE_FIELD,
                    Opcode.CREATE_WORD_FIELD,
                    Opcode.CREATE_DWORD_FIELD,
                    Opcode.CREATE_QWORD_FIELD,
                    Opcode.CREATE_FIELD,
                    Opcode.MUTEX,
                    Opcode.EVENT,
                    Opcode.OP_REGION,
                    Opcode.FIELD,
                    Opcode.INDEX_FIELD,
                    Opcode.BANK_FIELD,
                    Opcode.DEVICE,
                    Opcode.PROCESSOR,
                    Opcode.POWER_RES,
                    Opcode.THERMAL_ZONE ->
                    true;
            default -> false;
        };
    }

    /** Reads the rest of a declaration, whose block may lead elsewhere. */
    Flow declare(int opcode, Frame frame) throws AmlException {
        AmlCursor cursor = frame.cursor();
        switch (opcode) {
            case Opcode.SCOPE -> {
                int end = cursor.packageEnd();
                return statements.scope(frame, expressions.find(frame), end);
            }
            case Opcode.DEVICE -> {
                return block(frame, AmlScope.DEVICE, 0);
            }
            case Opcode.PROCESSOR -> {
                return block(frame, AmlScope.PROCESSOR, PROCESSOR_BYTES);
            }
            case Opcode.POWER_RES -> {
                return block(frame, AmlScope.POWER_RESOURCE, POWER_RESOURCE_BYTES);
            }
            case Opcode.THERMAL_ZONE -> {
                return block(frame, AmlScope.THERMAL_ZONE, 0);
            }
            case Opcode.ALIAS -> {
                NamespaceNode original = expressions.find(frame);
                add(frame, NamePath.read(cursor), original.object()).setOriginal(original);
            }
            case Opcode.NAME -> {
                NamePath path = NamePath.read(cursor);
                AmlObject value = expressions.value(frame);
                add(frame, path, execution.conversions().copy(value));
            }
            case Opcode.METHOD -> method(frame);
            // The name, its type and its number of arguments are for the disassembler.
            case Opcode.EXTERNAL -> {
                NamePath.read(cursor);
                cursor.number(2);
            }
            case Opcode.MUTEX -> {
                NamePath path = NamePath.read(cursor);
                cursor.next();
                add(frame, path, new AmlMutex());
            }
            case Opcode.EVENT -> add(frame, NamePath.read(cursor), new AmlEvent());
            case Opcode.OP_REGION -> region(frame);
            case Opcode.FIELD, Opcode.INDEX_FIELD, Opcode.BANK_FIELD ->
                    fieldLists.declare(opcode, frame);
            default -> bufferField(opcode, frame);
        }
        return Flow.NEXT;
    }

    private NamespaceNode add(Frame frame, NamePath path, AmlObject object) throws AmlException {
        return expressions.add(frame, path, object);
    }

    /**
     * @param bytes how many there are between the name and the block
     */
    private Flow block(Frame frame, AmlScope kind, int bytes) throws AmlException {
        AmlCursor cursor = frame.cursor();
        int end = cursor.packageEnd();
        NamespaceNode node = add(frame, NamePath.read(cursor), kind);
        cursor.number(bytes);
        return statements.scope(frame, node, end);
    }

    private void method(Frame frame) throws AmlException {
        AmlCursor cursor = frame.cursor();
        int end = cursor.packageEnd();
        NamePath path = NamePath.read(cursor);
        int flags = cursor.next();
        int start = cursor.position();
        if (start > end) {
            throw new AmlException("The method " + path + " ends before its body");
        }
        int arguments = flags & METHOD_ARGUMENTS_MASK;
        add(frame, path, new AmlMethod(cursor.block(), start, end, arguments));
        cursor.moveTo(end);
    }

    private void region(Frame frame) throws AmlException {
        NamePath path = NamePath.read(frame.cursor());
        int space = frame.cursor().next();
        long start = expressions.number(frame);
        long length = expressions.number(frame);
        NamespaceNode node = add(frame, path, AmlScope.PREDEFINED);
        node.setObject(new OperationRegion(space, start, length, node));
    }

    /** The first number is of a bit for CreateField and CreateBitField, or else of a byte. */
    private void bufferField(int opcode, Frame frame) throws AmlException {
        AmlObject source = expressions.value(frame);
        if (!(source instanceof AmlBuffer buffer)) {
            throw Conversions.unexpected("A buffer", source);
        }
        long first = expressions.number(frame);
        long bits =
                switch (opcode) {
                    case Opcode.CREATE_FIELD -> expressions.number(frame);
                    case Opcode.CREATE_BIT_FIELD -> 1;
                    case Opcode.CREATE_BYTE_FIELD -> Byte.SIZE;
                    case Opcode.CREATE_WORD_FIELD -> Short.SIZE;
                    case Opcode.CREATE_DWORD_FIELD -> Integer.SIZE;
                    default -> Long.SIZE;
                };
        boolean isField = opcode == Opcode.CREATE_FIELD;
        if (!isField && opcode != Opcode.CREATE_BIT_FIELD) {
            first = buffer.checkIndex(first) * (long) Byte.SIZE;
        }
        NamePath path = NamePath.read(frame.cursor());
        add(frame, path, BufferField.of(buffer, first, bits, isField));
    }
}
