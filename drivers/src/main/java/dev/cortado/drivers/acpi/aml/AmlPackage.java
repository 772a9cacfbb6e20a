package dev.cortado.drivers.acpi.aml;

/** A package: an array of objects, some of which may not be there. */
public final class AmlPackage implements AmlObject {
    private final AmlObject[] elements;

    /** Keeps the array. */
    public AmlPackage(AmlObject... elements) {
        this.elements = elements;
    }

    public int length() {
        return elements.length;
    }

    /**
     * @return null if the element has no value; a name is an {@link AmlReference}, which {@link
     *     AmlInterpreter#resolve} follows
     */
    public AmlObject get(int index) {
        return elements[index];
    }

    void set(int index, AmlObject value) {
        elements[index] = value;
    }

    /** Checks that an index of AML's, unsigned, is of one of the elements. */
    int checkIndex(long index) throws AmlException {
        if (index < 0 || index >= elements.length) {
            throw new AmlException(
                    "Element "
                            + Long.toUnsignedString(index)
                            + " of a package of "
                            + elements.length);
        }
        return (int) index;
    }

    @Override
    public ObjectType type() {
        return ObjectType.PACKAGE;
    }
}
