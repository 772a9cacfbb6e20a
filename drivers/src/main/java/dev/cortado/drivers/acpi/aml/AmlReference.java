package dev.cortado.drivers.acpi.aml;

/** What RefOf and Index return, and what a name is where no value is asked for. */
public final class AmlReference implements AmlObject {
    private final Place place;

    AmlReference(Place place) {
        this.place = place;
    }

    /** A reference to a name, as tables make them of devices. */
    public AmlReference(NamespaceNode node) {
        this(new Place.Node(node));
    }

    Place place() {
        return place;
    }

    /** The name that this refers to; null if it refers to something else. */
    public NamespaceNode node() {
        return place instanceof Place.Node(NamespaceNode node) ? node : null;
    }

    @Override
    public ObjectType type() {
        return ObjectType.REFERENCE;
    }

    @Override
    public String toString() {
        return "Reference to " + place;
    }
}
