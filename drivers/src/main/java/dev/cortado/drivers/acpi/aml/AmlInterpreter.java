package dev.cortado.drivers.acpi.aml;

import java.util.List;

/**
 * Loads definition blocks into a namespace and evaluates what is there (ACPI 6.5, 5.4 and 5.5).
 *
 * <p>One thread at a time is inside; another one waits, for as long as AML sleeps, too.
 */
public final class AmlInterpreter {
    /** An older DSDT has integers of 32 bits (20.2.3). */
    private static final int FIRST_REVISION_OF_64_BITS = 2;

    private final RegionAccess access;
    private final AmlHost host;
    private final AmlLimits limits;
    private final Namespace namespace = new Namespace();
    private boolean isWide = true;

    public AmlInterpreter(RegionAccess access, AmlHost host, AmlLimits limits) {
        this.access = access;
        this.host = host;
        this.limits = limits;
    }

    private Execution execution() {
        return new Execution(namespace, host, access, limits, isWide);
    }

    /**
     * Loads a table: first the DSDT, then SSDTs in the order of the firmware's list. The array is
     * copied.
     *
     * @return what was wrong inside of scopes and devices, each of which was left at that place,
     *     but not more than a few dozen; what stands before it was loaded, and what comes after the
     *     block
     * @throws AmlException if it is no such table, or what is wrong is in no such block; what
     *     stands before it was loaded
     */
    public synchronized List<AmlException> load(byte[] table) throws AmlException {
        DefinitionBlock block = DefinitionBlock.of(table);
        if (block.isDsdt()) {
            isWide = block.revision() >= FIRST_REVISION_OF_64_BITS;
        }
        int start = DefinitionBlock.HEADER_BYTES;
        AmlCursor cursor = new AmlCursor(block, start, block.length());
        Execution execution = execution();
        execution.statements().run(Frame.ofTable(cursor, namespace.root()));
        return List.copyOf(execution.statements().problems());
    }

    public NamespaceNode root() {
        return namespace.root();
    }

    /**
     * The node that a path names, such as {@code \_SB.PCI0}; a name that is not absolute is looked
     * for from {@code scope} upwards.
     *
     * @return null if there is none
     */
    public synchronized NamespaceNode find(NamespaceNode scope, String path) throws AmlException {
        return namespace.find(scope, NamePath.of(path), new Budget(limits));
    }

    /**
     * The value of a name; a method is called, a field is read, and what has no value is a
     * reference. What is returned is AML's own object, not a copy.
     *
     * @return null if it is a method that returns nothing
     */
    public synchronized AmlObject evaluate(NamespaceNode node, AmlObject... arguments)
            throws AmlException {
        if (arguments.length > Frame.ARGUMENTS) {
            throw new AmlException(arguments.length + " arguments");
        }
        AmlObject[] slots = new AmlObject[Frame.ARGUMENTS];
        System.arraycopy(arguments, 0, slots, 0, arguments.length);
        return execution().evaluate(node, slots, arguments.length);
    }

    /**
     * What an element of a package stands for: names that came later in the table than the package
     * are looked up now, to a value or to a reference to their node. Other objects are returned.
     */
    public synchronized AmlObject resolve(AmlObject element) throws AmlException {
        return execution().resolve(element);
    }
}
