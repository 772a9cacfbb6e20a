package dev.cortado.drivers.acpi.aml;

/** Operators that wait, signal and tell: what the operating system has a part in (19.6). */
final class HostOperators {
    private static final long MICROSECONDS = 1000;
    private static final int TIMEOUT_BYTES = 2;

    /** FatalType and FatalCode (20.2.5.3). */
    private static final int FATAL_BYTES = 5;

    private final Execution execution;
    private final Expressions expressions;
    private final Places places;

    HostOperators(Execution execution, Expressions expressions, Places places) {
        this.execution = execution;
        this.expressions = expressions;
        this.places = places;
    }

    /**
     * @return null for what has no value
     */
    AmlObject apply(int opcode, Frame frame) throws AmlException {
        switch (opcode) {
            case Opcode.ACQUIRE -> {
                AmlMutex mutex = mutex(frame);
                frame.cursor().number(TIMEOUT_BYTES);
                mutex.acquire();
                return execution.truth(false);
            }
            case Opcode.RELEASE -> mutex(frame).release();
            case Opcode.SIGNAL -> event(frame).signal();
            case Opcode.RESET -> event(frame).reset();
            case Opcode.WAIT -> {
                AmlEvent event = event(frame);
                expressions.number(frame);
                return execution.truth(!event.take());
            }
            case Opcode.SLEEP -> {
                long milliseconds = expressions.number(frame);
                boolean isHuge = milliseconds < 0 || milliseconds > Long.MAX_VALUE / MICROSECONDS;
                sleep(isHuge ? -1 : milliseconds * MICROSECONDS);
            }
            case Opcode.STALL -> sleep(expressions.number(frame));
            case Opcode.NOTIFY -> {
                NamespaceNode node = node(frame);
                execution.host().notify(node, expressions.number(frame));
            }
            case Opcode.TIMER -> {
                return execution.integer(execution.host().timer());
            }
            default -> {
                long code = frame.cursor().number(FATAL_BYTES);
                long argument = expressions.number(frame);
                throw new AmlException(
                        "Fatal error 0x"
                                + Long.toHexString(code)
                                + " with argument 0x"
                                + Long.toHexString(argument));
            }
        }
        return null;
    }

    private void sleep(long microseconds) throws AmlException {
        execution.budget().sleep(microseconds);
        execution.host().sleep(microseconds);
    }

    /** The name that comes next, or that a local or an argument refers to. */
    private NamespaceNode node(Frame frame) throws AmlException {
        Place place = places.superName(frame);
        if (place instanceof Place.Node(NamespaceNode node)) {
            return node;
        }
        AmlObject value = place.read(execution);
        if (value instanceof AmlReference reference && reference.node() != null) {
            return reference.node();
        }
        throw Conversions.unexpected("The name of a device, mutex or event", value);
    }

    private AmlMutex mutex(Frame frame) throws AmlException {
        NamespaceNode node = node(frame);
        if (node.object() instanceof AmlMutex mutex) {
            return mutex;
        }
        throw new AmlException(node.path() + " is " + node.type() + ", not a mutex");
    }

    private AmlEvent event(Frame frame) throws AmlException {
        NamespaceNode node = node(frame);
        if (node.object() instanceof AmlEvent event) {
            return event;
        }
        throw new AmlException(node.path() + " is " + node.type() + ", not an event");
    }
}
