package dev.cortado.drivers.acpi.aml;

/** One load of a table or one evaluation: what its parts share. */
final class Execution {
    private final Namespace namespace;
    private final AmlHost host;
    private final Budget budget;
    private final boolean isWide;
    private final Conversions conversions;
    private final Statements statements;
    private final Fields fields;

    /**
     * @param isWide whether integers have 64 bits, not 32
     */
    Execution(
            Namespace namespace,
            AmlHost host,
            RegionAccess access,
            AmlLimits limits,
            boolean isWide) {
        this.namespace = namespace;
        this.host = host;
        this.isWide = isWide;
        budget = new Budget(limits);
        conversions = new Conversions(this);
        statements = new Statements(this);
        fields = new Fields(this, access);
    }

    Namespace namespace() {
        return namespace;
    }

    AmlHost host() {
        return host;
    }

    Budget budget() {
        return budget;
    }

    Conversions conversions() {
        return conversions;
    }

    Statements statements() {
        return statements;
    }

    Fields fields() {
        return fields;
    }

    int integerBytes() {
        return isWide ? Long.BYTES : Integer.BYTES;
    }

    AmlInteger integer(long value) {
        return new AmlInteger(isWide ? value : value & 0xffff_ffffL);
    }

    /** All ones for true. */
    AmlInteger truth(boolean value) {
        return integer(value ? -1 : 0);
    }

    /** Counts bytes that are about to be taken, and returns their number. */
    int allocate(long count) throws AmlException {
        budget.allocate(count);
        return Math.toIntExact(count);
    }

    /** An integer of so many bits, lowest byte first, or the bytes if it would be too large. */
    AmlObject valueOf(byte[] bytes, long bits) {
        return bits <= (long) integerBytes() * Byte.SIZE
                ? integer(conversions.littleEndian(bytes))
                : new AmlBuffer(bytes);
    }

    /** What a name in a package stands for: its value, or a reference if it has none. */
    AmlObject named(NamespaceNode node) {
        return switch (node.object()) {
            case AmlInteger value -> value;
            case AmlBytes value -> value;
            case AmlPackage value -> value;
            default -> new AmlReference(node);
        };
    }

    /** Follows a name that was unknown when a package was made; others stay what they are. */
    AmlObject resolve(AmlObject element) throws AmlException {
        return element instanceof AmlReference reference
                        && reference.place() instanceof Place.Name name
                ? name.read(this)
                : element;
    }

    /** The value of a name, which is called without arguments if it is a method. */
    AmlObject evaluate(NamespaceNode scope, NamePath path) throws AmlException {
        NamespaceNode node = namespace.require(scope, path, budget);
        AmlObject value = evaluate(node, new AmlObject[Frame.ARGUMENTS], 0);
        if (value == null) {
            throw new AmlException(node.path() + " returns nothing");
        }
        return value;
    }

    /**
     * @param arguments of {@link Frame#ARGUMENTS} elements
     * @return null if it is a method that returns nothing
     */
    AmlObject evaluate(NamespaceNode node, AmlObject[] arguments, int count) throws AmlException {
        if (node.object() instanceof AmlMethod method) {
            if (count != method.arguments()) {
                throw new AmlException(
                        node.path() + " takes " + method.arguments() + " arguments, not " + count);
            }
            return call(node, method, arguments);
        }
        return new Place.Node(node).read(this);
    }

    AmlObject call(NamespaceNode node, AmlMethod method, AmlObject[] arguments)
            throws AmlException {
        if (method == AmlMethod.OSI) {
            return truth(host.supportsInterface(conversions.string(arguments[0]).text()));
        }
        budget.step();
        budget.enter();
        AmlCursor cursor = new AmlCursor(method.block(), method.start(), method.end());
        Frame frame = Frame.ofCall(cursor, node, arguments);
        try {
            Flow flow = statements.run(frame);
            if (flow == Flow.BREAK || flow == Flow.CONTINUE) {
                throw new AmlException(flow + " outside of a loop in " + node.path());
            }
            return frame.result();
        } finally {
            frame.forgetDeclared(namespace);
            budget.leave();
        }
    }
}
