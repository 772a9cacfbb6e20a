package dev.cortado.drivers.acpi.aml;

/** Evaluates terms that have a value (ACPI 6.5, 20.2.5, TermArg, and 20.2.5.4). */
final class Expressions {
    private final Execution execution;
    private final DataObjects dataObjects;
    private final Places places;
    private final References references;
    private final Arithmetic arithmetic;
    private final Comparisons comparisons;
    private final TextOperators textOperators;
    private final HostOperators hostOperators;

    Expressions(Execution execution) {
        this.execution = execution;
        dataObjects = new DataObjects(execution, this);
        places = new Places(this);
        references = new References(execution, this, places);
        arithmetic = new Arithmetic(execution, this, places);
        comparisons = new Comparisons(execution, this);
        textOperators = new TextOperators(execution, this);
        hostOperators = new HostOperators(execution, this, places);
    }

    /** The value of the next term, which must have one. */
    AmlObject value(Frame frame) throws AmlException {
        AmlObject value = evaluate(frame);
        if (value == null) {
            throw new AmlException("A term without a value where one is wanted");
        }
        return value;
    }

    /** The value of the next term as an integer, of no more bits than integers have. */
    long number(Frame frame) throws AmlException {
        return execution.integer(execution.conversions().number(value(frame))).value();
    }

    /** Runs the next term; null if it has no value. */
    AmlObject evaluate(Frame frame) throws AmlException {
        AmlCursor cursor = frame.cursor();
        int start = cursor.position();
        Budget budget = execution.budget();
        budget.step();
        budget.enter();
        try {
            return NamePath.startsWith(cursor.peek())
                    ? name(frame)
                    : operator(cursor.opcode(), frame);
        } catch (AmlException e) {
            throw e.at(cursor.block(), start);
        } finally {
            budget.leave();
        }
    }

    private AmlObject name(Frame frame) throws AmlException {
        NamespaceNode node = find(frame);
        if (!(node.object() instanceof AmlMethod method)) {
            return new Place.Node(node).read(execution);
        }
        AmlObject[] arguments = new AmlObject[Frame.ARGUMENTS];
        for (int i = 0; i < method.arguments(); i++) {
            arguments[i] = value(frame);
        }
        return execution.call(node, method, arguments);
    }

    private AmlObject operator(int opcode, Frame frame) throws AmlException {
        return switch (opcode) {
            case Opcode.ZERO,
                    Opcode.ONE,
                    Opcode.ONES,
                    Opcode.REVISION,
                    Opcode.BYTE_PREFIX,
                    Opcode.WORD_PREFIX,
                    Opcode.DWORD_PREFIX,
                    Opcode.QWORD_PREFIX,
                    Opcode.STRING_PREFIX,
                    Opcode.BUFFER,
                    Opcode.PACKAGE,
                    Opcode.VAR_PACKAGE ->
                    dataObjects.read(opcode, frame);
            case Opcode.STORE,
                    Opcode.COPY_OBJECT,
                    Opcode.REF_OF,
                    Opcode.DEREF_OF,
                    Opcode.COND_REF_OF,
                    Opcode.INDEX,
                    Opcode.SIZE_OF,
                    Opcode.OBJECT_TYPE ->
                    references.apply(opcode, frame);
            case Opcode.ADD,
                    Opcode.SUBTRACT,
                    Opcode.MULTIPLY,
                    Opcode.DIVIDE,
                    Opcode.MOD,
                    Opcode.SHIFT_LEFT,
                    Opcode.SHIFT_RIGHT,
                    Opcode.AND,
                    Opcode.NAND,
                    Opcode.OR,
                    Opcode.NOR,
                    Opcode.XOR,
                    Opcode.NOT,
                    Opcode.FIND_SET_LEFT_BIT,
                    Opcode.FIND_SET_RIGHT_BIT,
                    Opcode.FROM_BCD,
                    Opcode.TO_BCD,
                    Opcode.INCREMENT,
                    Opcode.DECREMENT,
                    Opcode.LAND,
                    Opcode.LOR,
                    Opcode.LNOT ->
                    arithmetic.apply(opcode, frame);
            case Opcode.LEQUAL, Opcode.LGREATER, Opcode.LLESS, Opcode.MATCH ->
                    comparisons.apply(opcode, frame);
            case Opcode.CONCAT,
                    Opcode.CONCAT_RES,
                    Opcode.MID,
                    Opcode.TO_BUFFER,
                    Opcode.TO_DECIMAL_STRING,
                    Opcode.TO_HEX_STRING,
                    Opcode.TO_INTEGER,
                    Opcode.TO_STRING ->
                    textOperators.apply(opcode, frame);
            case Opcode.ACQUIRE,
                    Opcode.RELEASE,
                    Opcode.SIGNAL,
                    Opcode.WAIT,
                    Opcode.RESET,
                    Opcode.SLEEP,
                    Opcode.STALL,
                    Opcode.NOTIFY,
                    Opcode.TIMER,
                    Opcode.FATAL ->
                    hostOperators.apply(opcode, frame);
            default -> places.simple(opcode, frame).read(execution);
        };
    }

    /** Stores what an operator returns to its target, too, which comes next. */
    AmlObject store(Frame frame, AmlObject value) throws AmlException {
        places.target(frame).store(value, execution);
        return value;
    }

    /** What the name that comes next stands for. */
    NamespaceNode find(Frame frame) throws AmlException {
        NamePath path = NamePath.read(frame.cursor());
        return execution.namespace().require(frame.scope(), path, execution.budget());
    }

    /** As {@link #find}, but null if there is no such name. */
    NamespaceNode findOrNull(Frame frame) throws AmlException {
        NamePath path = NamePath.read(frame.cursor());
        return execution.namespace().find(frame.scope(), path, execution.budget());
    }

    NamespaceNode add(Frame frame, NamePath path, AmlObject object) throws AmlException {
        NamespaceNode node =
                execution.namespace().add(frame.scope(), path, object, execution.budget());
        frame.declare(node);
        return node;
    }
}
